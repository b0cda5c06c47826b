using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>The line before a connection: who goes when, and what everybody in it hears.</summary>
public partial class GateTests
{
    private static readonly TimeSpan AnyWait = TimeSpan.MaxValue;
    private static readonly GraphAnswer Throttle = new() { StatusCode = 429, ContentAsked = true };
    private static readonly GraphAnswer Fine = new() { StatusCode = 200, IsGraph = true, MessageId = "m_1", ContentAsked = true };

    private readonly WatchedClock _clock = new();

    [Fact]
    public void Each_kind_keeps_its_own_pace_and_holds_back_no_other()
    {
        Gate gate = Gate(100, 10);
        Task<Pass>[] media = Enter(gate, 3, PaceKind.Media);
        Task<Pass>[] sends = Enter(gate, 7);
        Assert.Equal([true, false, false], Done(media));
        Assert.Equal([true, true, true, true, true, false, false], Done(sends));

        Move(10);
        Assert.Equal([true, true, true, true, true, true, false], Done(sends));
        Move(89);
        Assert.Equal([true, false, false], Done(media));
        Move(1);
        Assert.Equal([true, true, false], Done(media));
        Move(100);
        Assert.True(media[2].IsCompletedSuccessfully);
    }

    [Fact]
    public void A_pause_is_for_all_kinds()
    {
        Gate gate = Gate();
        gate.Pause(TimeSpan.FromSeconds(3));
        Task<Pass>[] all = [.. Enter(gate, 1, PaceKind.Media), .. Enter(gate, 1)];
        Move(2_999);
        Assert.Equal([false, false], Done(all));
        Move(1);
        Assert.Equal([true, true], Done(all));
    }

