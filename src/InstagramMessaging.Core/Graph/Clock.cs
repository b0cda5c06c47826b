using System;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Graph;

/// <summary>Waiting on a <see cref="TimeProvider"/>, whose methods for it have other names on each target.</summary>
internal static class Clock
{
    /// <summary>Cancels after that time, or with <paramref name="abort"/>. On the system's clock it is one object instead of two, once a request.</summary>
    public static CancellationTokenSource Attempt(this TimeProvider clock, TimeSpan time, CancellationToken abort)
    {
        if (clock != TimeProvider.System)
            return CancellationTokenSource.CreateLinkedTokenSource(abort, clock.Timer(time).Token);
        var attempt = CancellationTokenSource.CreateLinkedTokenSource(abort);
        attempt.CancelAfter(time);
        return attempt;
    }

#if NET
    public static Task Wait(this TimeProvider clock, TimeSpan time, CancellationToken stop) => Task.Delay(time, clock, stop);

    public static CancellationTokenSource Timer(this TimeProvider clock, TimeSpan time) => new(time, clock);
#else
    public static Task Wait(this TimeProvider clock, TimeSpan time, CancellationToken stop) => clock.Delay(time, stop);

    public static CancellationTokenSource Timer(this TimeProvider clock, TimeSpan time) => clock.CreateCancellationTokenSource(time);
#endif
}
