using System;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Spaces requests so that a rate is kept, whoever asks. A token bucket lets two seconds' worth through in the first second; this
/// one lets at most three hundredths of the rate go at once. It holds no clock and nobody's place: <see cref="Gate"/> asks it.
/// </summary>
internal sealed class Pacer
{
    private const double LargestBurst = 0.03;

    private readonly double _perSecond;
    private TimeSpan _next = TimeSpan.MinValue;

    /// <param name="perSecond">Requests per second, above 0.</param>
    public Pacer(double perSecond)
    {
        _perSecond = perSecond;
    }

    /// <summary>Takes a turn if there is one.</summary>
    /// <param name="factor">How much of the rate may be used now, above 0, at most 1.</param>
    /// <param name="hasSlept">Whether the caller has sat out a wait that was told here.</param>
    /// <param name="wait">How long until there is a turn; whole milliseconds, since timers know no parts: one that rings early would have the rest waited out by looking at the clock.</param>
    public bool TryTake(TimeSpan now, double factor, bool hasSlept, out TimeSpan wait)
    {
        if (_next > now)
        {
            wait = TimeSpan.FromMilliseconds(Math.Ceiling((_next - now).TotalMilliseconds));
            return false;
        }

        // A timer that rang a little late has not moved the turns behind it. A clock that jumped, or a rest, saves up the burst at most.
        double rate = _perSecond * factor;
        var interval = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / rate));
        var burst = TimeSpan.FromTicks(interval.Ticks * (long)Math.Max(0, Math.Floor(rate * LargestBurst) - 1));
        TimeSpan earliest = now - (hasSlept && now - _next < interval ? interval : burst);
        _next = (_next > earliest ? _next : earliest) + interval;
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
