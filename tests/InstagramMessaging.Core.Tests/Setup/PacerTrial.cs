using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>
/// Callers before a gate on a clock that the trial moves. The clock stands while anybody is on his feet, so the times at which
/// callers pass are exact.
/// </summary>
internal sealed class PacerTrial : IDisposable
{
    private readonly SynchronizationContext? _before = SynchronizationContext.Current;
    private readonly object _gate = new();
    private readonly List<TimeSpan> _passed = [];
    private readonly long _begin;
    private int _callers;

    public PacerTrial(double perSecond)
    {
        // Without a context continuations run where the clock wakes them.
        SynchronizationContext.SetSynchronizationContext(null);
        Rate = perSecond;
        Gate = new Gate(Clock, perSecond, perSecond, () => 0);
        _begin = Clock.GetTimestamp();
    }

    public double Rate { get; }

    public WatchedClock Clock { get; } = new();

    public Gate Gate { get; }

    /// <summary>When each caller passed, in order.</summary>
    public IReadOnlyList<TimeSpan> Passed
    {
        get
        {
            lock (_gate)
                return [.. _passed.Order()];
        }
    }

    public List<AggregateException> Faults { get; } = [];

    /// <summary>How many may pass in a second: the rate and a twentieth; at least one.</summary>
    public int MostInASecond => (int)Math.Ceiling(Rate * 1.05);

    /// <summary>When the caller on this thread saw that it was his turn; the clock itself may already have gone on.</summary>
    private TimeSpan PassedAt => Clock.GetElapsedTime(_begin, WatchedClock.LastLook);

    public void Ask(int callers, CancellationToken stop = default)
    {
        for (int i = 0; i < callers; i++)
        {
            Interlocked.Increment(ref _callers);
            _ = Gate.EnterAsync(PaceKind.Sends, TimeSpan.MaxValue, stop).ContinueWith(Note, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        Settle();
    }

    /// <summary>One caller that asks again as soon as it has passed, a number of times.</summary>
    public async Task AskInTurnAsync(int times)
    {
        Interlocked.Increment(ref _callers);
        for (int i = 0; i < times; i++)
        {
            await Gate.EnterAsync(PaceKind.Sends, TimeSpan.MaxValue, CancellationToken.None).ConfigureAwait(false);
            lock (_gate)
                _passed.Add(PassedAt);
        }

        Interlocked.Decrement(ref _callers);
    }

    public void Run(TimeSpan time, TimeSpan? step = null)
    {
        TimeSpan move = step ?? TimeSpan.FromMilliseconds(1);
        for (TimeSpan done = TimeSpan.Zero; done < time; done += move)
        {
            Clock.Move(move);
            Settle();
        }
    }

    /// <summary>The most that passed in any second that begins with a caller.</summary>
    public int BusiestSecond()
    {
        IReadOnlyList<TimeSpan> passed = Passed;
        int most = 0, last = 0;
        for (int first = 0; first < passed.Count; first++)
        {
            while (last < passed.Count && passed[last] < passed[first] + TimeSpan.FromSeconds(1))
                last++;
            most = Math.Max(most, last - first);
        }

        return most;
    }

    /// <summary>The most that passed at one moment.</summary>
    public int LargestBurst() => Passed.GroupBy(time => time).Select(group => group.Count()).DefaultIfEmpty().Max();

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_before);

    /// <summary>Waits until all have passed or somebody sleeps: with a line, the others stand behind him.</summary>
    private void Settle()
    {
        bool isSettled = SpinWait.SpinUntil(() => Volatile.Read(ref _callers) == 0 || Clock.Sleepers > 0, WatchedClock.Patience);
        Assert.True(isSettled, "Somebody waits and has set no timer.");
    }

    private void Note(Task wait)
    {
        lock (_gate)
        {
            if (wait.IsCompletedSuccessfully)
                _passed.Add(PassedAt);
            else if (wait.Exception is { } fault)
                Faults.Add(fault);
        }

        Interlocked.Decrement(ref _callers);
    }
}
