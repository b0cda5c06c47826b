using System;
using System.Collections.Generic;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Spaces requests so that a rate is kept, whoever asks: at most a twentieth of it goes at once, to catch up after a late timer, and
/// never more than the rate in any second, which a token bucket breaks in the first one. It holds no clock and nobody's place:
/// <see cref="Gate"/> asks it.
/// </summary>
internal sealed class Pacer
{
    private const double LargestBurst = 0.05;

    private readonly double _perSecond;

    /// <summary>The time in which no more than <see cref="_most"/> pass: as many seconds as the rate needs for them, and the guard.</summary>
    private readonly TimeSpan _window;
    private readonly int _most;

    /// <summary>How many of them in the first such time after a rest: new connections take longer to arrive, and bunch more.</summary>
    private readonly int _mostAtFirst;
    private readonly Queue<TimeSpan> _passed = new();
    private TimeSpan _firstEnds = TimeSpan.MinValue;
    private TimeSpan _next = TimeSpan.MinValue;

    /// <param name="perSecond">Requests per second, above 0.</param>
    /// <param name="guard">What a second is longer here than at the server: it counts arrivals, and the network bunches them.</param>
    public Pacer(double perSecond, TimeSpan guard)
    {
        _perSecond = perSecond;
        _most = (int)Math.Max(1, Math.Floor(perSecond));
        _mostAtFirst = guard > TimeSpan.Zero ? (int)Math.Max(1, Math.Floor(_most * 0.9)) : _most;
        _window = TimeSpan.FromSeconds(_most / perSecond) + guard;
    }

    /// <summary>Takes a turn if there is one.</summary>
    /// <param name="factor">How much of the rate may be used now, above 0, at most 1.</param>
    /// <param name="hasSlept">Whether the caller has sat out a wait that was told here.</param>
    /// <param name="wait">How long until there is a turn; whole milliseconds, since timers know no parts: one that rings early would have the rest waited out by looking at the clock.</param>
    public bool TryTake(TimeSpan now, double factor, bool hasSlept, out TimeSpan wait)
    {
        while (_passed.Count > 0 && now - _passed.Peek() >= _window)
            _passed.Dequeue();
        if (_passed.Count == 0)
            _firstEnds = now + _window;
        TimeSpan free = _passed.Count < (now < _firstEnds ? _mostAtFirst : _most) ? now : _passed.Peek() + _window;
        TimeSpan next = _next > free ? _next : free;
        if (next > now)
        {
            wait = TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
            return false;
        }

        // A timer that rang a little late has not moved the turns behind it. A clock that jumped, or a rest, saves up the burst at most.
        double rate = _perSecond * factor;
        var interval = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / rate));
        var burst = TimeSpan.FromTicks(interval.Ticks * (long)Math.Max(0, Math.Floor(rate * LargestBurst) - 1));
        TimeSpan earliest = now - (hasSlept && now - _next < interval ? interval : burst);
        _next = (_next > earliest ? _next : earliest) + interval;
        _passed.Enqueue(now);
        wait = TimeSpan.Zero;
        return true;
    }

    /// <summary>Gives no turn before that time, and saves none up for it.</summary>
    public void Rest(TimeSpan until)
    {
        if (until > _next)
            _next = until;
    }
}
