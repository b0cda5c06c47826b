using System;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Graph;

/// <summary>Waiting on a <see cref="TimeProvider"/>, whose methods for it have other names on each target.</summary>
internal static class Clock
{
#if NET
    public static Task Wait(this TimeProvider clock, TimeSpan time, CancellationToken stop) => Task.Delay(time, clock, stop);

    public static CancellationTokenSource Timer(this TimeProvider clock, TimeSpan time) => new(time, clock);
#else
    public static Task Wait(this TimeProvider clock, TimeSpan time, CancellationToken stop) => clock.Delay(time, stop);

    public static CancellationTokenSource Timer(this TimeProvider clock, TimeSpan time) => clock.CreateCancellationTokenSource(time);
#endif
}
