using System;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Spaces requests so that a rate is kept, whoever asks. A token bucket lets two seconds' worth through in the first second;
/// this one lets at most a twentieth of the rate go at once.
/// </summary>
internal sealed class Pacer
{
    private const double LargestBurst = 0.05;
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _burst;
    private TimeSpan _next = TimeSpan.MinValue;
    private TimeSpan _pausedUntil = TimeSpan.Zero;

    /// <param name="perSecond">Requests per second, above 0.</param>
    public Pacer(TimeProvider clock, double perSecond)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _interval = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / perSecond));
        _burst = TimeSpan.FromTicks(_interval.Ticks * (long)Math.Max(0, Math.Floor(perSecond * LargestBurst) - 1));
    }

    /// <summary>Waits for the next place in the row. A caller that gives up has used its place: better slow than over the limit.</summary>
    /// <param name="tell">Told of a wait of more than a second.</param>
    public async Task WaitAsync(CancellationToken stop, Action<TimeSpan>? tell = null)
    {
        TimeSpan due = Take();
        if (due - Elapsed > LongWait)
            tell?.Invoke(due - Elapsed);
        while (due > Elapsed)
        {
            await _clock.Wait(due - Elapsed, stop).ConfigureAwait(false);
            lock (_gate)
                due = due > _pausedUntil ? due : _pausedUntil;
        }

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Lets nobody through for that long; those already waiting wait on.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_gate)
        {
            TimeSpan until = Elapsed + time;
            if (until > _pausedUntil)
                _pausedUntil = until;
            if (_pausedUntil > _next)
                _next = _pausedUntil;
        }
    }

    private TimeSpan Elapsed => _clock.GetElapsedTime(_start);

    private TimeSpan Take()
    {
        lock (_gate)
        {
            TimeSpan earliest = Elapsed - _burst;
            TimeSpan due = _next > earliest ? _next : earliest;
            if (due < _pausedUntil)
                due = _pausedUntil;
            _next = due + _interval;
            return due;
        }
    }
}
