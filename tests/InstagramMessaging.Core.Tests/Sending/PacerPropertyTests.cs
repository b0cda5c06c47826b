using System;
using FsCheck;
using FsCheck.Fluent;
using InstagramMessaging.Core.Tests.Setup;
using Microsoft.FSharp.Core;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Whoever asks whenever: in any window of one second at most the rate and a twentieth of it pass.</summary>
public class PacerPropertyTests
{
    private static readonly Gen<double> Rates = Gen.Elements(1d, 2, 5, 10, 20, 25, 40, 50, 100, 125, 200, 250, 500);

    private static readonly Config Repeatable =
        Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261001, 7), null)));

    [Fact]
    public void No_second_is_busier_than_the_rate_and_a_twentieth()
    {
        Gen<Move> moves = Gen.Choose(0, 60).Two().Select(pair => new Move(pair.Item1, TimeSpan.FromMilliseconds(pair.Item2 * 7), TimeSpan.Zero));
        Check.One(Repeatable, Prop.ForAll(Arb.From(Rates.Zip(moves.ArrayOf(12))), plan => Holds(plan.Item1, plan.Item2)));
    }

    [Fact]
    public void No_second_is_busier_whatever_pauses_fall_in_between()
    {
        Gen<Move> moves = Gen.Choose(0, 60).Three().Select(three => new Move(
            three.Item1,
            TimeSpan.FromMilliseconds(three.Item2 * 7),
            three.Item3 > 40 ? TimeSpan.FromMilliseconds(three.Item3 * 11) : TimeSpan.Zero));
        Check.One(Repeatable, Prop.ForAll(Arb.From(Rates.Zip(moves.ArrayOf(12))), plan => Holds(plan.Item1, plan.Item2)));
    }

    [Fact]
    public void No_second_is_busier_however_late_timers_ring()
    {
        Gen<Move> moves = Gen.Choose(0, 60).Three().Select(three => new Move(
            three.Item1,
            TimeSpan.FromMilliseconds(three.Item2 * 7),
            three.Item3 > 50 ? TimeSpan.FromMilliseconds(three.Item3 * 11) : TimeSpan.Zero,
            TimeSpan.FromMilliseconds(1 + (three.Item3 % 45))));
        Check.One(Repeatable, Prop.ForAll(Arb.From(Rates.Zip(moves.ArrayOf(12))), plan => Holds(plan.Item1, plan.Item2)));
    }

    private static bool Holds(double rate, Move[] moves)
    {
        using var trial = new PacerTrial(rate);
        int asked = 0;
        foreach (Move move in moves)
        {
            // A line of more than two seconds says nothing new and costs time.
            int callers = asked - trial.Passed.Count > 2 * rate ? 0 : move.Callers;
            asked += callers;
            trial.Ask(callers);
            if (move.Pause > TimeSpan.Zero)
                trial.Gate.Pause(move.Pause);
            trial.Run(move.Rest, move.Step);
        }

        trial.Run(TimeSpan.FromSeconds(2));
        Assert.True(trial.BusiestSecond() <= trial.MostInASecond, $"{trial.BusiestSecond()} in a second at {rate}/s");
        Assert.True(trial.LargestBurst() <= Math.Max(1, rate * 0.05), $"{trial.LargestBurst()} at once at {rate}/s");
        Assert.Empty(trial.Faults);
        return true;
    }

    private sealed record Move(int Callers, TimeSpan Rest, TimeSpan Pause, TimeSpan? Step = null);
}
