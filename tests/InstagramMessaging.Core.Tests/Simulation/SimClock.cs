using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>
/// Time that goes from event to event, all on one thread. Whoever looks at it or sets a timer from another thread has escaped the
/// simulation, and the world that he belongs to cannot be replayed.
/// </summary>
internal sealed class SimClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(Action? Action, SimTimer? Timer, int Mark), (long At, long Order)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Dice _dice;
    private readonly double _lag;
    private long _now;
    private long _order;
    private int _process;

    /// <param name="lag">By how many milliseconds a timer may ring too late; a millisecond too early is possible as well, if it is not 0.</param>
    public SimClock(Dice dice, double lag)
    {
        _dice = dice;
        _lag = lag;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public TimeSpan Now => new(_now);

    /// <summary>The stack of whoever came from another thread first; null as long as nobody did.</summary>
    public string? Escape { get; private set; }

    public override long GetTimestamp()
    {
        Look();
        return _now;
    }

    public override DateTimeOffset GetUtcNow()
    {
        Look();
        return Start.AddTicks(_now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Look();
        var timer = new SimTimer(this, callback, state, _process);

        // Polly's backoff, the only wait here that ends a task, takes no time. Its jitter has no seed; and a Task.Delay that is cancelled
        // goes on in the thread pool, whatever one does. So it ends before anything else can happen, and a stop meets rows before the gate.
        if (state is Task)
            timer.RingNext();
        else
            timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>What happens in the world, whatever becomes of the process.</summary>
    public void At(TimeSpan delay, Action action) => _events.Enqueue((action, null, 0), (_now + delay.Ticks, _order++));

    /// <summary>What ends with the process: its timers never ring, either.</summary>
    public void InProcess(TimeSpan delay, Action action)
    {
        Look();
        int process = _process;
        At(delay, () =>
        {
            if (process == _process)
                action();
        });
    }

    public void EndProcess() => _process++;

    /// <summary>Lets the next event happen.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        while (_events.TryDequeue(out (Action? Action, SimTimer? Timer, int Mark) next, out (long At, long Order) when))
        {
            if (next.Timer is { } stale && !stale.IsSetFor(next.Mark, _process))
                continue;
            _now = Math.Max(_now, when.At);
            if (next.Timer is { } timer)
                timer.Ring();
            else
                next.Action!();
            return true;
        }

        return false;
    }

    public void Look()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Escape ??= Environment.StackTrace;
    }

    private void Set(SimTimer timer, int mark, TimeSpan due)
    {
        long late = _lag > 0 ? _dice.Milliseconds(-1, _lag).Ticks : 0;
        _events.Enqueue((null, timer, mark), (_now + Math.Max(1, due.Ticks + late), _order++));
    }

    private sealed class SimTimer(SimClock clock, TimerCallback callback, object? state, int process) : ITimer
    {
        private int _mark;
        private bool _isSet;

        public bool IsSetFor(int mark, int running) => _isSet && mark == _mark && process == running;

        public void Ring()
        {
            _isSet = false;
            callback(state);
        }

        public void RingNext()
        {
            _isSet = true;
            clock._events.Enqueue((null, this, _mark), (clock._now, clock._order++ - int.MaxValue));
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Look();
            if (period != Timeout.InfiniteTimeSpan)
                throw new NotSupportedException("Nothing here rings twice.");
            _mark++;
            _isSet = dueTime != Timeout.InfiniteTimeSpan;
            if (_isSet)
                clock.Set(this, _mark, dueTime);
            return true;
        }

        public void Dispose() => _isSet = false;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
