using System;
using System.IO;

namespace InstagramMessaging.Core.Journal;

/// <summary>What lies under a journal: a file, or a simulated disk that tears and fills up. One caller at a time.</summary>
internal interface IJournalDisk : IDisposable
{
    /// <summary>All bytes that are there, from the start; the caller disposes the stream before it changes anything.</summary>
    Stream Read();

    /// <summary>Cuts the file to that many bytes.</summary>
    void Truncate(long length);

    /// <summary>Writes at the end. Survives the process once it returns, a power cut only after <see cref="Flush"/>.</summary>
    void Append(byte[] bytes, int count);

    /// <summary>Returns when all appended bytes are on the disk.</summary>
    void Flush();
}
