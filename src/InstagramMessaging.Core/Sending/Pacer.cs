using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Spaces requests so that a rate is kept, whoever asks. A token bucket lets two seconds' worth through in the first second;
/// this one lets at most a twentieth of the rate go at once. Callers stand in line, and only the first looks at the clock.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The line holds nothing of the system, and whoever stands in it when the connection ends must still get a turn.")]
internal sealed class Pacer
{
    private const double LargestBurst = 0.05;
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();

    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _burst;
    private TimeSpan _next = TimeSpan.MinValue;

    /// <param name="perSecond">Requests per second, above 0.</param>
    public Pacer(TimeProvider clock, double perSecond)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _interval = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / perSecond));
        _burst = TimeSpan.FromTicks(_interval.Ticks * (long)Math.Max(0, Math.Floor(perSecond * LargestBurst) - 1));
    }

    private TimeSpan Elapsed => _clock.GetElapsedTime(_start);

    /// <summary>Waits for the caller's turn.</summary>
    /// <param name="tell">Told of a wait of more than a second.</param>
    /// <exception cref="OperationCanceledException">Stopped first; the turn is the next one's.</exception>
    public async Task WaitAsync(CancellationToken stop, Action<TimeSpan>? tell = null)
    {
        await _line.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            stop.ThrowIfCancellationRequested();
            bool hasSlept = false;
            while (!TryPass(hasSlept, out TimeSpan wait))
            {
                if (wait > LongWait)
                    tell?.Invoke(wait);
                await _clock.Wait(wait, stop).ConfigureAwait(false);
                hasSlept = true;
            }
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>Lets nobody through for that long; those who wait go on in line after it.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_gate)
        {
            TimeSpan until = Elapsed + time;
            if (until > _next)
                _next = until;
        }
    }

    private bool TryPass(bool hasSlept, out TimeSpan wait)
    {
        lock (_gate)
        {
            TimeSpan now = Elapsed;
            if (_next > now)
            {
                // Timers know whole milliseconds: one that rings early would have the rest waited out by looking at the clock.
                wait = TimeSpan.FromMilliseconds(Math.Ceiling((_next - now).TotalMilliseconds));
                return false;
            }

            // A timer that rang a little late has not moved the turns behind it. A clock that jumped, or a rest, saves up the burst at most.
            TimeSpan earliest = now - (hasSlept && now - _next < _interval ? _interval : _burst);
            _next = (_next > earliest ? _next : earliest) + _interval;
            wait = TimeSpan.Zero;
            return true;
        }
    }
}
