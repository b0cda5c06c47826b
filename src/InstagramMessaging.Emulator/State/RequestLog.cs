using System.Collections.Generic;
using System.Threading;

namespace InstagramMessaging.Emulator.State;

/// <summary>The newest requests, and how many there were.</summary>
internal sealed class RequestLog(EmulatorState state, int kept)
{
    private readonly object _gate = new();
    private readonly Ring<EmulatorRequest> _ring = new(kept);
    private long _count;

    internal long Count => Interlocked.Read(ref _count);

    internal void Add(string method, string path, int status, string? rule)
    {
        lock (_gate)
        {
            long number = Interlocked.Increment(ref _count);
            _ring.Add(new EmulatorRequest(number, state.Clock.GetUtcNow(), method, path, status, rule), out _);
        }
    }

    internal IReadOnlyList<EmulatorRequest> Snapshot()
    {
        lock (_gate)
            return _ring.Snapshot();
    }
}
