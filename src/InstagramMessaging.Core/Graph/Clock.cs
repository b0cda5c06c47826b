using System;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Graph;

/// <summary>Waiting on a <see cref="TimeProvider"/>, whose methods for it have other names on each target.</summary>
internal static class Clock
{
    /// <summary>The time of an attempt: over after so long, or with <paramref name="abort"/>.</summary>
    public static AttemptTime Attempt(this TimeProvider clock, TimeSpan time, CancellationToken abort) => new(clock, time, abort);

    /// <summary>Waits for a task of somebody else's, which goes on when the caller is stopped.</summary>
    /// <exception cref="OperationCanceledException">Stopped first.</exception>
    public static async Task<T> Until<T>(this Task<T> task, CancellationToken stop)
    {
        if (task.IsCompleted || !stop.CanBeCanceled)
            return await task.ConfigureAwait(false);
        var stopped = new TaskCompletionSource<T>();
        using (stop.Register(() => stopped.TrySetCanceled(stop)))
            return await (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

#if NET
    public static Task Wait(this TimeProvider clock, TimeSpan time, CancellationToken stop) => Task.Delay(time, clock, stop);

    public static CancellationTokenSource Timer(this TimeProvider clock, TimeSpan time) => new(time, clock);
#else
    public static Task Wait(this TimeProvider clock, TimeSpan time, CancellationToken stop) => clock.Delay(time, stop);

    public static CancellationTokenSource Timer(this TimeProvider clock, TimeSpan time) => clock.CreateCancellationTokenSource(time);
#endif
}
