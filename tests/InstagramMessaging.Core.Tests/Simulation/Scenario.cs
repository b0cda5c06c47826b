using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>What a seed decides before anything happens: rows, settings, and how bad the night is.</summary>
internal sealed class Scenario
{
    public Scenario(Dice dice)
    {
        int rows = dice.Chance(0.5) ? dice.Between(5, 15) : dice.Between(15, 60);
        int recipients = dice.Between(1, 10);
        HasJournal = dice.Chance(0.9);
        SendsPerSecond = dice.Pick<double>(1, 2, 5, 10, 20, 50, 100, 200);
        MediaPerSecond = dice.Pick<double>(1, 5, 10, 50);
        Options = new EngineOptions
        {
            ThrottleLimit = dice.Chance(0.2) ? 1 : dice.Between(2, 16),
            MaximumRetryCount = dice.Between(0, 5),
            MaximumUnknown = dice.Chance(0.5) ? dice.Between(3, 10) : dice.Between(10, 100),
            MaximumWait = dice.Pick(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)),
            StopAfter = dice.Chance(0.1) ? dice.Milliseconds(100, 60_000) : null,
        };
        Guard = dice.Pick(TimeSpan.Zero, TimeSpan.FromMilliseconds(25));
        LookAhead = dice.Pick(1, 2, 5, 20, 1000);
        InputDelay = dice.Chance(0.7) ? 0 : dice.Between(1.0, 200);
        TimerLag = dice.Pick<double>(0, 0, 2, 20);
        CommitDelay = dice.Pick<double>(0, 1, 5, 50);
        IsDiskBad = dice.Chance(0.15);
        Resends = dice.Chance(0.2);
        Crashes = dice.Between(0, 4);
        Net = new NetworkMood(dice, Options.ThrottleLimit);
        Rows = [.. MakeRows(dice, rows, recipients)];
    }

    public IReadOnlyList<SimRow> Rows { get; }

    public NetworkMood Net { get; }

    public EngineOptions Options { get; }

    public double SendsPerSecond { get; }

    public double MediaPerSecond { get; }

    /// <summary>What the gate adds to a second, for what the network bunches.</summary>
    public TimeSpan Guard { get; }

    public bool HasJournal { get; }

    /// <summary>How many rows the engine holds.</summary>
    public int LookAhead { get; }

    /// <summary>The longest time between two rows of the input, in milliseconds.</summary>
    public double InputDelay { get; }

    public double TimerLag { get; }

    /// <summary>How long a write may wait for its turn, in milliseconds.</summary>
    public double CommitDelay { get; }

    public bool IsDiskBad { get; }

    /// <summary>Whether the last runs have -ResendUnknown.</summary>
    public bool Resends { get; }

    /// <summary>How many processes die or are stopped, if they live long enough.</summary>
    public int Crashes { get; }

    private static SimRow[] MakeRows(Dice dice, int count, int recipients)
    {
        Disposition[] people = [.. Enumerable.Range(0, recipients).Select(_ => (Disposition)dice.Weighed([90, 4, 4]))];
        int[] order = [.. Enumerable.Range(0, count).Select(_ => dice.Between(0, recipients - 1))];
        if (dice.Chance(0.5))
            Array.Sort(order);
        return [.. order.Select((person, index) => new SimRow(
            index,
            $"1784140000000{person:0000}",
            people[person] == Disposition.Welcome && dice.Chance(0.02) ? Disposition.ContentRefused : people[person],
            dice))];
    }
}

/// <summary>A stretch of time in which all requests meet the same fate.</summary>
internal sealed record Phase(TimeSpan From, TimeSpan To, Fate Fate);

/// <summary>How a network treats requests.</summary>
internal sealed class NetworkMood
{
    public NetworkMood(Dice dice, int throttleLimit)
    {
        Trouble = dice.Pick(0, 0.01, 0.05, 0.2, 0.6);
        Latency = dice.Pick<double>(5, 50, 500, 3000);
        Waits = dice.Pick(0, 0.1, 0.5);
        UsageShare = dice.Chance(0.6) ? 0 : dice.Between(0.05, 1);
        UsageTop = dice.Between(50.0, 105);
        ServerLimit = dice.Chance(0.85) ? int.MaxValue : dice.Between(Math.Max(2, throttleLimit / 2), 60);
        for (int i = 0; i < Weights.Length; i++)
            Weights[i] = dice.Chance(0.3) ? 0 : dice.Share();
        Weights[(int)Fate.Accepted] = 0;
        Weights[(int)Fate.TokenInvalid] *= 0.1;
        Weights[(int)Fate.ConnectionEnded] *= 0.1;
        TimeSpan at = TimeSpan.Zero;
        for (int left = dice.Weighed([5, 3, 1]); left > 0; left--)
        {
            TimeSpan from = at + dice.Milliseconds(0, dice.Pick(1_000, 10_000, 100_000));
            Fate fate = dice.Pick(Fate.Error500, Fate.Html502, Fate.ThrottledSaying, Fate.ThrottledMute, Fate.Refused, Fate.NoConnection, Fate.SilentUnaccepted);
            TimeSpan length = TimeSpan.FromSeconds(dice.Pick(5, 60, 600, 3600));
            Phases.Add(new Phase(from, at = from + length, fate));
        }
    }

    /// <summary>The share of requests that meet something out of the ordinary.</summary>
    public double Trouble { get; }

    public double[] Weights { get; } = new double[Enum.GetValues<Fate>().Length];

    /// <summary>Of an answer, in milliseconds; now and then one takes far longer.</summary>
    public double Latency { get; }

    /// <summary>The share of clear answers outside of throttling that say when to come back.</summary>
    public double Waits { get; }

    public double UsageShare { get; }

    public double UsageTop { get; }

    /// <summary>Requests per second that the server takes.</summary>
    public int ServerLimit { get; }

    public List<Phase> Phases { get; } = [];
}
