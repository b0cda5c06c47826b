using System;
using System.Collections.Concurrent;
using System.Threading;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>A row that has ended, or a wait that has begun: what the engine tells the pipeline thread.</summary>
internal sealed record EngineEvent(Row? Row, SendRequest? Request, RowOutcome? Outcome, WaitNotice? Wait);

/// <summary>What the engine's threads tell and the pipeline thread, which alone may write, takes when it comes by.</summary>
internal sealed class EndedRows : IDisposable
{
    private readonly BlockingCollection<EngineEvent> _events = [];

    public void Add(Row row, SendRequest request, RowOutcome outcome) => _events.Add(new EngineEvent(row, request, outcome, null));

    public void Add(WaitNotice wait) => _events.Add(new EngineEvent(null, null, null, wait));

    /// <summary>Takes the next one, waiting for it for at most that long.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public bool TryTake(TimeSpan patience, CancellationToken stop, out EngineEvent next) => _events.TryTake(out next!, (int)patience.TotalMilliseconds, stop);

    public void Dispose() => _events.Dispose();
}
