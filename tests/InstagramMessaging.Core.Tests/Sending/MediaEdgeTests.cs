using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Core.Cache;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>What media ran into once.</summary>
public sealed class MediaEdgeTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_upload_that_gives_the_refused_id_again_is_not_made_a_third_time()
    {
        using var stage = new Stage();
        stage.Server.When("filedata", [.. Enumerable.Repeat(Reply.Json("""{"attachment_id":"77"}"""), 30)]);
        stage.Server.When("\"attachment_id\":\"77\"", [.. Enumerable.Repeat(Reply.Error(400, 100, 2018074), 20)]);
        RowOutcome outcome = await stage.SendAsync(Row(0, _folder.Sampled("a.png", "sample.png")));
        Assert.Equal((2, 2), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.Equal((IgSendStatus.Failed, "IgAttachmentUnknown"), (outcome.Status, outcome.Error?.ErrorId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_row_whose_upload_was_given_up_by_a_stop_is_not_tried(int retries)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Silence));
        using EngineTrial trial = new(stage, new EngineOptions { MaximumRetryCount = retries });
        trial.Add(Row(0, _folder.Sampled("a.png", "sample.png")));
        await stage.ArrivedAsync(1);
        trial.Engine.Stop();
        trial.Engine.Abort();
        await trial.AllEndedAsync();
        Assert.Equal((IgSendStatus.NotTried, "IgNotTried"), (trial.Rows[0].Status, trial.Rows[0].ErrorId));
    }

    [Theory]
    [InlineData("{\n  \"name\": \"x\"\n}\n")]
    [InlineData("{\n\"a\":1}")]
    [InlineData("{")]
    public void A_file_of_JSON_over_several_lines_is_no_cache(string text)
    {
        File.WriteAllText(_folder.At("settings.json"), text);
        Refusal.Of("IgCachePathInvalid", () => Cache("settings.json"));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\u00ff")]
    public void A_line_of_a_cache_with_broken_text_is_passed_over(string text)
    {
        string good = Encoding.UTF8.GetString(new AttachmentLine(Stage.Account, "loopback", new MediaKey("A", IgMediaType.Image), new KeptAttachment("1", DateTimeOffset.UtcNow)).ToBytes());
        File.WriteAllBytes(_folder.At("cache.jsonl"), Encoding.Latin1.GetBytes(good + good.Replace("\"A\"", "\"" + text + "\"", StringComparison.Ordinal)));
        Assert.Single(Cache("cache.jsonl").Known());
    }

    [Fact]
    public void A_video_named_as_m4a_is_a_mismatch_with_a_type_too() =>
        Refusal.Of("IgMediaContentMismatch", () => MediaFile.Inspect(_folder.Sampled("a.m4a", "sample.mp4"), IgMediaType.Audio));

    [Fact]
    public async Task A_newer_id_of_a_cache_takes_the_place_of_one_that_has_ended()
    {
        var clock = new WatchedClock();
        var media = new SharedMedia(clock, slots: 1);
        var key = new MediaKey("A", IgMediaType.Image);
        media.Learn(key, new KeptAttachment("old", clock.GetUtcNow()));
        clock.Move(TimeSpan.FromDays(91));
        media.Learn(key, new KeptAttachment("new", clock.GetUtcNow()));
        using MediaTurn turn = await media.EnterAsync(key, default);
        Assert.Equal("new", turn.Attachment?.Id);
    }

    private AttachmentCache Cache(string name) => AttachmentCache.Open(_folder.At(name), Stage.Account, "loopback", TimeProvider.System);

    private static SendRequest Row(int row, string path) => new($"1784140{row:0000000000}", PayloadRules.Media(new MediaInput([], [path], [], null)), Envelope.None);
}
