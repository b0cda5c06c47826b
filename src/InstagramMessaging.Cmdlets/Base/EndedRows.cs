using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>A row that has ended, or a wait that has begun: what the engine tells the pipeline thread.</summary>
internal sealed record EngineEvent(Row? Row, SendRequest? Request, RowOutcome? Outcome, WaitNotice? Wait);

/// <summary>
/// What the engine's threads tell and the pipeline thread, which alone may write, takes when it comes by. Waking that thread for each
/// row costs more than sending the row, so it is woken only when it asked for it.
/// </summary>
internal sealed class EndedRows : IDisposable
{
    private readonly ConcurrentQueue<EngineEvent> _events = new();
    private readonly SemaphoreSlim _bell = new(0);
    private int _isAsked;

    public void Add(Row row, SendRequest request, RowOutcome outcome) => Add(new EngineEvent(row, request, outcome, null));

    public void Add(WaitNotice wait) => Add(new EngineEvent(null, null, null, wait));

    /// <summary>Takes the next one if it is there.</summary>
    public bool TryTake(out EngineEvent next) => _events.TryDequeue(out next!);

    /// <summary>Takes the next one, waiting for it for at most that long.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public bool TryTake(TimeSpan patience, CancellationToken stop, out EngineEvent next)
    {
        var clock = Stopwatch.StartNew();
        while (!TryTake(out next))
        {
            TimeSpan rest = patience - clock.Elapsed;
            if (rest <= TimeSpan.Zero)
                return false;
            Volatile.Write(ref _isAsked, 1);

            // What came before it was asked for rang no bell; one that rang for nothing only makes one more look.
            Thread.MemoryBarrier();
            if (_events.IsEmpty)
                _bell.Wait(rest, stop);
            Volatile.Write(ref _isAsked, 0);
        }

        return true;
    }

    public void Dispose() => _bell.Dispose();

    private void Add(EngineEvent told)
    {
        _events.Enqueue(told);
        Thread.MemoryBarrier();
        if (Interlocked.Exchange(ref _isAsked, 0) == 1)
            _bell.Release();
    }
}