    [Fact]
    public void Those_in_line_go_in_the_order_in_which_they_came()
    {
        using var _ = new NoContext();
        Gate gate = Gate(10, 10);
        var order = new List<int>();
        for (int i = 0; i < 20; i++)
        {
            int mine = i;
            gate.EnterAsync(PaceKind.Sends, AnyWait, CancellationToken.None)
                .ContinueWith(_ => order.Add(mine), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        for (int i = 0; i < 40; i++)
            Move(50);
        Assert.Equal([.. Enumerable.Range(0, 20)], order);
    }

    [Fact]
    public void A_newcomer_does_not_overtake_those_in_line()
    {
        Gate gate = Gate(10, 10);
        Task<Pass>[] line = Enter(gate, 2);

        // His turn has come by the clock, and the timer has not rung: the line is still there.
        gate.Pause(TimeSpan.FromMilliseconds(150));
        Task<Pass> newcomer = Enter(gate, 1)[0];
        Move(150);
        Assert.Equal([true, true, false], Done([.. line, newcomer]));
    }

    [Fact]
    public async Task One_who_gives_up_in_line_costs_nobody_a_turn()
    {
        Gate gate = Gate(10, 10);
        using var stop = new CancellationTokenSource();
        Task<Pass>[] before = Enter(gate, 2);
        Task<Pass>[] leaving = Enter(gate, 5, stop: stop.Token);
        Task<Pass>[] after = Enter(gate, 2);

        await stop.CancelAsync();

        Assert.All(leaving, task => Assert.True(task.IsCanceled));
        Assert.Equal([true, false, false, false], Done([.. before, .. after]));
        Move(100);
        Move(100);
        Assert.Equal([true, true, true, false], Done([.. before, .. after]));
    }

    [Fact]
    public async Task The_turn_of_the_first_in_line_is_the_next_ones_when_he_gives_up()
    {
        Gate gate = Gate(10, 10);
        using var stop = new CancellationTokenSource();
        Enter(gate, 1);
        Task<Pass> first = Enter(gate, 1, stop: stop.Token)[0], second = Enter(gate, 1)[0];
        Move(60);
        await stop.CancelAsync();
        Move(40);
        Assert.True(first.IsCanceled);
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_has_been_let_through_cannot_be_cancelled_any_more()
    {
        Gate gate = Gate(10, 10);
        using var stop = new CancellationTokenSource();
        Task<Pass>[] two = Enter(gate, 2, stop: stop.Token);
        Move(100);
        await stop.CancelAsync();
        Assert.Equal([true, true], Done(two));
    }

    [Fact]
    public void A_pause_that_is_too_long_is_refused_at_once_to_those_who_do_not_sit_it_out()
    {
        Gate gate = Gate();
        Pass pass = Got(Enter(gate, 1)[0]);
        gate.Pause(TimeSpan.FromSeconds(1));
        Task<Pass> impatient = gate.EnterAsync(PaceKind.Sends, TimeSpan.FromMinutes(5), CancellationToken.None);
        Task<Pass> patient = gate.EnterAsync(PaceKind.Sends, TimeSpan.FromMinutes(10), CancellationToken.None);
        Task<Pass> media = gate.EnterAsync(PaceKind.Media, TimeSpan.FromMinutes(5), CancellationToken.None);
        GraphAnswer answer = Throttle with { Wait = TimeSpan.FromMinutes(10) };

        gate.Leave(pass, Verdict.Throttled, answer);
        Task<Pass> newcomer = gate.EnterAsync(PaceKind.Sends, TimeSpan.FromMinutes(9.99), CancellationToken.None);

        foreach (Task<Pass> refused in new[] { impatient, media, newcomer })
        {
            WaitTooLongException tooLong = Assert.IsType<WaitTooLongException>(refused.Exception?.InnerException);
            Assert.Equal((TimeSpan.FromMinutes(10), answer), (tooLong.Wait, tooLong.Cause));
            Assert.Contains("HTTP 429", tooLong.Message, StringComparison.Ordinal);
        }

        Assert.False(patient.IsCompleted);
        Move(599_999);
        Assert.False(patient.IsCompleted);
        Move(1);
        Assert.True(patient.IsCompletedSuccessfully);
    }

    [Fact]
    public void Only_what_is_left_of_a_pause_counts_for_a_newcomer()
    {
        Gate gate = Gate();
        gate.Pause(TimeSpan.FromMinutes(10));
        Move(60_000 * 6);
        Task<Pass> newcomer = gate.EnterAsync(PaceKind.Sends, TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.False(newcomer.IsCompleted);
        Move(60_000 * 4);
        Assert.True(newcomer.IsCompletedSuccessfully);
    }

    [Fact]
    public void Everybody_in_line_hears_of_a_pause_and_by_its_end_it_is_known_again()
    {
        Gate gate = Gate();
        Pass pass = Got(Enter(gate, 1)[0]);
        gate.Leave(pass, Verdict.Throttled, Throttle with { Wait = TimeSpan.FromSeconds(30) });
        var heard = new ConcurrentBag<(int Who, WaitNotice Notice)>();
        for (int who = 0; who < 4; who++)
        {
            int mine = who;
            _ = gate.EnterAsync(who % 2 == 0 ? PaceKind.Sends : PaceKind.Media, AnyWait, CancellationToken.None, notice => heard.Add((mine, notice)));
        }

        Assert.Equal([0, 1, 2, 3], heard.Select(hearing => hearing.Who).Distinct().Order());
        WaitNotice told = Assert.Single(heard.Select(hearing => hearing.Notice).Distinct());
        Assert.Equal(TimeSpan.FromSeconds(30), told.Wait);
        Assert.Equal("Waiting 30.0 s: the answer (HTTP 429) is not Graph's.", told.ToString());

        // A longer pause is another one.
        heard.Clear();
        gate.Pause(TimeSpan.FromMinutes(2));
        Assert.Equal([TimeSpan.FromMinutes(2)], heard.Select(hearing => hearing.Notice.Wait).Distinct());
        Assert.Equal([0, 1, 2, 3], heard.Select(hearing => hearing.Who).Distinct().Order());
    }

    [Fact]
    public void A_wait_for_the_pace_is_told_once_to_the_first_in_line()
    {
        Gate gate = Gate(0.5, 0.5);
        var heard = new List<(int Who, string Text)>();
        for (int who = 0; who < 3; who++)
        {
            int mine = who;
            _ = gate.EnterAsync(PaceKind.Sends, AnyWait, CancellationToken.None, notice => heard.Add((mine, notice.ToString())));
        }

        Assert.Equal([(1, "Waiting 2.0 s to keep the pace.")], heard);
        Move(500);
        Assert.Single(heard);
        Move(1_500);
        Assert.Equal([(1, "Waiting 2.0 s to keep the pace."), (2, "Waiting 2.0 s to keep the pace.")], heard);
    }

    [Fact]
    public void A_wait_of_a_second_or_less_is_not_told()
    {
        Gate gate = Gate(1, 1);
        var heard = new List<WaitNotice>();
        for (int who = 0; who < 3; who++)
            _ = gate.EnterAsync(PaceKind.Sends, AnyWait, CancellationToken.None, heard.Add);
        Move(1_000);
        Assert.Empty(heard);
    }

    private static Pass Got(Task<Pass> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return task.GetAwaiter().GetResult();
    }

    private static bool[] Done(Task<Pass>[] tasks) => [.. tasks.Select(task => task.IsCompletedSuccessfully)];

    private static Task<Pass>[] Enter(Gate gate, int count, PaceKind kind = PaceKind.Sends, CancellationToken stop = default) =>
        [.. Enumerable.Range(0, count).Select(_ => gate.EnterAsync(kind, AnyWait, stop))];

    private Gate Gate(double sendsPerSecond = 100_000, double mediaPerSecond = 100_000)
    {
        var gate = new Gate(_clock, sendsPerSecond, mediaPerSecond, () => 0);

        // A gate that has rested has its burst.
        Move(1_000);
        return gate;
    }

    private void Move(double milliseconds) => _clock.Move(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Without a context continuations run where the clock wakes them.</summary>
    private sealed class NoContext : IDisposable
    {
        private readonly SynchronizationContext? _before = SynchronizationContext.Current;

        public NoContext() => SynchronizationContext.SetSynchronizationContext(null);

        public void Dispose() => SynchronizationContext.SetSynchronizationContext(_before);
    }
}
