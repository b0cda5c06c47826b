using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>An upload that breaks is tried again; one that fails for good fails each row that needs it, with one error, and is not repeated.</summary>
public sealed class UploadFailureTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_that_breaks_in_the_middle_is_made_again_and_each_row_goes_once(bool isAttachment)
    {
        using var stage = new Stage();
        stage.Server.BreakForms(200_000, times: 2);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 8 });
        string path = Large();
        trial.Add(isAttachment ? [Attachment(path)] : Rows(20, path));
        await trial.SitThroughAsync();

        Assert.Equal((2, 1, isAttachment ? 0 : 20), (stage.Server.Broken, stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Sent, "att1"), (row.Status, row.Outcome.AttachmentId)));
        Assert.Equal(Sample.Sha256(await File.ReadAllBytesAsync(path)), Sample.Sha256([.. stage.Requests[0].Parts()[2].Body]));
        Assert.Equal(isAttachment ? 3 : 1, trial.Rows[0].Outcome.Attempts);
    }

    [Theory]
    [InlineData(2018047, "IgMediaRejected")]
    [InlineData(2018109, "IgMediaTooLarge")]
    [InlineData(2018034, "IgRequestRejected")]
    public async Task An_upload_that_Graph_refuses_fails_each_row_with_the_one_error_and_is_not_repeated(int subcode, string errorId)
    {
        using var stage = new Stage();
        stage.Server.When("filedata", Reply.Error(400, 100, subcode, "because of that"), Reply.Error(400, 100, subcode, "because of that"));
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 4 });
        trial.Add(Rows(30, _folder.Sampled("a.png", "sample.png")));
        await trial.SitThroughAsync();

        // Meta's trouble with media is tried once more.
        Assert.InRange(stage.CountOf("message_attachments"), 1, errorId == "IgMediaRejected" ? 2 : 1);
        Assert.Equal(0, stage.CountOf("messages"));
        Assert.All(trial.Ended, row =>
        {
            Assert.Equal((IgSendStatus.Failed, errorId, 0), (row.Status, row.ErrorId, row.Outcome.Attempts));
            Assert.Contains("because of that", row.Outcome.Error!.Message, StringComparison.Ordinal);
            Assert.Equal((100, subcode), (row.Outcome.Error.Code, row.Outcome.Error.Subcode));
        });
        Assert.Null(trial.StopReason);
    }

    [Fact]
    public async Task Rows_that_only_hear_of_an_upload_that_found_nobody_do_not_stop_the_run()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { MaximumUnknown = 10, MaximumRetryCount = 1 });
        trial.Add(Rows(50, _folder.Sampled("a.png", "sample.png")));
        await trial.SitThroughAsync();

        Assert.Null(trial.StopReason);
        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Failed, "IgUnreachable"), (row.Status, row.ErrorId)));
    }

    [Fact]
    public async Task Another_file_still_goes_when_one_was_refused()
    {
        using var stage = new Stage();
        stage.Server.When("bad.png", Reply.Error(400, 100, 2018109));
        using var trial = new EngineTrial(stage);
        string bad = _folder.Sampled("bad.png", "sample.png"), good = _folder.Sampled("good.gif", "sample.gif");
        trial.Add([Row(0, bad), Row(1, good), Row(2, bad), Row(3, good)]);
        await trial.AllEndedAsync();
        Assert.Equal([IgSendStatus.Failed, IgSendStatus.Sent, IgSendStatus.Failed, IgSendStatus.Sent], trial.Rows.Select(row => row.Status));
        Assert.Equal((2, 2), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
    }

    [Fact]
    public async Task A_later_run_tries_a_file_again_that_was_refused()
    {
        using var stage = new Stage();
        string path = _folder.Sampled("a.png", "sample.png");
        stage.Server.Next(Reply.Error(400, 100, 2018109));
        Assert.Equal("IgMediaTooLarge", (await stage.SendAsync(Row(0, path))).Error?.ErrorId);
        Assert.Equal(IgSendStatus.Sent, (await stage.SendAsync(Row(0, path))).Status);
    }

    [Fact]
    public async Task A_token_that_is_refused_at_the_upload_stops_the_run()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(401, 190, 463));
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 4 });
        trial.Add(Rows(30, _folder.Sampled("a.png", "sample.png")));
        await trial.AllEndedAsync();

        Assert.Equal("IgTokenInvalid", trial.StopReason?.ErrorId);
        Assert.Single(stage.Requests);
        Assert.Equal("IgTokenInvalid", trial.Rows[0].ErrorId);
        Assert.All(trial.Ended, row => Assert.True((row.Status, row.ErrorId) is (IgSendStatus.Failed, "IgTokenInvalid") or (IgSendStatus.NotTried, "IgNotTried"), row.ErrorId));
        Assert.InRange(trial.Count(IgSendStatus.NotTried), 26, 29);
    }

    [Fact]
    public async Task A_throttled_upload_waits_and_goes()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With("Retry-After", "17"));
        using var trial = new EngineTrial(stage);
        trial.Add(Rows(10, _folder.Sampled("a.png", "sample.png")));
        await trial.SitThroughAsync();
        Assert.Equal((10, 2, 10), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.NotEmpty(trial.Said);
    }

    [Fact]
    public async Task A_run_that_is_stopped_during_its_upload_leaves_the_attachment_to_another_one()
    {
        using var stage = new Stage();
        var stopped = new TaskCompletionSource();
        stage.Server.Next(Reply.Json("""{"attachment_id":"77"}""").HeldUntil(stopped.Task));
        using EngineTrial one = new(stage), two = new(stage);
        string path = _folder.Sampled("a.png", "sample.png");
        one.Add(Rows(10, path));
        await stage.ArrivedAsync(1);
        two.Add(Rows(10, path, 100));
        one.Engine.Stop();
        stopped.SetResult();
        await one.AllEndedAsync();
        await two.AllEndedAsync();

        Assert.Equal((10, 1, 10), (two.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.Equal(10, one.Count(IgSendStatus.NotTried));
    }

    [Fact]
    public async Task A_run_that_gives_its_upload_up_leaves_it_to_another_one()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Silence));
        using EngineTrial one = new(stage), two = new(stage);
        string path = _folder.Sampled("a.png", "sample.png");
        one.Add(Rows(10, path));
        await stage.ArrivedAsync(1);
        two.Add(Rows(10, path, 100));
        one.Engine.Stop();
        one.Engine.Abort();
        await one.AllEndedAsync();
        await two.AllEndedAsync();

        Assert.Equal((10, 2, 10), (two.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.Equal(0, one.Count(IgSendStatus.Sent) + one.Count(IgSendStatus.Unknown));
    }

    [Fact]
    public async Task An_upload_that_was_given_up_without_retries_is_left_to_another_run()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Silence));
        using EngineTrial one = new(stage, new EngineOptions { MaximumRetryCount = 0 }), two = new(stage);
        string path = _folder.Sampled("a.png", "sample.png");
        one.Add(Row(0, path));
        await stage.ArrivedAsync(1);
        two.Add(Row(1, path));
        one.Engine.Stop();
        one.Engine.Abort();
        await one.AllEndedAsync();
        await two.AllEndedAsync();
        Assert.Equal((IgSendStatus.Sent, null), (two.Rows[0].Status, two.Rows[0].ErrorId));
    }

    [Fact]
    public async Task A_file_that_was_changed_since_it_was_looked_at_costs_its_rows_and_no_request()
    {
        using var stage = new Stage();
        string path = _folder.Sampled("a.png", "sample.png");
        SendRequest[] rows = [.. Rows(5, path), Attachment(path), Direct(path)];
        File.AppendAllText(path, "x");
        using var trial = new EngineTrial(stage);
        trial.Add(rows);
        await trial.AllEndedAsync();
        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Failed, "IgMediaChanged"), (row.Status, row.ErrorId)));
        Assert.Empty(stage.Requests);
        Assert.Null(trial.StopReason);
    }

    [Fact]
    public async Task A_file_of_the_same_length_that_was_written_since_is_changed_and_one_that_is_gone_unreadable()
    {
        using var stage = new Stage();
        string path = _folder.Sampled("a.jpg", "sample.jpg");
        SendRequest row = Row(0, path);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal("IgMediaChanged", (await stage.SendAsync(row)).Error?.ErrorId);
        File.Delete(path);
        Assert.Equal("IgMediaUnreadable", (await stage.SendAsync(row)).Error?.ErrorId);
        Assert.Empty(stage.Requests);
    }

    private string Large()
    {
        byte[] bytes = new byte[2_000_000];
        new Random(7).NextBytes(bytes);
        Sample.Bytes("sample.mp4").CopyTo(bytes, 0);
        return _folder.File("large.mp4", bytes);
    }

    private static SendRequest[] Rows(int count, string path, int first = 0) => [.. Enumerable.Range(first, count).Select(row => Row(row, path))];

    private static SendRequest Row(int row, string path) => new($"1784140{row:0000000000}", PayloadRules.Media(new MediaInput([], [path], [], null)), Envelope.None);

    private static SendRequest Direct(string path) => new(Stage.Recipient, PayloadRules.Media(new MediaInput([], [path], [], null, IsDirect: true)), Envelope.None);

    private static SendRequest Attachment(string path) => new(null, PayloadRules.Upload(new MediaInput([], [path], [], null)), Envelope.None);
}
