using System;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>-CheckUrl: what the address's own server says, asked once, without a word of the account.</summary>
public sealed class CheckUrlTests : IDisposable
{
    private readonly Stage _stage = new(appSecret: Stage.AppSecret);
    private readonly RecordingServer _web = new();

    public void Dispose()
    {
        _stage.Dispose();
        _web.Dispose();
    }

    [Theory]
    [InlineData(404, "text/html", 12L, "Image", "IgMediaUrlInvalid")]
    [InlineData(403, "image/png", 12L, "Image", "IgMediaUrlInvalid")]
    [InlineData(500, "image/png", 12L, "Image", "IgMediaUrlInvalid")]
    [InlineData(200, "text/html; charset=utf-8", 12L, "Image", "IgMediaContentMismatch")]
    [InlineData(200, "text/html", 12L, "Video", "IgMediaContentMismatch")]
    [InlineData(200, "image/heic", 12L, "Image", "IgMediaFormatNotSupported")]
    [InlineData(200, "audio/mpeg", 12L, "Audio", "IgMediaFormatNotSupported")]
    [InlineData(200, "video/mp4", 12L, "Image", "IgMediaContentMismatch")]
    [InlineData(200, "image/png", 12L, "File", "IgMediaContentMismatch")]
    [InlineData(200, "image/png", 0L, "Image", "IgMediaEmpty")]
    [InlineData(200, "image/png", 8_388_609L, "Image", "IgMediaTooLarge")]
    [InlineData(200, "video/mp4", 26_214_401L, "Video", "IgMediaTooLarge")]
    [InlineData(200, "application/octet-stream", 26_214_401L, "File", "IgMediaTooLarge")]
    public async Task What_Meta_would_refuse_costs_the_row_and_no_request_to_Graph(int status, string contentType, long length, string type, string errorId)
    {
        _web.Next(Reply.Head(status, contentType, length));
        using EngineTrial trial = await RunAsync(Row(0, "/a", type), Row(1, "/a", type));

        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Failed, errorId), (row.Status, row.ErrorId)));
        Assert.All(trial.Ended, row => Assert.Contains(_web.BaseUri + "a", row.Outcome.Error!.Message, StringComparison.Ordinal));
        Assert.Empty(_stage.Requests);
        Assert.Single(_web.Requests);
        Assert.Null(trial.StopReason);
    }

    [Theory]
    [InlineData(200, "image/png", 8_388_608L, "Image")]
    [InlineData(200, "IMAGE/JPEG", 12L, "Image")]
    [InlineData(200, "image/jpg", null, "Image")]
    [InlineData(200, "video/mp4", 26_214_400L, "Video")]
    [InlineData(200, "video/mp4", 12L, "Audio")]
    [InlineData(200, "audio/x-wav", 12L, "Audio")]
    [InlineData(200, "application/octet-stream", null, "Image")]
    [InlineData(405, "text/html", 12L, "Image")]
    [InlineData(501, "text/html", 12L, "Image")]
    public async Task What_is_good_or_tells_nothing_goes(int status, string contentType, long? length, string type)
    {
        _web.Next(Reply.Head(status, contentType, length));
        using EngineTrial trial = await RunAsync(Row(0, "/a", type));
        Assert.Equal(IgSendStatus.Sent, trial.Rows[0].Status);
        Assert.Contains($"\"url\":\"{_web.BaseUri}a\"", _stage.OnlyRequest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_address_is_asked_once_however_many_rows_have_it()
    {
        using EngineTrial trial = await RunAsync([.. Enumerable.Range(0, 60).Select(row => Row(row, row % 3 == 0 ? "/a" : "/b", "Image"))]);
        Assert.Equal((60, 60), (trial.Count(IgSendStatus.Sent), _stage.Requests.Count));
        Assert.Equal(["/a", "/b"], _web.Requests.Select(request => request.Target).Order());
    }

    [Fact]
    public async Task It_is_a_HEAD_that_says_nothing_of_the_account()
    {
        using EngineTrial trial = await RunAsync(Row(0, "/a?b=1", "Image"));
        RecordedRequest head = Assert.Single(_web.Requests);
        Assert.Equal(("HEAD", "/a?b=1", 0), (head.Method, head.Target, head.Body.Count));
        Assert.Equal(["Host", "User-Agent"], head.Headers.Keys.Where(name => name != "Accept-Encoding").Order());
        Assert.DoesNotContain(head.Headers.Values, value => value.Contains(Stage.Token, StringComparison.Ordinal) || value.Contains(Stage.Account, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_followed_and_its_end_counts()
    {
        _web.Next(Reply.Head(302, "text/html", 0).With("Location", _web.BaseUri + "moved"), Reply.Head(200, "image/gif", 9));
        using EngineTrial trial = await RunAsync(Row(0, "/a", "Image"));
        Assert.Equal(["/a", "/moved"], _web.Requests.Select(request => request.Target));
        Assert.All(_web.Requests, request => Assert.False(request.Headers.ContainsKey("Authorization")));
        Assert.Equal(IgSendStatus.Sent, trial.Rows[0].Status);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_or_that_breaks_off_is_invalid()
    {
        // The framework itself asks a few times.
        _web.When("/reset", [.. Enumerable.Repeat(Reply.Cut(Ending.Reset), 10)]);
        using var nobody = new ClosedPort();
        using EngineTrial trial = await RunAsync(Row(0, "/reset", "Image"), Url(1, nobody.BaseUri + "a", "Image"));
        Assert.All(trial.Ended, row => Assert.Equal("IgMediaUrlInvalid", row.ErrorId));
        Assert.Empty(_stage.Requests);
    }

    [Theory]
    [InlineData("Image", 10)]
    [InlineData("Video", 75)]
    public async Task An_address_that_keeps_silent_is_given_up_when_Meta_would(string type, int seconds)
    {
        _web.Next(Reply.Cut(Ending.Silence));
        using var trial = new EngineTrial(_stage, new EngineOptions { CheckUrl = true });
        DateTimeOffset begin = _stage.Clock.GetUtcNow();
        trial.Add(Row(0, "/a", type));
        await trial.SitThroughAsync();
        Assert.Equal("IgMediaUrlInvalid", trial.Rows[0].ErrorId);
        Assert.Contains($"{seconds} seconds", trial.Rows[0].Outcome.Error!.Message, StringComparison.Ordinal);
        Assert.InRange((_stage.Clock.GetUtcNow() - begin).TotalSeconds, seconds, seconds + 1);
    }

    [Fact]
    public async Task Each_of_several_images_and_an_upload_are_asked_too()
    {
        _web.When("/bad", Reply.Head(404, "text/html", 1));
        SendRequest images = Stage.Media(new MediaInput([_web.BaseUri + "good", _web.BaseUri + "bad"], [], [], null));
        SendRequest upload = new(null, PayloadRules.Upload(new MediaInput([_web.BaseUri + "bad"], [], [], "Image")), Envelope.None);
        using EngineTrial trial = await RunAsync(images, upload);
        Assert.All(trial.Ended, row => Assert.Equal("IgMediaUrlInvalid", row.ErrorId));
        Assert.Equal(["/bad", "/good"], _web.Requests.Select(request => request.Target).Order());
        Assert.Empty(_stage.Requests);
    }

    [Fact]
    public async Task Nobody_is_asked_unless_it_is_wanted()
    {
        using var trial = new EngineTrial(_stage);
        trial.Add(Row(0, "/a", "Image"));
        await trial.AllEndedAsync();
        Assert.Equal(IgSendStatus.Sent, trial.Rows[0].Status);
        Assert.Empty(_web.Requests);
    }

    private async Task<EngineTrial> RunAsync(params SendRequest[] rows)
    {
        var trial = new EngineTrial(_stage, new EngineOptions { CheckUrl = true, ThrottleLimit = 8 });
        trial.Add(rows);
        await trial.AllEndedAsync();
        return trial;
    }

    private SendRequest Row(int row, string path, string type) => Url(row, _web.BaseUri.AbsoluteUri.TrimEnd('/') + path, type);

    private static SendRequest Url(int row, string url, string type) =>
        new($"1784140{row:0000000000}", PayloadRules.Media(new MediaInput([url], [], [], type)), Envelope.None);
}
