using System;
using System.Threading;

namespace InstagramMessaging.Emulator.State;

/// <summary>
/// A clock that can be moved on, so that a window closes and an attachment expires while somebody looks. What waits goes by the clock
/// beneath: a skipped day is no reason to answer earlier.
/// </summary>
internal sealed class MovableClock(TimeProvider beneath) : TimeProvider
{
    /// <summary>More than any life that the emulator counts, and far from the end of the calendar.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(36_500);

    private long _ahead;

    public override long TimestampFrequency => beneath.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => beneath.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => beneath.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() =>
        beneath.GetTimestamp() + (long)((double)Interlocked.Read(ref _ahead) / TimeSpan.TicksPerSecond * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        beneath.CreateTimer(callback, state, dueTime, period);

    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or leads more than a hundred years on.</exception>
    internal void Advance(TimeSpan time)
    {
        if (time < TimeSpan.Zero || time > Furthest - TimeSpan.FromTicks(Interlocked.Read(ref _ahead)))
            throw new ArgumentOutOfRangeException(nameof(time), "The clock moves on only, and not further than a hundred years.");
        Interlocked.Add(ref _ahead, time.Ticks);
    }
}
