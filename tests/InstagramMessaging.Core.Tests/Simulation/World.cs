using System.Threading;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>What came of a seed.</summary>
internal sealed record SimResult(int Seed, Violation? Violation, ulong Hash, string Words)
{
    public override string ToString() => $"Seed {Seed}: {Violation?.Text ?? "no rule was broken"}. {World.SeedVariable}={Seed} plays it again and tells what happens.";
}

/// <summary>
/// The sending engine, its gate and its journal, as they are, on virtual time, a network that misbehaves and a disk that tears, over as
/// many processes as it takes until the rows have ended. All of it follows from one number.
/// </summary>
internal sealed class World
{
    public const string SeedVariable = "IG_SIM_SEED";

    /// <summary>After so many the night is over, and the last run has no trouble any more.</summary>
    private const int MostTroubled = 6;
    private const int MostEvents = 200_000;

    private readonly Dice _dice;
    private readonly Plant _plant;
    private readonly SimTrace _trace;
    private readonly Referee _referee;
    private readonly SimNetwork _network;
    private readonly SimDisk _disk;
    private readonly SimClock _clock;
    private readonly Scenario _scenario;
    private SimProcess? _process;
    private int _events;

    private World(int seed, Plant plant, bool isTold)
    {
        _dice = new Dice((ulong)seed);
        _plant = plant;
        _scenario = new Scenario(_dice.Fork());
        _clock = new SimClock(_dice.Fork(), _scenario.TimerLag);
        _trace = new SimTrace(_clock, isTold);
        _referee = new Referee(_scenario, _clock, _trace);
        _network = new SimNetwork(_referee, _dice.Fork());
        _disk = new SimDisk(_dice.Fork(), () => _process?.Touch());
    }

    public static SimResult Run(int seed, Plant? plant = null, bool isTold = false)
    {
        // Without a context what was waited for goes on where it is completed: here.
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var world = new World(seed, plant ?? Plant.None, isTold);
            world.Live();
            return new SimResult(seed, world._referee.Violation, world._trace.Hash, world._trace.Words);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Live()
    {
        int crashes = _scenario.Crashes;
        bool isInterrupted = false;
        for (int number = 1; number <= MostTroubled && _referee.Violation is null; number++)
        {
            bool ends = crashes-- > 0;
            Trouble();
            Ending ending = !ends ? Ending.Natural : _dice.Pick(Ending.Stop, Ending.Kill, Ending.Kill, Ending.PowerCut);
            isInterrupted = Process(number, ending, resendsUnknown: _scenario.Resends && !ends && _dice.Chance(0.5), _scenario.Options).IsInterrupted;

            // Without a journal nobody would run it again; with one, until a run came to its end.
            if (!_scenario.HasJournal || (!isInterrupted && crashes <= 0))
                break;
        }

        if (_scenario.HasJournal && _referee.Violation is null)
            LastRun();

        // What is still on its way arrives, and finds its row with an end.
        while (_referee.Violation is null && Step())
        {
        }

        _referee.Conclude(wasInterrupted: !_scenario.HasJournal);
    }

    private void Trouble()
    {
        _disk.Capacity = _scenario.IsDiskBad && _dice.Chance(0.5) ? _dice.Between(0, 8_000) : long.MaxValue;
        _disk.FailureToFlush = _scenario.IsDiskBad && _dice.Chance(0.5) ? 0.02 : 0;
    }

    private void LastRun()
    {
        _network.IsCalm = true;
        _disk.Capacity = long.MaxValue;
        _disk.FailureToFlush = 0;
        Process(MostTroubled + 1, Ending.Natural, _scenario.Resends && _dice.Chance(0.5), _scenario.Options with { StopAfter = null });
    }

    private SimProcess Process(int number, Ending ending, bool resendsUnknown, EngineOptions options)
    {
        int steps = ending == Ending.Natural ? 0 : _dice.Between(1, _dice.Pick(10, 100, 40 + (12 * _scenario.Rows.Count)));
        _process = new SimProcess(_referee, new ProcessPlan(number, ending, steps, resendsUnknown, options), _plant, _disk, _dice.Fork());
        _process.Start(_network);
        while (!_process.Watch.IsOver && _referee.Violation is null)
        {
            if (!Step())
                _referee.Break(Rule.NoEnd, $"process {number} waits for nothing");
            _process.Touch();
        }

        return _process;
    }

    private bool Step()
    {
        if (++_events > MostEvents)
            _referee.Break(Rule.NoEnd, $"more than {MostEvents} events");
        bool isMore = _clock.Step();
        if (_clock.Escape is { } stack)
            _referee.Break(Rule.Escaped, $"somebody came from another thread\n{stack}");
        return isMore;
    }
}
