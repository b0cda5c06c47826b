using System;
using System.IO;
using System.Runtime.InteropServices;

namespace InstagramMessaging.Core.Journal;

/// <summary>
/// Keeps other processes from writing a journal, by a file beside it. A lock on the journal itself would not do: on Unix an
/// exclusive one keeps people from reading a night that is still running, and any other does not keep writers apart.
/// The system ends the lock with the process, however that ends; a file that a killed one left behind is taken over.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private readonly string _path;
    private readonly FileStream _stream;

    private JournalLock(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <exception cref="IOException">Somebody else has it (<see cref="IsTaken"/>), or the folder cannot be written.</exception>
    public static JournalLock Take(string journalPath)
    {
        string path = journalPath + ".lock";
        while (true)
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, IsWindows ? FileOptions.DeleteOnClose : FileOptions.None);

            // Whoever had it may have deleted it between our opening and our locking: then this is a lock on nothing.
            if (File.Exists(path))
                return new JournalLock(path, stream);
            stream.Dispose();
        }
    }

    /// <summary>Whether a file could not be opened because somebody else has it open.</summary>
    public static bool IsTaken(Exception trouble) =>
        trouble is IOException && (IsWindows ? (trouble.HResult & 0xFFFF) is 32 or 33 : trouble.HResult is 11 or 35);

    public void Dispose()
    {
        // While it is still held: afterwards the name may be that of somebody else's lock.
        if (!IsWindows)
            TryDelete();
        _stream.Dispose();
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // It lies there without a lock, and the next run takes it.
        }
    }
}
