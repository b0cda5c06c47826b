using System;
using System.Threading;

namespace InstagramMessaging.Core.Graph;

/// <summary>The time that one attempt may take. On the system's clock it is one object instead of two, once a request.</summary>
internal readonly struct AttemptTime : IDisposable
{
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource _end;

    public AttemptTime(TimeProvider clock, TimeSpan time, CancellationToken abort)
    {
        if (clock == TimeProvider.System)
        {
            _end = CancellationTokenSource.CreateLinkedTokenSource(abort);
            _end.CancelAfter(time);
            return;
        }

        _timer = clock.Timer(time);
        _end = CancellationTokenSource.CreateLinkedTokenSource(abort, _timer.Token);
    }

    /// <summary>Cancelled when the time is over, or with the caller's own token.</summary>
    public CancellationToken Token => _end.Token;

    public void Dispose()
    {
        _end.Dispose();
        _timer?.Dispose();
    }
}
