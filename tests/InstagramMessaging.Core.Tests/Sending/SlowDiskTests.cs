using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Journal;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>What happens to the connection and the run while a row's line is still on its way to the disk.</summary>
public class SlowDiskTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_row_whose_line_takes_its_time_sits_out_a_pause_that_begins_meanwhile()
    {
        using var stage = new Stage();
        using var journal = new JournalStage();
        Task<RowOutcome> sending = stage.Run().SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None, journal.Take("k"));

        stage.Client.Gate.Pause(FiveMinutes);
        await journal.RunNextAsync();
        Assert.Equal(FiveMinutes, await stage.Clock.NextWaitAsync());
        journal.Run();
        Assert.Empty(stage.Requests);

        // Killed during the pause, it is no doubt.
        Assert.Equal(ClaimAnswer.Go, JournalStage.AnswerAfter(journal.Disk.Bytes, "k"));

        stage.Clock.Move(FiveMinutes);
        await journal.RunNextAsync();
        RowOutcome outcome = await sending;
        Assert.Equal((IgSendStatus.Sent, 1), (outcome.Status, outcome.Attempts));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Rows_whose_lines_take_their_time_go_one_at_a_time_after_a_throttle_answer()
    {
        using var stage = new Stage();
        using var journal = new JournalStage();
        stage.Server.Slow(100, 100);
        Gate gate = stage.Client.Gate;
        SendRun run = stage.Run();
        Pass throttled = await gate.EnterAsync(PaceKind.Sends, FiveMinutes, CancellationToken.None);
        Task<RowOutcome>[] sending = [.. Enumerable.Range(1, 2).Select(n => $"k{n}").Select(key => run.SendAsync(Stage.Text(key), CancellationToken.None, CancellationToken.None, journal.Take(key)))];

        gate.Leave(throttled, Verdict.Throttled, new GraphAnswer { StatusCode = 429, Wait = TimeSpan.Zero });
        while (!sending.All(row => row.IsCompleted))
        {
            journal.Run();
            stage.Clock.Move(TimeSpan.FromMilliseconds(1));
            await Task.Delay(1);
        }

        Assert.All(sending, row => Assert.Equal(IgSendStatus.Sent, row.Result.Status));
        Assert.Equal(2, stage.Requests.Count);
        Assert.Equal(1, stage.Server.MostAtOnce);
    }

    [Fact]
    public async Task A_reaction_in_doubt_stays_in_doubt_while_it_waits_for_another_try()
    {
        using var stage = new Stage();
        using var journal = new JournalStage();
        stage.Server.Next(Reply.Error(500, 2));
        Task<RowOutcome> reacting = stage.Run(retries: 1).SendAsync(Stage.React(), CancellationToken.None, CancellationToken.None, journal.Take("k"));
        await journal.RunNextAsync();
        TimeSpan backoff = await stage.Clock.NextWaitAsync();
        stage.Clock.Move(backoff + TimeSpan.FromMilliseconds(1));

        stage.Client.Gate.Pause(FiveMinutes);
        await journal.RunNextAsync();
        Assert.Equal(FiveMinutes, await stage.Clock.NextWaitAsync());
        journal.Run();
        Assert.Equal(ClaimAnswer.Unknown, JournalStage.AnswerAfter(journal.Disk.Bytes, "k"));

        stage.Clock.Move(FiveMinutes);
        await journal.RunNextAsync();
        Assert.Equal((IgSendStatus.Sent, 2), ((await reacting).Status, (await reacting).Attempts));
    }
}
