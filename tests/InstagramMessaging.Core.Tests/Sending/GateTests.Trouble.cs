using System;
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

/// <summary>What the gate does with trouble, and under many threads.</summary>
public partial class GateTests
{
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
        Move(749);
        Assert.False(next.IsCompleted);
        Move(1);
        Pass probe = Got(next);
        Assert.False(probe.IsAlone);

        gate.Leave(probe, Verdict.Accepted, Fine with { Usage = 97 });
        Move(1_500);
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Accepted, Fine with { Usage = 97 });
        var heard = new List<WaitNotice>();
        _ = gate.EnterAsync(PaceKind.Media, AnyWait, CancellationToken.None, heard.Add);
        Assert.Equal("Waiting 3.0 s: Graph reports 97 % of a limit used.", heard.Single().ToString());
    }

    [Fact]
    public void Where_the_usage_headers_end_the_pace_comes_back()
    {
        Gate gate = Gate(sendsPerSecond: 100);
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Accepted, Fine with { Usage = 94.9 });
        Move(200_000);
        gate.Leave(Got(Enter(gate, 1)[0]), Verdict.Accepted, Fine);
        Move(200);
        Task<Pass>[] next = Enter(gate, 3);
        Move(30);
        Assert.All(Done(next), Assert.True);
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
        }))).WaitAsync(TimeSpan.FromMinutes(5));

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
        using var patience = new CancellationTokenSource(WatchedClock.Patience);
        while (!work.IsCompleted && !patience.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(work.IsCompletedSuccessfully, $"{passed} of {12 * 150} came through.");
        Assert.Equal(0, crowds);
    }
}
