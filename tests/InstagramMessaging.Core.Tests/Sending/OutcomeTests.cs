using System;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>The table of outcomes of design section 4, where an answer came.</summary>
public class OutcomeTests
{
    [Fact]
    public async Task An_accepted_message_is_sent_with_its_id()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"17841400000000042","message_id":"aWdfZAG1faXRlbToxOklHTWVzc2FnZA"}"""));

        RowOutcome outcome = await stage.SendAsync(Stage.Text());

        Assert.Equal((IgSendStatus.Sent, 1, "aWdfZAG1faXRlbToxOklHTWVzc2FnZA"), (outcome.Status, outcome.Attempts, outcome.MessageId));
        Assert.Null(outcome.Error);
        Assert.Equal(stage.Clock.GetUtcNow(), outcome.SentAt);
        Assert.Equal(TimeSpan.Zero, outcome.SentAt!.Value.Offset);
    }

    [Theory]
    [InlineData(200, "<html><body>Welcome to the hotel</body></html>")]
    [InlineData(502, "<html><body>Bad gateway</body></html>")]
    [InlineData(500, "")]
    [InlineData(503, "{}")]
    [InlineData(400, "<html>blocked by the firewall</html>")]
    [InlineData(404, "not found")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, "\"ok\"")]
    [InlineData(200, "{\"recipient_id\":\"17841400000000042\"}")]
    [InlineData(200, "{\"recipient_id\":\"1\",\"message_id\":\"\"}")]
    [InlineData(200, "{\"recipient_id\":\"1\",\"message_id\":null}")]
    [InlineData(200, "{\"recipient_id\":\"1\",\"message_id\":{}}")]
    [InlineData(200, "{\"success\":true}")]
    [InlineData(200, "{\"recipient_id\":\"1\",\"message_id\":\"m_1\"")]
    [InlineData(200, "{\"recipient_id\":\"1\",\"message_id\":\"m_1\"} trailing")]
    [InlineData(500, "{\"recipient_id\":\"1\",\"message_id\":\"m_1\"}")]
    [InlineData(302, "{\"recipient_id\":\"1\",\"message_id\":\"m_1\"}")]
    [InlineData(200, "{\"error\":\"a text\",\"recipient_id\":\"1\",\"message_id\":\"m_1\"}")]
    [InlineData(200, "{\"error\":{\"message\":\"no code\"},\"recipient_id\":\"1\",\"message_id\":\"m_1\"}")]
    [InlineData(200, "{\"recipient_id\":\"1\",\"message_id\":\"half a surrogate \\uD83D\"}")]
    [InlineData(400, "{\"error\":{\"message\":\"m\",\"code\":\"\\uD83D\"}}")]
    [InlineData(500, "{\"error\":{\"message\":\"m\",\"code\":10.5}}")]
    [InlineData(500, "{\"error\":{\"message\":\"m\",\"code\":1e400}}")]
    public async Task An_answer_that_is_not_Graphs_leaves_the_row_unknown_and_is_not_repeated(int status, string body)
    {
        using var stage = new Stage();
        stage.Server.Next(new Reply(status, body));
        SendRun run = stage.Run(retries: 5);

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal((IgSendStatus.Unknown, "IgOutcomeUnknown", 1), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Equal(status, outcome.Error!.StatusCode);
        Assert.Single(stage.Requests);

        // One row's doubt does not stop the others.
        Assert.Equal(IgSendStatus.Sent, (await stage.SendAsync(run, Stage.Text("next"))).Status);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        using var stage = new Stage();
        stage.Server.Next(new Reply(status, string.Empty).With("Location", stage.Server.BaseUri + "elsewhere"));

        RowOutcome outcome = await stage.SendAsync(Stage.Text(), retries: 3);

        Assert.Equal(IgSendStatus.Unknown, outcome.Status);
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task An_answer_with_a_byte_order_mark_and_unknown_members_is_Graphs()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("\uFEFF \r\n{\"x\":[{\"y\":null}],\"recipient_id\":\"1\",\"message_id\":\"m_1\",\"error_data\":3}\n"));
        Assert.Equal("m_1", (await stage.SendAsync(Stage.Text())).MessageId);
    }

    [Fact]
    public async Task A_reaction_is_accepted_by_its_recipient_id_alone()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"17841400000000042"}"""));

        RowOutcome outcome = await stage.SendAsync(Stage.React("m_7"));

        Assert.Equal((IgSendStatus.Sent, "m_7"), (outcome.Status, outcome.MessageId));
    }

    [Fact]
    public async Task A_throttled_send_waits_and_goes_again()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613, 2534040), Reply.Error(403, 4), new Reply(429, string.Empty));

        RowOutcome outcome = await stage.SendAsync(Stage.Text(), retries: 5);

        Assert.Equal((IgSendStatus.Sent, 4), (outcome.Status, outcome.Attempts));
        Assert.Equal(4, stage.Requests.Count);
        Assert.NotEmpty(stage.Said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>slow down</html>")]
    [InlineData("{}")]
    public async Task A_429_without_an_error_object_is_a_throttle(string body)
    {
        using var stage = new Stage();
        stage.Server.Next(new Reply(429, body));
        SendRun run = stage.Run();

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal((IgSendStatus.Failed, "IgRateLimited"), (outcome.Status, outcome.Error?.ErrorId));
        Assert.Equal("IgRateLimited", run.StopReason?.ErrorId);
    }

    [Fact]
    public async Task Throttled_to_the_last_try_the_row_has_failed_and_the_run_stops()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 80002), Reply.Error(400, 80002), Reply.Error(400, 80002));
        SendRun run = stage.Run(retries: 2);

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal((IgSendStatus.Failed, "IgRateLimited", 3), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Equal(IgSendStatus.NotTried, (await stage.SendAsync(run, Stage.Text())).Status);
        Assert.Equal(3, stage.Requests.Count);
    }

    [Theory]
    [InlineData(100, 2018008)]
    [InlineData(100, 2018047)]
    [InlineData(100, 2018294)]
    public async Task Media_trouble_is_tried_exactly_once_more(long code, long subcode)
    {
        using var stage = new Stage();
        Reply trouble = Reply.Error(400, code, subcode);
        stage.Server.Next(trouble, trouble, trouble, trouble);
        SendRun run = stage.Run(retries: 5);

        RowOutcome outcome = await stage.SendAsync(run, Stage.MediaUrl());

        Assert.Equal((IgSendStatus.Failed, "IgMediaRejected", 2), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Equal(2, stage.Requests.Count);
        Assert.Null(run.StopReason);
    }

    [Fact]
    public async Task Media_trouble_that_passes_is_forgotten()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 100, 2018008));
        RowOutcome outcome = await stage.SendAsync(Stage.MediaUrl(), retries: 5);
        Assert.Equal((IgSendStatus.Sent, 2), (outcome.Status, outcome.Attempts));
    }

    [Fact]
    public async Task A_throttle_answer_does_not_use_up_the_one_more_try_of_media_trouble()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613), Reply.Error(400, 100, 2018008));
        RowOutcome outcome = await stage.SendAsync(Stage.MediaUrl(), retries: 5);
        Assert.Equal((IgSendStatus.Sent, 3), (outcome.Status, outcome.Attempts));
    }

    [Fact]
    public async Task Media_trouble_around_a_throttle_answer_is_still_tried_once_more_only()
    {
        using var stage = new Stage();
        Reply trouble = Reply.Error(400, 100, 2018008);
        stage.Server.Next(trouble, Reply.Error(400, 613), trouble, trouble, trouble);
        RowOutcome outcome = await stage.SendAsync(Stage.MediaUrl(), retries: 5);
        Assert.Equal((IgSendStatus.Failed, "IgMediaRejected"), (outcome.Status, outcome.Error?.ErrorId));
        Assert.Equal(3, stage.Requests.Count);
    }

    [Theory]
    [InlineData(10, 2534022, "IgWindowClosed")]
    [InlineData(551, null, "IgRecipientUnavailable")]
    [InlineData(100, null, "IgRequestRejected")]
    [InlineData(10, 2018300, "IgThreadControlled")]
    public async Task What_concerns_one_row_fails_that_row_at_once(long code, int? subcode, string errorId)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, code, subcode));
        SendRun run = stage.Run(retries: 5);

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal((IgSendStatus.Failed, errorId, 1), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Equal(IgSendStatus.Sent, (await stage.SendAsync(run, Stage.Text("next", "17841400000000043"))).Status);
    }

    [Fact]
    public async Task A_failed_upload_sends_no_message()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        SendRequest request = Stage.Media(new MediaInputOf(folder.File("a.png", "png")).Input);
        stage.Server.Next(Reply.Error(400, 100, 2018109));

        RowOutcome outcome = await stage.SendAsync(request, retries: 5);

        Assert.Equal((IgSendStatus.Failed, "IgMediaTooLarge"), (outcome.Status, outcome.Error?.ErrorId));
        Assert.Equal(0, stage.CountOf("messages"));
    }

    private sealed record MediaInputOf(string Path)
    {
        public Core.Validation.MediaInput Input => new([], [Path], [], null);
    }
}
