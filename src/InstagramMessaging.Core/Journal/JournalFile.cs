using System.IO;

namespace InstagramMessaging.Core.Journal;

/// <summary>A journal's file. Who else may write it is for <see cref="JournalLock"/> to say; anybody may read it meanwhile.</summary>
internal sealed class JournalFile : IJournalDisk
{
    private readonly string _path;
    private readonly FileStream _stream;

    public JournalFile(string path)
    {
        _path = path;

        // Unbuffered: a line is the system's, and safe from the end of this process, as soon as Append returns.
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        if (_stream.CanSeek)
            return;
        _stream.Dispose();
        throw new IOException("It is a pipe or a device, not a file.");
    }

    public Stream Read() => OpenToRead(_path);

    /// <summary>Opens a journal beside the process that writes it.</summary>
    public static FileStream OpenToRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

    public void Truncate(long length) => _stream.SetLength(length);

    public void Append(byte[] bytes, int count)
    {
        _stream.Seek(0, SeekOrigin.End);
        _stream.Write(bytes, 0, count);
    }

    public void Flush() => _stream.Flush(flushToDisk: true);

    public void Dispose() => _stream.Dispose();
}
