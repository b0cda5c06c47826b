using System;
using System.Buffers;
using System.IO;

namespace InstagramMessaging.Core.Journal;

/// <summary>Cuts a stream into lines without holding more than the one at hand.</summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>Far above any line of a journal; a file of another kind may have no line end at all.</summary>
    private const int LongestLine = 1 << 20;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;

    public LineReader(Stream stream) => _stream = stream;

    /// <summary>The place of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where the current line begins in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the next one begins.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Whether the current line has its end; only the last one may lack it.</summary>
    public bool IsEnded { get; private set; }

    /// <param name="line">Without its end; good until the next call.</param>
    /// <exception cref="InvalidDataException">The line has no end within reason.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        int length;
        int looked = 0;
        while ((length = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n')) < 0)
        {
            looked = _end - _start;
            if (!Fill())
                break;
        }

        IsEnded = length >= 0;
        length = IsEnded ? looked + length : _end - _start;
        line = _buffer.AsSpan(_start, length);
        int taken = length + (IsEnded ? 1 : 0);
        _start += taken;
        Number++;
        Offset = NextOffset;
        NextOffset += taken;
        return taken > 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Reads on behind what is there.</summary>
    private bool Fill()
    {
        int kept = _end - _start;
        if (kept > LongestLine)
            throw new InvalidDataException($"Line {Number + 1} has no end.");
        byte[] to = kept > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        Buffer.BlockCopy(_buffer, _start, to, 0, kept);
        if (to != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = to;
        }

        _start = 0;
        int read = _stream.Read(_buffer, kept, _buffer.Length - kept);
        _end = kept + read;
        return read > 0;
    }
}
