using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Design section 9, "client set to the server's limit R": a server counts arrivals, and what stood still on the way arrives late and at once.</summary>
public class LatenessTests
{
    private const int Limit = 200;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Guard = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public static TheoryData<int, int> Stalls => new()
    {
        { 0, 0 },
        { 26, 900 },
        { 60, 1_100 },
        { 120, 3_000 },
        { 200, 7_000 },
    };

    [Theory]
    [MemberData(nameof(Stalls))]
    public void At_the_servers_limit_what_arrives_late_breaks_it_in_no_second(int stallMilliseconds, int everyMilliseconds)
    {
        Stall[] stalls = [.. Enumerable.Range(0, everyMilliseconds == 0 ? 0 : 20_000 / everyMilliseconds).Select(i => new Stall(i * everyMilliseconds, stallMilliseconds))];
        var road = new Road(stalls);
        road.Drive(TimeSpan.FromSeconds(20));
        Assert.InRange(road.BusiestSecond(), 1, Limit);
        Assert.InRange(road.Arrived, 0.95 * Limit * 20, Limit * 20);
    }

    [Fact]
    public void Slow_connections_at_the_start_break_it_in_no_second()
    {
        var road = new Road([new Stall(0, 400)]);
        road.Drive(TimeSpan.FromSeconds(3));
        Assert.InRange(road.BusiestSecond(), 1, Limit);
    }

    public static TheoryData<int> StallsAfterAColdStart => [.. Enumerable.Range(0, 40).Select(i => 1_100 + (i * 97))];

    [Theory]
    [MemberData(nameof(StallsAfterAColdStart))]
    public void A_short_stall_after_a_slow_start_breaks_it_in_no_second(int beginsAtMilliseconds)
    {
        var road = new Road([new Stall(0, 250), new Stall(beginsAtMilliseconds, 60)]);
        road.Drive(TimeSpan.FromSeconds(7));
        Assert.InRange(road.BusiestSecond(), 1, Limit);
        Assert.InRange(road.Arrived, 0.9 * Limit * 7, Limit * 7);
    }

    [Fact]
    public void A_server_that_takes_its_time_for_some_answers_costs_no_more_than_a_twentieth_of_the_rate()
    {
        var road = new Road([], TimeSpan.FromMilliseconds(700));
        road.Drive(TimeSpan.FromSeconds(20));
        Assert.InRange(road.BusiestSecond(), 1, Limit);
        Assert.InRange(road.Arrived, 0.95 * Limit * 20, Limit * 20);
    }

    [Fact]
    public void Without_an_answer_so_far_nothing_is_late()
    {
        Assert.Equal(TimeSpan.Zero, new AnswerTimes(Limit).LatenessOf(TimeSpan.FromHours(1), isFirst: false));
    }

    [Fact]
    public void An_answer_is_late_by_what_it_took_longer_than_the_quickest_up_to_half_a_second()
    {
        AnswerTimes times = Times(Enumerable.Repeat(50, 90).Append(48));
        Assert.Equal(TimeSpan.Zero, times.LatenessOf(TimeSpan.FromMilliseconds(10), isFirst: false));
        Assert.Equal(TimeSpan.Zero, times.LatenessOf(TimeSpan.FromMilliseconds(48), isFirst: false));
        Assert.Equal(TimeSpan.FromMilliseconds(30), times.LatenessOf(TimeSpan.FromMilliseconds(78), isFirst: false));
        Assert.Equal(TimeSpan.FromMilliseconds(500), times.LatenessOf(TimeSpan.FromSeconds(9), isFirst: false));
    }

    [Fact]
    public void A_quickest_answer_of_long_ago_is_forgotten()
    {
        AnswerTimes times = Times(Enumerable.Repeat(1, 1024).Concat(Enumerable.Repeat(90, 1024)));
        Assert.Equal(TimeSpan.FromMilliseconds(10), times.LatenessOf(TimeSpan.FromMilliseconds(100), isFirst: false));
    }

    [Fact]
    public void Where_answers_differ_widely_only_the_slowest_are_late()
    {
        AnswerTimes times = Times(Enumerable.Range(0, 2048).Select(i => 100 + (i * 37 % 200)));

        // From 100 to 300 ms evenly: those above 240 ms are late by 30 ms each, which are 9 ms of each of all.
        Assert.Equal(TimeSpan.Zero, times.LatenessOf(TimeSpan.FromMilliseconds(230), isFirst: false));
        Assert.InRange(times.LatenessOf(TimeSpan.FromMilliseconds(300), isFirst: false), TimeSpan.FromMilliseconds(55), TimeSpan.FromMilliseconds(66));

        // One that may have needed a new connection is held against the quickest.
        Assert.Equal(TimeSpan.FromMilliseconds(200), times.LatenessOf(TimeSpan.FromMilliseconds(300), isFirst: true));
    }

    [Fact]
    public void At_a_low_rate_a_few_answers_tell_how_widely_they_differ()
    {
        var times = new AnswerTimes(10);
        for (int i = 0; i < 32; i++)
            times.Add(TimeSpan.FromMilliseconds(100 + (i * 37 % 200)), isFirst: false);
        Assert.Equal(TimeSpan.Zero, times.LatenessOf(TimeSpan.FromMilliseconds(200), isFirst: false));
    }

    private static AnswerTimes Times(IEnumerable<int> milliseconds)
    {
        var times = new AnswerTimes(Limit);
        foreach (int time in milliseconds)
            times.Add(TimeSpan.FromMilliseconds(time), isFirst: false);
        return times;
    }

    /// <summary>A time in which everything on the way stands still.</summary>
    private sealed record Stall(int BeginMilliseconds, int Milliseconds)
    {
        public bool Holds(TimeSpan time) => time >= TimeSpan.FromMilliseconds(BeginMilliseconds) && time < End;

        public TimeSpan End => TimeSpan.FromMilliseconds(BeginMilliseconds + Milliseconds);
    }

    /// <summary>The way to a server: now and then everything on it stands still, and arrives when that is over.</summary>
    private sealed class Road(Stall[] stalls, TimeSpan jitter = default)
    {
        private readonly Pacer _pacer = new(Limit, Guard);
        private readonly PriorityQueue<Pacer.Turn, TimeSpan> _answers = new();
        private readonly List<TimeSpan> _arrivals = [];
        private readonly Random _random = new(7);

        public int Arrived => _arrivals.Count;

        public void Drive(TimeSpan time)
        {
            for (TimeSpan now = TimeSpan.Zero; now < time; now += Step)
            {
                while (_answers.TryPeek(out _, out TimeSpan due) && due <= now)
                    _answers.Dequeue().Answered(now);
                while (_pacer.Take(now, 1, hasSlept: false, out _) is { } turn)
                {
                    TimeSpan arrival = Arrival(now);
                    _arrivals.Add(arrival);
                    _answers.Enqueue(turn, arrival + Latency + (jitter * _random.NextDouble()));
                }
            }
        }

        /// <summary>More than the limit in less than a second is what a server refuses.</summary>
        public int BusiestSecond()
        {
            TimeSpan[] sorted = [.. _arrivals.Order()];
            int most = 0;
            for (int first = 0, last = 0; last < sorted.Length; last++)
            {
                while (sorted[last] - sorted[first] >= TimeSpan.FromSeconds(1))
                    first++;
                most = Math.Max(most, last - first + 1);
            }

            return most;
        }

        private TimeSpan Arrival(TimeSpan left) => Array.Find(stalls, stall => stall.Holds(left))?.End ?? left;
    }
}
