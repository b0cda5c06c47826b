using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>A figure is of the moment in which its request was counted; what was sent since is not in it.</summary>
public class UsageTrendTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(72, 1)]
    [InlineData(90, 0.5)]
    [InlineData(200, 0.05)]
    public void While_a_limit_fills_up_what_is_on_its_way_counts(int onTheirWay, double factor)
    {
        // Half a percent each, so twelve in 24; two of them may be chance.
        Tempo tempo = Told(number => number * 0.5);
        Pass(tempo, onTheirWay);
        Assert.Equal(factor, tempo.FactorAt(Now), 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.08)]
    [InlineData(-0.2)]
    public void Figures_that_stand_or_fall_or_rise_like_those_of_an_hour_say_nothing_of_what_is_on_its_way(double each)
    {
        Tempo tempo = Told(number => 60 + (number * each));
        Pass(tempo, 1_000);
        Assert.Equal(1, tempo.FactorAt(Now), 6);
    }

    [Fact]
    public void An_answer_without_a_figure_ends_it()
    {
        Tempo tempo = Told(number => number * 0.5);
        Pass(tempo, 200);
        tempo.Heed(0, 101, Now, Now);
        Assert.Equal(1, tempo.FactorAt(Now), 6);
    }

    [Fact]
    public void Of_answers_in_any_order_that_to_the_latest_request_counts()
    {
        Tempo tempo = Told(number => number * 0.5, 120);
        Pass(tempo, 120, told: 120);
        foreach (int number in Enumerable.Range(60, 60).Reverse())
            tempo.Heed(number * 0.5, number, Now, Now);
        Assert.True(tempo.FactorAt(Now) < 1, "Answers to earlier requests hid what the latest one said.");
    }

    public static TheoryData<int, int> Stalls
    {
        get
        {
            var stalls = new TheoryData<int, int> { { 0, 0 } };
            foreach (int begin in Enumerable.Range(0, 40).Select(i => i * 23))
            {
                stalls.Add(begin, 60);
                stalls.Add(begin, 160);
                stalls.Add(begin, 300);
            }

            return stalls;
        }
    }

    [Theory]
    [MemberData(nameof(Stalls))]
    public void At_twice_the_limit_a_server_that_stands_still_while_it_fills_up_says_no_three_times_at_most(int beginMilliseconds, int milliseconds)
    {
        var road = new Road(beginMilliseconds, beginMilliseconds + milliseconds);
        road.Drive(15_000);
        Assert.InRange(road.Refused, 0, 3);
        Assert.InRange(road.Accepted, 0.8 * Road.Limit * 15, Road.Limit * 15);
    }

    /// <summary>A connection after so many answers, each to the request before it.</summary>
    private static Tempo Told(Func<int, double> percentOf, int count = 100)
    {
        var tempo = new Tempo(400);
        for (int number = 1; number <= count; number++)
        {
            tempo.Passed(number, Now);
            tempo.Heed(percentOf(number), number, Now, Now);
        }

        return tempo;
    }

    private static void Pass(Tempo tempo, int count, int told = 100)
    {
        for (int i = 1; i <= count; i++)
            tempo.Passed(told + i, Now);
    }

    /// <summary>A client set to twice the limit of a server that counts the arrivals of the last second, says so, and stands still once.</summary>
    private sealed class Road(int stallBegins, int stallEnds)
    {
        public const int Limit = 200;
        private const int Latency = 50;
        private const int MostOnTheirWay = 64;

        private readonly Pacer _pacer = new(2 * Limit, TimeSpan.FromMilliseconds(25));
        private readonly Tempo _tempo = new(2 * Limit);
        private readonly Queue<int> _counted = new();
        private readonly Queue<(int Arrives, long Number, int Begun)> _coming = new();
        private readonly Queue<(int Comes, double Percent, long Number, int Begun)> _answers = new();
        private long _passed;

        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public void Drive(int milliseconds)
        {
            for (int now = 0; now < milliseconds; now++)
            {
                Arrive(now);
                Answer(now);
                while (_coming.Count + _answers.Count < MostOnTheirWay && _pacer.Take(Time(now), _tempo.FactorAt(Time(now)), hasSlept: false, out _) is not null)
                {
                    _tempo.Passed(++_passed, Time(now));
                    _coming.Enqueue((now >= stallBegins && now < stallEnds ? stallEnds : now + 1, _passed, now));
                }
            }
        }

        private void Arrive(int now)
        {
            while (_coming.TryPeek(out (int Arrives, long Number, int Begun) next) && next.Arrives <= now)
            {
                _coming.Dequeue();
                while (_counted.TryPeek(out int first) && now - first >= 1_000)
                    _counted.Dequeue();
                if (_counted.Count == Limit)
                {
                    Refused++;
                }
                else
                {
                    _counted.Enqueue(now);
                    Accepted++;
                }

                _answers.Enqueue((now + Latency, _counted.Count * 100 / Limit, next.Number, next.Begun));
            }
        }

        private void Answer(int now)
        {
            while (_answers.TryPeek(out (int Comes, double Percent, long Number, int Begun) next) && next.Comes <= now)
            {
                _answers.Dequeue();
                TimeSpan pause = _tempo.Heed(next.Percent, next.Number, Time(next.Begun), Time(now));
                if (pause > TimeSpan.Zero)
                    _pacer.Rest(Time(now) + pause);
            }
        }

        private static TimeSpan Time(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
    }
}
