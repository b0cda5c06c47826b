using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Cache;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>A file is uploaded once for all rows, cmdlets and, with a cache, runs that need it.</summary>
public sealed class UploadOnceTests : IDisposable
{
    private static readonly Reply Unknown = Reply.Error(400, 100, 2018074);

    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task One_file_to_many_people_is_one_upload_and_as_many_small_sends_by_its_id(int limit)
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = limit });
        string path = _folder.Sampled("clip.mp4", "sample.mp4");

        trial.Add(Rows(200, path));
        await trial.AllEndedAsync();

        Assert.Equal((200, 1, 200), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.Equal(Enumerable.Range(0, 200).Select(row => ById(Person(row), "video", "att1")).Order(), Sends(stage).Order());
        Assert.All(trial.Ended, row => Assert.Equal(("att1", 1), (row.Outcome.AttachmentId, row.Outcome.Attempts)));
    }

    [Fact]
    public async Task Two_runs_at_the_same_time_on_one_connection_share_the_upload()
    {
        using var stage = new Stage();
        var bothWait = new TaskCompletionSource();
        stage.Server.Next(Reply.Json("""{"attachment_id":"77"}""").HeldUntil(bothWait.Task));
        using EngineTrial one = new(stage), two = new(stage);
        string path = _folder.Sampled("clip.mp4", "sample.mp4");

        one.Add(Rows(30, path));
        two.Add(Rows(30, path, 100));
        bothWait.SetResult();
        await one.AllEndedAsync();
        await two.AllEndedAsync();

        Assert.Equal((1, 60), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.Equal(60, one.Count(IgSendStatus.Sent) + two.Count(IgSendStatus.Sent));
        Assert.All(one.Ended.Concat(two.Ended), row => Assert.Equal("77", row.Outcome.AttachmentId));
    }

    [Fact]
    public async Task A_later_run_on_the_connection_uploads_nothing()
    {
        using var stage = new Stage();
        string path = _folder.Sampled("a.png", "sample.png");
        RowOutcome first = await stage.SendAsync(Attachment(path));
        stage.Clock.Move(TimeSpan.FromHours(1));
        RowOutcome second = await stage.SendAsync(Attachment(path));
        RowOutcome send = await stage.SendAsync(Row(0, path));

        Assert.Equal((first.AttachmentId, first.SentAt), (second.AttachmentId, second.SentAt));
        Assert.Equal(("att1", "att1", IgSendStatus.Sent), (first.AttachmentId, send.AttachmentId, send.Status));
        Assert.Equal((1, 1), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
    }

    [Fact]
    public async Task An_attachment_whose_ninety_days_are_over_is_made_again()
    {
        using var stage = new Stage();
        string path = _folder.Sampled("a.png", "sample.png");
        await stage.SendAsync(Attachment(path));
        stage.Clock.Move(TimeSpan.FromDays(90));
        Assert.Equal("att2", (await stage.SendAsync(Attachment(path))).AttachmentId);
    }

    [Fact]
    public async Task The_same_content_under_two_names_is_one_upload_and_as_two_types_two()
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage);
        string one = _folder.Sampled("one.mp4", "sample.mp4"), two = _folder.Sampled("two.mp4", "sample.mp4");
        trial.Add([Row(0, one), Row(1, two), Row(2, one, "Audio"), Row(3, two, "Audio"), Row(4, two, "Video")]);
        await trial.AllEndedAsync();

        Assert.Equal((5, 2), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments")));
        Assert.Equal(["audio/mp4", "video/mp4"], Uploads(stage).Select(request => request.Parts()[2].ContentType).Order());
        Assert.Equal(trial.Rows[0].Outcome.AttachmentId, trial.Rows[4].Outcome.AttachmentId);
        Assert.NotEqual(trial.Rows[0].Outcome.AttachmentId, trial.Rows[2].Outcome.AttachmentId);
    }

    [Fact]
    public async Task With_a_cache_a_later_connection_uploads_nothing_and_a_cache_that_breaks_changes_no_outcome()
    {
        string path = _folder.Sampled("a.mp4", "sample.mp4"), cachePath = _folder.At("cache.jsonl");
        using (var stage = new Stage())
            Assert.Equal((1, 20), await CachedRunAsync(stage, path, Cache(cachePath)));
        using (var stage = new Stage())
            Assert.Equal((0, 20), await CachedRunAsync(stage, path, Cache(cachePath)));

        using (var stage = new Stage())
        {
            AttachmentCache broken = Cache(_folder.At("broken.jsonl"));
            File.Delete(_folder.At("broken.jsonl"));
            Directory.CreateDirectory(_folder.At("broken.jsonl"));
            Assert.Equal((1, 20), await CachedRunAsync(stage, path, broken));
            Assert.NotNull(broken.Trouble);
        }
    }

    [Fact]
    public async Task An_id_of_an_earlier_run_that_Graph_refuses_is_made_anew_once_for_all_rows()
    {
        string path = _folder.Sampled("a.mp4", "sample.mp4"), cachePath = _folder.At("cache.jsonl");
        using (var stage = new Stage())
            await CachedRunAsync(stage, path, Cache(cachePath));

        using (var stage = new Stage())
        {
            stage.Server.When("\"att1\"", [.. Enumerable.Repeat(Unknown, 100)]);
            stage.Server.When("filedata", Reply.Json("""{"attachment_id":"new"}"""));
            Assert.Equal(1, (await CachedRunAsync(stage, path, Cache(cachePath))).Uploads);

            // Each person got it once; who had the old id was refused first.
            Assert.Equal(Enumerable.Range(0, 20).Select(row => ById(Person(row), "video", "new")).Order(), Sends(stage).Where(body => body.Contains("\"new\"", StringComparison.Ordinal)).Order());
            Assert.InRange(Sends(stage).Count(body => body.Contains("\"att1\"", StringComparison.Ordinal)), 1, 8);
        }

        using (var stage = new Stage())
        {
            await CachedRunAsync(stage, path, Cache(cachePath));
            Assert.All(Sends(stage), body => Assert.Contains("\"new\"", body, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_id_that_is_refused_again_after_it_was_made_anew_is_unknown()
    {
        using var stage = new Stage();
        stage.Server.When("\"attachment_id\":\"att", [.. Enumerable.Repeat(Unknown, 100)]);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 4 });
        trial.Add(Rows(12, _folder.Sampled("a.png", "sample.png")));
        await trial.AllEndedAsync();

        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Failed, "IgAttachmentUnknown"), (row.Status, row.ErrorId)));
        Assert.Equal(2, stage.CountOf("message_attachments"));
        Assert.InRange(stage.CountOf("messages"), 13, 16);
        Assert.Null(trial.StopReason);
    }

    [Fact]
    public async Task An_id_that_somebody_gave_is_not_made_anew()
    {
        using var stage = new Stage();
        stage.Server.Next(Unknown);
        RowOutcome outcome = await stage.SendAsync(Stage.Media(new MediaInput([], [], ["A1"], "Image")));
        Assert.Equal((IgSendStatus.Failed, "IgAttachmentUnknown", 1), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Single(stage.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_more_files_are_on_their_way_at_once_than_the_connection_takes(int slots)
    {
        using var stage = new Stage(uploads: slots);
        stage.Server.Together(slots);
        stage.Server.Slow(5, 10);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 16 });
        byte[] gif = Sample.Bytes("sample.gif");
        string[] paths = [.. Enumerable.Range(0, 16).Select(number => _folder.File($"{number}.gif", [.. gif, (byte)number]))];
        trial.Add([.. paths.Select(Attachment)]);
        trial.Add([.. paths.Take(8).Select((path, row) => new SendRequest(Person(row), PayloadRules.Media(new MediaInput([], [path], [], null, IsDirect: true)), Envelope.None))]);
        await trial.AllEndedAsync();
        Assert.Equal((24, 16, 8, slots), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages"), stage.Server.MostAtOnce));
    }

    private static async Task<(int Uploads, int Sent)> CachedRunAsync(Stage stage, string path, AttachmentCache cache)
    {
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 8, Cache = cache });
        trial.Add(Rows(20, path));
        await trial.AllEndedAsync();
        return (stage.CountOf("message_attachments"), trial.Count(IgSendStatus.Sent));
    }

    private static AttachmentCache Cache(string path) => AttachmentCache.Open(path, Stage.Account, "loopback", new WatchedClock());

    private static string ById(string person, string type, string id) =>
        "{\"recipient\":{\"id\":\"" + person + "\"},\"message\":{\"attachment\":{\"type\":\"" + type + "\",\"payload\":{\"attachment_id\":\"" + id + "\"}}}}";

    private static IEnumerable<RecordedRequest> Uploads(Stage stage) => stage.Requests.Where(request => request.Target.EndsWith("/message_attachments", StringComparison.Ordinal));

    private static IEnumerable<string> Sends(Stage stage) => stage.Requests.Where(request => request.Target.EndsWith("/messages", StringComparison.Ordinal)).Select(request => request.Text);

    private static SendRequest[] Rows(int count, string path, int first = 0) => [.. Enumerable.Range(first, count).Select(row => Row(row, path))];

    private static SendRequest Row(int row, string path, string? type = null) =>
        new(Person(row), PayloadRules.Media(new MediaInput([], [path], [], type)), Envelope.None);

    private static SendRequest Attachment(string path) => new(null, PayloadRules.Upload(new MediaInput([], [path], [], null)), Envelope.None);

    private static string Person(int number) => $"1784140{number:0000000000}";
}
