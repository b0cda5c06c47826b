using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>The line before a connection: who goes when, and what everybody in it hears.</summary>
public class GateTests
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

    [Fact]
    public void After_a_throttle_answer_one_of_all_kinds_goes_alone_and_the_others_follow_when_it_was_accepted()
    {
        Gate gate = Gate();
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Throttled, Throttle);
        Task<Pass>[] line = [.. Enter(gate, 1), .. Enter(gate, 1, PaceKind.Media), .. Enter(gate, 2)];
        Move(999);
        Assert.Equal([false, false, false, false], Done(line));
        Move(1);
        Assert.Equal([true, false, false, false], Done(line));
        Assert.True(Got(line[0]).IsAlone);
        Move(3_600_000);
        Assert.Equal([true, false, false, false], Done(line));

        gate.Leave(Got(line[0]), Verdict.Accepted, Fine);
        Assert.Equal([true, true, true, true], Done(line));
        Assert.All(line[1..], task => Assert.False(Got(task).IsAlone));
    }

    [Fact]
    public void A_probe_that_was_given_back_leaves_its_place_to_the_next_one()
    {
        Gate gate = Gate();
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Throttled, Throttle);
        Task<Pass>[] line = Enter(gate, 3);
        Move(1_000);
        gate.GiveBack();
        Move(1);
        Assert.Equal([true, true, false], Done(line));
        Assert.True(Got(line[1]).IsAlone);
    }

    [Fact]
    public void After_a_doubt_two_go_and_after_an_accepted_one_all()
    {
        Gate gate = Gate();
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Doubtful, Throttle);
        Task<Pass>[] line = Enter(gate, 5);
        Assert.Equal([true, true, false, false, false], Done(line));
        gate.Leave(Got(line[0]), Verdict.Accepted, Fine);
        Assert.Equal([true, true, true, true, true], Done(line));
    }

    [Fact]
    public void A_throttle_answer_slows_the_pace_as_well()
    {
        Gate gate = Gate(100, 100);
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Throttled, Throttle);
        Task<Pass>[] line = Enter(gate, 6);
        Move(1_000);
        gate.Leave(Got(line[0]), Verdict.Accepted, Fine);
        for (int step = 1; step <= 5; step++)
        {
            Move(19);
            Assert.Equal(step, line.Count(task => task.IsCompletedSuccessfully));
            Move(1);
            Assert.Equal(step + 1, line.Count(task => task.IsCompletedSuccessfully));
        }
    }

    [Fact]
    public void Usage_of_95_percent_pauses_everybody_and_says_why()
    {
        Gate gate = Gate();
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Accepted, Fine with { Usage = 97 });
        Task<Pass> next = Enter(gate, 1)[0];
        Move(499);
        Assert.False(next.IsCompleted);
        Move(1);
        Pass probe = Got(next);
        Assert.False(probe.IsAlone);

        gate.Leave(probe, Verdict.Accepted, Fine with { Usage = 97 });
        Move(1_000);
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Accepted, Fine with { Usage = 97 });
        var heard = new List<WaitNotice>();
        _ = gate.EnterAsync(PaceKind.Media, AnyWait, CancellationToken.None, heard.Add);
        Assert.Equal("Waiting 2.0 s: Graph reports 97 % of a limit used.", heard.Single().ToString());
    }

    [Theory]
    [InlineData(50)]
    [InlineData(25_000)]
    public void A_pause_longer_than_any_timer_is_still_a_pause(int days)
    {
        // A server may name any time, and -MaximumWait may allow it.
        Gate gate = Gate();
        gate.Pause(TimeSpan.FromDays(days));
        Task<Pass> patient = gate.EnterAsync(PaceKind.Sends, AnyWait, CancellationToken.None);
        _clock.Move(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.False(patient.IsCompleted);
        Move(1_000);
        Assert.True(patient.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_pause_longer_than_any_timer_of_this_machine_is_waited_out_in_parts()
    {
        var gate = new Gate(TimeProvider.System, 100, 100, () => 0);
        gate.Pause(TimeSpan.FromDays(60));
        Assert.False(gate.EnterAsync(PaceKind.Sends, AnyWait, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public void Used_up_is_what_the_callers_retries_say()
    {
        Gate gate = Gate();
        Assert.False(gate.IsUsedUp(0));
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Throttled, Throttle);
        Assert.True(gate.IsUsedUp(0));
        Assert.False(gate.IsUsedUp(1));
        Move(1_000);
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Throttled, Throttle);
        Assert.True(gate.IsUsedUp(1));
        Assert.False(gate.IsUsedUp(2));
    }

    [Fact]
    public async Task Under_many_threads_on_a_real_clock_nobody_is_forgotten()
    {
        var gate = new Gate(TimeProvider.System, 20_000, 20_000, () => 0);
        int passed = 0, cancelled = 0, together = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (int i = 0; i < 400; i++)
            {
                using var stop = new CancellationTokenSource();
                if (random.Next(4) == 0)
                    stop.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                if (random.Next(20) == 0)
                    gate.Pause(TimeSpan.FromMilliseconds(random.Next(3)));
                try
                {
                    Pass pass = await gate.EnterAsync(random.Next(3) == 0 ? PaceKind.Media : PaceKind.Sends, AnyWait, stop.Token);
                    Interlocked.Increment(ref together);
                    if (random.Next(2) == 0)
                        await Task.Yield();
                    Interlocked.Decrement(ref together);
                    Interlocked.Increment(ref passed);
                    if (random.Next(5) == 0)
                        gate.GiveBack();
                    else
                        gate.Leave(pass, random.Next(5) == 0 ? Verdict.Refused : Verdict.Accepted, Fine);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(16 * 400, passed + cancelled);
        Assert.Equal(0, together);
    }

    [Fact]
    public async Task Under_many_threads_in_trouble_nobody_is_forgotten_and_alone_is_alone()
    {
        var clock = new FakeTimeProvider();
        var gate = new Gate(clock, 20_000, 20_000, () => 0.5);
        int passed = 0, together = 0, crowds = 0;
        Task work = Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(async () =>
        {
            var random = new Random(100 + worker);
            for (int i = 0; i < 150; i++)
            {
                using var stop = new CancellationTokenSource();
                if (random.Next(6) == 0)
                    stop.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                try
                {
                    Pass pass = await gate.EnterAsync(random.Next(3) == 0 ? PaceKind.Media : PaceKind.Sends, AnyWait, stop.Token);
                    int now = Interlocked.Increment(ref together);
                    if (pass.IsAlone && now > 1)
                        Interlocked.Increment(ref crowds);
                    if (random.Next(2) == 0)
                        await Task.Yield();
                    Interlocked.Decrement(ref together);
                    Interlocked.Increment(ref passed);
                    Verdict verdict = random.Next(10) switch { 0 => Verdict.Throttled, 1 => Verdict.Doubtful, 2 => Verdict.Unreachable, 3 => Verdict.Refused, _ => Verdict.Accepted };
                    gate.Leave(pass, verdict, verdict == Verdict.Accepted ? Fine : Throttle);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref passed);
                }
            }
        })));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!work.IsCompleted && !patience.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(work.IsCompletedSuccessfully, $"{passed} of {12 * 150} came through.");
        Assert.Equal(0, crowds);
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
