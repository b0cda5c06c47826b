using System;
using System.IO;
using System.Text;
using InstagramMessaging.Core.Journal;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>A disk in memory that counts, and fails when it is told to: after half of what it was given, as a full one does.</summary>
internal sealed class MemoryDisk : IJournalDisk
{
    private readonly MemoryStream _content = new();

    public MemoryDisk(byte[]? content = null) => _content.Write(content ?? []);

    public int Appends { get; private set; }

    public int Flushes { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool FailsToAppend { get; set; }

    public bool FailsToFlush { get; set; }

    public bool FailsToTruncate { get; set; }

    /// <summary>Runs in the middle of each flush.</summary>
    public Action? Flushing { get; set; }

    public byte[] Bytes => _content.ToArray();

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>How many bytes a power cut would leave.</summary>
    public long Safe { get; private set; }

    public Stream Read() => new MemoryStream(Bytes, writable: false);

    public void Truncate(long length)
    {
        if (FailsToTruncate)
            throw new IOException("The disk does not cut.");
        _content.SetLength(length);
    }

    public void Append(byte[] bytes, int count)
    {
        Appends++;
        _content.Position = _content.Length;
        _content.Write(bytes, 0, FailsToAppend ? count / 2 : count);
        if (FailsToAppend)
            throw new IOException("No space left on device.");
    }

    public void Flush()
    {
        Flushes++;
        Flushing?.Invoke();
        if (FailsToFlush)
            throw new IOException("Input/output error.");
        Safe = _content.Length;
    }

    public void Dispose() => IsDisposed = true;
}
