using System;
using System.Collections.Generic;

namespace InstagramMessaging.Emulator.State;

/// <summary>So many calls in any window of a second. Who goes over it is blocked; who comes back too early, longer.</summary>
internal sealed class RateLimit
{
    private const int LongestBlock = 10;

    private readonly object _gate = new();
    private readonly Queue<long> _calls = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _block;
    private readonly TimeSpan _window;
    private readonly int _most;
    private readonly bool _isLimited;
    private long _count;
    private DateTimeOffset _blockedUntil;

    internal RateLimit(double? perSecond, TimeSpan block, TimeProvider clock)
    {
        _clock = clock;
        _block = block;
        _isLimited = perSecond is not null;
        double rate = perSecond ?? 1;
        _window = TimeSpan.FromSeconds(Math.Max(1, 1 / rate));
        _most = Math.Max(1, (int)rate);
    }

    /// <summary>Counts a call; the state afterwards says whether it may go on.</summary>
    internal Usage Take()
    {
        lock (_gate)
        {
            _count++;
            DateTimeOffset now = _clock.GetUtcNow();
            if (now < _blockedUntil)
                return Lengthen(now);
            if (!_isLimited)
                return new Usage(true, 0, TimeSpan.Zero, _count);

            long time = _clock.GetTimestamp();
            while (_calls.Count > 0 && _clock.GetElapsedTime(_calls.Peek(), time) >= _window)
                _calls.Dequeue();

            if (_calls.Count == _most)
            {
                _blockedUntil = now + _block;
                return Blocked(now);
            }

            _calls.Enqueue(time);
            return new Usage(true, _calls.Count * 100 / _most, TimeSpan.Zero, _count);
        }
    }

    /// <summary>Blocks from now on, whatever was used.</summary>
    internal void Block(TimeSpan time)
    {
        lock (_gate)
        {
            DateTimeOffset until = _clock.GetUtcNow() + time;
            _blockedUntil = until > _blockedUntil ? until : _blockedUntil;
        }
    }

    private Usage Lengthen(DateTimeOffset now)
    {
        DateTimeOffset latest = now + TimeSpan.FromTicks(_block.Ticks * LongestBlock);
        DateTimeOffset longer = _blockedUntil + _block;
        _blockedUntil = longer < latest ? longer : latest;
        return Blocked(now);
    }

    private Usage Blocked(DateTimeOffset now) => new(false, 100, _blockedUntil - now, _count);
}

/// <summary>How much of a limit is used.</summary>
/// <param name="IsAllowed">Whether the call may go on.</param>
/// <param name="Percent">Of the calls of a window; 100 when blocked.</param>
/// <param name="Wait">Until the block ends.</param>
/// <param name="Calls">Since the start.</param>
internal sealed record Usage(bool IsAllowed, int Percent, TimeSpan Wait, long Calls);
