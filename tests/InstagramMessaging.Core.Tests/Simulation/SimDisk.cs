using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using InstagramMessaging.Core.Journal;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>
/// A disk with one file. What was appended survives a kill, what was flushed survives a power cut as well; of the rest any prefix may.
/// It can fill up and fail to flush. It reads what lies on it with a reader of its own.
/// </summary>
/// <param name="touch">Told before each access: the process may die there.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "It is memory; its worlds are too many to close each.")]
internal sealed class SimDisk(Dice dice, Action touch)
{
    private readonly MemoryStream _content = new();
    private readonly Dictionary<string, (string Status, DateTimeOffset At)> _durableLines = new(StringComparer.Ordinal);
    private long _durable;
    private long _read;
    private long _lastAppend;
    private bool _isAppending;
    private Handle? _open;

    /// <summary>How many bytes it takes; reset for each process.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public double FailureToFlush { get; set; }

    /// <summary>Whether the current process met a failure.</summary>
    public bool HasFailed { get; private set; }

    public IJournalDisk Open()
    {
        HasFailed = false;
        return _open = new Handle(this);
    }

    /// <summary>The last line about a key that a power cut would leave.</summary>
    public (string Status, DateTimeOffset At)? DurableLine(string key) =>
        _durableLines.TryGetValue(key, out (string Status, DateTimeOffset At) line) ? line : null;

    /// <summary>The last lines of all keys in the file, flushed or not.</summary>
    public Dictionary<string, (string Status, DateTimeOffset At)> Lines()
    {
        var lines = new Dictionary<string, (string Status, DateTimeOffset At)>(StringComparer.Ordinal);
        JournalScan.Read(Span(0, _content.Length), lines);
        return lines;
    }

    /// <summary>The process dies here; nothing that it still does reaches the disk.</summary>
    public void Crash(bool isPowerCut)
    {
        if (_open is null)
            return;
        _open = null;
        long safe = isPowerCut ? _durable : _isAppending ? _lastAppend : _content.Length;
        if (safe < _content.Length)
            Cut(safe + (long)(dice.Share() * (_content.Length - safe + 1)));
        _isAppending = false;
    }

    private ReadOnlySpan<byte> Span(long from, long to) => _content.GetBuffer().AsSpan((int)from, (int)(to - from));

    private void Cut(long length)
    {
        _content.SetLength(length);
        _durable = Math.Min(_durable, length);
        _read = Math.Min(_read, length);
        _lastAppend = Math.Min(_lastAppend, length);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        long room = Math.Max(0, Capacity - _content.Length);
        bool fits = bytes.Length <= room;
        _lastAppend = _content.Position = _content.Length;
        _content.Write(fits ? bytes : bytes[..dice.Between(0, (int)room)]);
        _isAppending = true;
        touch();
        _isAppending = false;
        if (!fits)
            throw Failure("No space left on device.");
    }

    private void Flush()
    {
        touch();
        if (_open is null)
            return;
        if (dice.Chance(FailureToFlush))
            throw Failure("Input/output error.");
        _durable = _content.Length;
        _read += JournalScan.Read(Span(_read, _durable), _durableLines);
    }

    private IOException Failure(string text)
    {
        HasFailed = true;
        return new IOException(text);
    }

    /// <summary>One process's hold on the disk: dead with it.</summary>
    private sealed class Handle(SimDisk disk) : IJournalDisk
    {
        private bool IsDead => disk._open != this;

        public Stream Read() => new MemoryStream(disk.Span(0, disk._content.Length).ToArray(), writable: false);

        public void Truncate(long length)
        {
            if (!IsDead)
                disk.Cut(length);
        }

        public void Append(byte[] bytes, int count)
        {
            if (!IsDead)
                disk.Append(bytes.AsSpan(0, count));
        }

        public void Flush()
        {
            if (!IsDead)
                disk.Flush();
        }

        public void Dispose()
        {
            if (!IsDead)
                disk._open = null;
        }
    }
}
