using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Design section 4, "Pace": spaced sends, burst at most 5 % of the rate, pause at run time.</summary>
public class PacerTests
{
    [Theory]
    [InlineData(100, 5)]
    [InlineData(40, 2)]
    [InlineData(10, 1)]
    [InlineData(1, 1)]
    [InlineData(1000, 50)]
    public void At_most_a_twentieth_of_the_rate_goes_at_once(double rate, int atOnce)
    {
        using var trial = new PacerTrial(rate);
        trial.Ask(200);
        Assert.InRange(trial.Passed.Count, 1, atOnce);
    }

    [Fact]
    public void After_the_burst_callers_are_spaced_evenly()
    {
        using var trial = new PacerTrial(100);
        trial.Ask(60);
        trial.Run(TimeSpan.FromSeconds(1));

        TimeSpan[] spaced = [.. trial.Passed.Where(time => time > TimeSpan.Zero)];
        Assert.Equal(60, trial.Passed.Count);
        Assert.Equal([.. Enumerable.Range(1, spaced.Length).Select(i => TimeSpan.FromMilliseconds(10 * i))], spaced);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    [InlineData(2)]
    public void A_long_rest_saves_up_no_more_than_the_burst(double rate)
    {
        using var trial = new PacerTrial(rate);
        trial.Ask(1);
        trial.Run(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        trial.Ask((int)rate * 3);
        trial.Run(TimeSpan.FromSeconds(4));

        Assert.InRange(trial.BusiestSecond(), 1, trial.MostInASecond);
        Assert.InRange(trial.LargestBurst(), 1, Math.Max(1, (int)(rate * 0.05)));
    }

    [Theory]
    [InlineData(100, 20)]
    [InlineData(10, 200)]
    public void One_caller_in_turn_gets_the_whole_rate_without_drift(double rate, int times)
    {
        using var trial = new PacerTrial(rate);
        Task asking = trial.AskInTurnAsync(times);

        // Timers ring late: each move goes past the due time, and the lateness must not add up.
        trial.Run(TimeSpan.FromSeconds(times / rate * 1.02), TimeSpan.FromMilliseconds(7));

        Assert.True(asking.IsCompletedSuccessfully, $"{trial.Passed.Count} of {times} passed.");
        Assert.InRange(trial.BusiestSecond(), 1, trial.MostInASecond);
    }

    [Fact]
    public void A_hundred_callers_get_the_whole_rate()
    {
        using var trial = new PacerTrial(100);
        trial.Ask(1000);
        trial.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(1000, trial.Passed.Count);
        Assert.InRange(trial.BusiestSecond(), 95, trial.MostInASecond);
    }

    [Fact]
    public void In_a_pause_nobody_passes()
    {
        using var trial = new PacerTrial(100);
        trial.Ask(20);
        trial.Run(TimeSpan.FromMilliseconds(50));
        int before = trial.Passed.Count;
        trial.Gate.Pause(TimeSpan.FromSeconds(3));
        trial.Ask(20);
        trial.Run(TimeSpan.FromMilliseconds(2999));
        Assert.Equal(before, trial.Passed.Count);
        trial.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(40, trial.Passed.Count);
    }

    [Fact]
    public void Those_who_waited_through_a_pause_do_not_all_pass_at_its_end()
    {
        using var trial = new PacerTrial(100);
        trial.Ask(60);
        trial.Gate.Pause(TimeSpan.FromSeconds(10));
        trial.Run(TimeSpan.FromSeconds(12));

        Assert.Equal(60, trial.Passed.Count);
        int atOnce = trial.Passed.Count(time => time == TimeSpan.FromSeconds(10));
        Assert.True(atOnce <= 5, $"{atOnce} passed at once at the end of the pause.");
    }

    [Fact]
    public void A_machine_that_slept_lets_no_crowd_through()
    {
        // A laptop's lid, a paused virtual machine: time jumps while callers wait.
        using var trial = new PacerTrial(100);
        trial.Ask(300);
        trial.Run(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        int atOnce = trial.Passed.Count(time => time == TimeSpan.FromSeconds(2));
        Assert.True(atOnce <= 5, $"{atOnce} passed at once when time went on.");
    }

    [Fact]
    public void A_longer_pause_wins_and_a_shorter_one_ends_nothing()
    {
        using var trial = new PacerTrial(10);
        trial.Gate.Pause(TimeSpan.FromSeconds(5));
        trial.Gate.Pause(TimeSpan.FromSeconds(1));
        trial.Ask(1);
        trial.Run(TimeSpan.FromMilliseconds(4999));
        Assert.Empty(trial.Passed);
        trial.Gate.Pause(TimeSpan.FromSeconds(2));
        trial.Run(TimeSpan.FromMilliseconds(1999));
        Assert.Empty(trial.Passed);
        trial.Run(TimeSpan.FromMilliseconds(2));
        Assert.Single(trial.Passed);
    }

    [Fact]
    public void A_caller_that_gives_up_leaves_and_the_others_keep_the_rate()
    {
        using var trial = new PacerTrial(10);
        using var stop = new CancellationTokenSource();
        trial.Ask(1);
        trial.Ask(10, stop.Token);
        trial.Ask(5);
        stop.Cancel();
        trial.Run(TimeSpan.FromSeconds(3));

        Assert.Equal(6, trial.Passed.Count);
        Assert.Empty(trial.Faults);
        Assert.InRange(trial.BusiestSecond(), 1, trial.MostInASecond);
    }

    [Fact]
    public void Who_has_already_given_up_does_not_pass_even_when_it_is_his_turn()
    {
        using var trial = new PacerTrial(100);
        Assert.True(trial.Gate.EnterAsync(PaceKind.Sends, TimeSpan.MaxValue, new CancellationToken(true)).IsCanceled);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(99.5)]
    [InlineData(300)]
    public void A_waiter_sleeps_to_its_turn_and_does_not_spin(double rate)
    {
        // Timers know whole milliseconds only; the rest of a turn must not be waited out by looking at the clock.
        using var trial = new PacerTrial(rate);
        trial.Ask(30);
        int most = 0;
        for (int i = 0; i < 500; i++)
        {
            trial.Run(TimeSpan.FromMilliseconds(1));
            most = Math.Max(most, trial.Clock.Looks);
        }

        Assert.Empty(trial.Faults);
        Assert.True(most < 200, $"The clock was read {most} times in a millisecond.");
    }

    [Fact]
    public void Callers_on_many_threads_get_one_place_each()
    {
        using var trial = new PacerTrial(1000);
        Parallel.For(0, 400, _ => trial.Ask(1));
        Assert.InRange(trial.Passed.Count, 1, 50);
        trial.Run(TimeSpan.FromMilliseconds(410));
        Assert.Equal(400, trial.Passed.Count);
    }
}
