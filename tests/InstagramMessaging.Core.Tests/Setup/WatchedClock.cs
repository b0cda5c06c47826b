using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>A clock that stands still until a test moves it, and tells which waits were begun on it, so that no test has to guess with sleeps.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    /// <summary>The timeout of an attempt in tests; its timer is no wait.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(77);

    /// <summary>Real time after which a test that waits for nothing ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A code that looks at the clock this often without sleeping spins.</summary>
    private const int MostLooks = 20_000;

    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private int _looks;
    private int _sleepers;

    [ThreadStatic]
    private static long t_lastLook;

    /// <summary>What the clock showed this thread the last time that it looked.</summary>
    public static long LastLook => t_lastLook;

    /// <summary>Timers that have not rung yet.</summary>
    public int Sleepers => Volatile.Read(ref _sleepers);

    /// <summary>Looks at the clock since it was last moved.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public override long GetTimestamp() =>
        Interlocked.Increment(ref _looks) <= MostLooks
            ? t_lastLook = base.GetTimestamp()
            : throw new InvalidOperationException("Somebody spins: the clock was read 20,000 times between two moves.");

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var sleeper = new Sleeper(this, callback);
        sleeper.Timer = base.CreateTimer(sleeper.Ring, state, dueTime, period);
        sleeper.FallAsleep();
        if (dueTime > TimeSpan.Zero && dueTime != AttemptTimeout)
            _waits.Writer.TryWrite(dueTime);
        return sleeper;
    }

    public void Move(TimeSpan time)
    {
        Volatile.Write(ref _looks, 0);
        Advance(time);
    }

    /// <summary>The length of the next wait that somebody begins.</summary>
    public Task<TimeSpan> NextWaitAsync() => _waits.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Sits through every wait until the task has ended.</summary>
    public async Task<T> SitThroughAsync<T>(Task<T> task)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!task.IsCompleted)
        {
            Task<bool> wait = _waits.Reader.WaitToReadAsync(patience.Token).AsTask();
            await Task.WhenAny(task, wait);
            if (patience.IsCancellationRequested)
                throw new TimeoutException("The task neither ended nor set a timer.");

            // A little more than the wait itself: a timer's milliseconds are whole ones.
            if (!task.IsCompleted && _waits.Reader.TryRead(out TimeSpan due))
                Move(due + TimeSpan.FromMilliseconds(1));
        }

        return await task;
    }

    /// <summary>A timer that is counted until it rings or is given up.</summary>
    private sealed class Sleeper : ITimer
    {
        private readonly WatchedClock _clock;
        private readonly TimerCallback _callback;
        private int _state;

        public Sleeper(WatchedClock clock, TimerCallback callback)
        {
            _clock = clock;
            _callback = callback;
        }

        public ITimer? Timer { get; set; }

        /// <summary>Counted only now, when the clock knows of the timer: whoever sees the count may move the clock.</summary>
        public void FallAsleep()
        {
            if (Interlocked.CompareExchange(ref _state, 1, 0) == 0)
                Interlocked.Increment(ref _clock._sleepers);
        }

        public void Ring(object? state)
        {
            Wake();
            _callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            Wake();
            Timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Wake()
        {
            if (Interlocked.Exchange(ref _state, 2) == 1)
                Interlocked.Decrement(ref _clock._sleepers);
        }
    }
}
