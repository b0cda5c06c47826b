using System;
using System.Collections.Generic;
using System.Threading;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Sending;

/// <summary>What ends a run, or a recipient's part in it. Any thread may ask and tell.</summary>
internal sealed class RunBrakes
{
    private readonly object _lock = new();
    private readonly int _maximumUnknown;
    private readonly Action _halt;

    /// <summary>Which error closed a recipient: the id alone, since a run may close as many as it has rows.</summary>
    private readonly Dictionary<string, string> _closed = new(StringComparer.Ordinal);
    private int _unknown;

    /// <param name="maximumUnknown">Rows that may end in doubt, or without having reached Graph.</param>
    /// <param name="halt">Called once, when the run stops.</param>
    public RunBrakes(int maximumUnknown, Action halt)
    {
        _maximumUnknown = maximumUnknown;
        _halt = halt;
    }

    /// <summary>Why no further request is begun; null while the run goes on.</summary>
    public InstagramApiException? StopReason { get; private set; }

    /// <summary>
    /// How many rows may be in work at the same time: no more than may still be lost, since what is on its way when an outage begins is
    /// lost with it. Who asks for more at once than may be lost at all has said that speed comes first.
    /// </summary>
    /// <param name="throttleLimit">How many the caller asked for.</param>
    public int MostAtOnce(int throttleLimit)
    {
        return throttleLimit > _maximumUnknown ? throttleLimit : Math.Min(throttleLimit, Math.Max(1, _maximumUnknown - Volatile.Read(ref _unknown)));
    }

    /// <summary>Stops the run; the first reason stays.</summary>
    public void Stop(InstagramApiException reason)
    {
        lock (_lock)
        {
            if (StopReason is not null)
                return;
            StopReason = reason;
        }

        _halt();
    }

    /// <summary>The error for a row to a recipient whom an earlier row of the run found closed; null while there is none.</summary>
    public InstagramApiException? ClosedFor(string? recipientId)
    {
        lock (_lock)
        {
            return recipientId is not null && _closed.TryGetValue(recipientId, out string? errorId)
                ? IgError.Of(errorId, $"Not sent: an earlier row of this run to {recipientId} ended with {errorId}.")
                : null;
        }
    }

    /// <summary>Heeds how a row ended.</summary>
    public void Heed(string? recipientId, RowOutcome outcome)
    {
        string? errorId = outcome.Error?.ErrorId;
        if (recipientId is not null && errorId is ErrorId.WindowClosed or ErrorId.RecipientNotFound or ErrorId.RecipientUnavailable)
        {
            lock (_lock)
                _closed[recipientId!] = errorId;
        }

        if (outcome.IsHearsay || (outcome.Status != IgSendStatus.Unknown && errorId != ErrorId.Unreachable))
            return;
        int unknown;
        lock (_lock)
            unknown = ++_unknown;
        if (unknown >= _maximumUnknown)
            Stop(IgError.Of(errorId!, $"Rows that ended in doubt or did not reach Graph: {unknown}, as many as -MaximumUnknown allows. The last one:", outcome.Error!));
    }
}
