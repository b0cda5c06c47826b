using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>What ends a run, and what becomes of the rows after that.</summary>
public class StoppedRunTests
{
    [Theory]
    [InlineData(190, 463, "IgTokenInvalid")]
    [InlineData(102, null, "IgTokenInvalid")]
    [InlineData(200, 2534041, "IgPermissionDenied")]
    [InlineData(10, null, "IgPermissionDenied")]
    [InlineData(368, null, "IgAccountRestricted")]
    [InlineData(100, 2534029, "IgAccountRestricted")]
    public async Task Token_permission_and_account_trouble_stop_the_run_at_once(long code, int? subcode, string errorId)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, code, subcode));
        SendRun run = stage.Run(retries: 5);

        RowOutcome first = await stage.SendAsync(run, Stage.Text());
        RowOutcome[] rest = [await stage.SendAsync(run, Stage.Text()), await stage.SendAsync(run, Stage.React()), await stage.SendAsync(run, Stage.Upload())];

        Assert.Equal((IgSendStatus.Failed, errorId, 1), (first.Status, first.Error?.ErrorId, first.Attempts));
        Assert.Equal(errorId, run.StopReason?.ErrorId);
        Assert.All(rest, row => Assert.Equal((IgSendStatus.NotTried, "IgNotTried", 0), (row.Status, row.Error?.ErrorId, row.Attempts)));
        Assert.All(rest, row => Assert.Contains(errorId, row.Error!.Message, StringComparison.Ordinal));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Trouble_with_the_token_at_an_upload_stops_the_run_too()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 190));
        SendRun run = stage.Run(retries: 5);

        RowOutcome outcome = await stage.SendAsync(run, Stage.Media(new([], [folder.File("a.png", "png")], [], null)));

        Assert.Equal((IgSendStatus.Failed, "IgTokenInvalid"), (outcome.Status, outcome.Error?.ErrorId));
        Assert.NotNull(run.StopReason);
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task A_stopped_run_stops_no_other_run_on_the_connection()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 10));
        await stage.SendAsync(Stage.Text());
        Assert.Equal(IgSendStatus.Sent, (await stage.SendAsync(Stage.Text())).Status);
    }

    [Fact]
    public async Task A_row_that_is_stopped_before_its_request_was_not_tried()
    {
        using var stage = new Stage();
        RowOutcome outcome = await stage.Run().SendAsync(Stage.Text(), new CancellationToken(true), CancellationToken.None);

        Assert.Equal((IgSendStatus.NotTried, "IgNotTried", 0), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task A_row_that_is_stopped_while_it_waits_for_its_turn_was_not_tried()
    {
        using var stage = new Stage();
        stage.Client.Gate.Pause(TimeSpan.FromMinutes(5));
        using var stop = new CancellationTokenSource();

        Task<RowOutcome> sending = stage.Run().SendAsync(Stage.Text(), stop.Token, CancellationToken.None);
        await stage.Clock.NextWaitAsync();
        await stop.CancelAsync();

        Assert.Equal(IgSendStatus.NotTried, (await sending).Status);
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task A_row_that_is_stopped_while_it_waits_for_another_try_was_certainly_not_delivered()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With("Retry-After", "60"));
        using var stop = new CancellationTokenSource();

        Task<RowOutcome> sending = stage.Run(retries: 5).SendAsync(Stage.Text(), stop.Token, CancellationToken.None);
        await stage.Clock.NextWaitAsync();
        await stop.CancelAsync();

        RowOutcome outcome = await sending;
        Assert.Equal((IgSendStatus.Failed, 1), (outcome.Status, outcome.Attempts));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Stop_lets_a_request_on_its_way_finish()
    {
        using var stage = new Stage();
        using var stop = new CancellationTokenSource();
        stage.Server.Next(Reply.Cut(Ending.Silence));
        using var abort = new CancellationTokenSource();

        Task<RowOutcome> sending = stage.Run(retries: 5).SendAsync(Stage.Text(), stop.Token, abort.Token);
        await stage.ArrivedAsync(1);
        await stop.CancelAsync();
        await Task.Delay(20);
        Assert.False(sending.IsCompleted);
        await abort.CancelAsync();

        // It had arrived, so nobody knows.
        RowOutcome outcome = await sending;
        Assert.Equal((IgSendStatus.Unknown, "IgOutcomeUnknown"), (outcome.Status, outcome.Error?.ErrorId));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task An_aborted_reaction_is_not_begun_again()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Silence));
        using var stop = new CancellationTokenSource();

        Task<RowOutcome> sending = stage.Run(retries: 5).SendAsync(Stage.React(), stop.Token, stop.Token);
        await stage.ArrivedAsync(1);
        await stop.CancelAsync();

        Assert.Equal(IgSendStatus.Unknown, (await sending).Status);
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Stop_between_upload_and_message_sends_no_message()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        SendRequest request = Stage.Media(new([], [folder.File("a.png", "png")], [], null));
        using var stop = new CancellationTokenSource();
        stage.Server.Next(Reply.Error(400, 613).With("Retry-After", "9"), Reply.Json("""{"attachment_id":"77"}"""));

        Task<RowOutcome> sending = stage.Run(retries: 5).SendAsync(request, stop.Token, CancellationToken.None);
        await stage.Clock.NextWaitAsync();
        stage.Client.Gate.Pause(TimeSpan.FromMinutes(5));
        stage.Clock.Move(TimeSpan.FromSeconds(9));
        await stage.Clock.NextWaitAsync();
        await stop.CancelAsync();

        Assert.NotEqual(IgSendStatus.Sent, (await sending).Status);
        Assert.Equal(0, stage.CountOf("messages"));
    }

    [Fact]
    public async Task A_file_that_is_gone_when_its_turn_comes_costs_that_row_only()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        string path = folder.File("a.png", "png");
        SendRequest[] rows = [Stage.Media(new([], [path], [], null)), Stage.Media(new([], [path], [], null, IsDirect: true)), Stage.Text()];
        File.Delete(path);
        SendRun run = stage.Run(retries: 5);

        RowOutcome[] outcomes = [await stage.SendAsync(run, rows[0]), await stage.SendAsync(run, rows[1]), await stage.SendAsync(run, rows[2])];

        Assert.Equal([IgSendStatus.Failed, IgSendStatus.Failed, IgSendStatus.Sent], outcomes.Select(outcome => outcome.Status));
        Assert.All(outcomes[..2], outcome => Assert.Equal("IgMediaUnreadable", outcome.Error?.ErrorId));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task A_connection_that_is_ended_meanwhile_ends_the_row_with_an_outcome()
    {
        using var stage = new Stage();
        SendRun run = stage.Run(retries: 5);
        stage.Connection.Dispose();

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.True(outcome.Status is IgSendStatus.Failed or IgSendStatus.NotTried, outcome.ToString());
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task What_is_on_its_way_when_the_connection_is_ended_still_has_its_answer()
    {
        using var stage = new Stage();
        var ended = new TaskCompletionSource();
        stage.Server.Next(Reply.Json("""{"recipient_id":"1","message_id":"m_late"}""").HeldUntil(ended.Task));
        SendRun run = stage.Run();
        Task<RowOutcome> sending = run.SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        await stage.ArrivedAsync(1);

        stage.Connection.Dispose();
        ended.SetResult();

        RowOutcome outcome = await stage.Clock.SitThroughAsync(sending);
        Assert.Equal((IgSendStatus.Sent, "m_late"), (outcome.Status, outcome.MessageId));
        Assert.Equal(IgSendStatus.NotTried, (await stage.SendAsync(run, Stage.Text("next"))).Status);
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task A_reaction_in_doubt_stays_in_doubt_when_the_connection_is_ended()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Reset));
        Task<RowOutcome> reacting = stage.Run(retries: 5).SendAsync(Stage.React(), CancellationToken.None, CancellationToken.None);
        await stage.Clock.NextWaitAsync();

        stage.Connection.Dispose();
        stage.Clock.Move(TimeSpan.FromMinutes(1));

        RowOutcome outcome = await stage.Clock.SitThroughAsync(reacting);
        Assert.Equal((IgSendStatus.Unknown, 1), (outcome.Status, outcome.Attempts));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Nobody_waits_for_ever_when_the_connection_is_ended()
    {
        // Two runspaces may share a connection, and either may end it.
        using var stage = new Stage();
        stage.Client.Gate.Pause(TimeSpan.FromSeconds(20));
        Task<RowOutcome> first = stage.Run().SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        await stage.Clock.NextWaitAsync();
        Task<RowOutcome> second = stage.Run().SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);

        stage.Connection.Dispose();
        stage.Clock.Move(TimeSpan.FromSeconds(21));

        RowOutcome[] outcomes = [await stage.Clock.SitThroughAsync(first), await stage.Clock.SitThroughAsync(second)];
        Assert.All(outcomes, outcome => Assert.True(outcome.Status is IgSendStatus.Failed or IgSendStatus.NotTried, outcome.ToString()));
        Assert.Empty(stage.Requests);
    }

    [Fact]
    public async Task A_duration_is_not_negative_and_waits_are_told()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613, null, "slow down").With("Retry-After", "2"));

        RowOutcome outcome = await stage.SendAsync(Stage.Text(), retries: 1);

        Assert.True(outcome.Duration > TimeSpan.Zero);
        string said = Assert.Single(stage.Said);
        Assert.Contains("slow down", said, StringComparison.Ordinal);
        Assert.Contains("2", said, StringComparison.Ordinal);
    }
}
