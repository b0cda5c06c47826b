using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Cache;

/// <summary>
/// A JSON Lines file of the attachments that were made of files: a later run sends the same file by its id and uploads nothing. It only
/// saves uploads, so whatever becomes of it changes nothing about a message.
/// </summary>
internal sealed class AttachmentCache
{
    /// <summary>Another process holds the file for as long as it takes to write a line.</summary>
    private const int MostTries = 50;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly object _lock = new();
    private readonly string _path;
    private readonly string _account;
    private readonly string _host;
    private readonly Dictionary<MediaKey, KeptAttachment> _known = [];

    private AttachmentCache(string path, string account, string host)
    {
        _path = path;
        _account = account;
        _host = host;
    }

    /// <summary>Why a line could not be written; null while all goes well.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Opens or begins a cache. Lines of other accounts stay as they are.</summary>
    /// <param name="fullPath">Of the file system.</param>
    /// <param name="host">The account's host; an emulator's ids are nothing to Meta.</param>
    /// <exception cref="InstagramApiException"><c>IgCachePathInvalid</c>: it cannot be written, or is another kind of file.</exception>
    public static AttachmentCache Open(string fullPath, string account, string host, TimeProvider clock) =>
        Read(new AttachmentCache(fullPath, account, host), FileMode.OpenOrCreate, FileAccess.ReadWrite, clock);

    /// <summary>Reads a cache and begins none: what a run would find there.</summary>
    /// <param name="fullPath">Of the file system; there may be no such file.</param>
    /// <param name="host">As for <see cref="Open"/>.</param>
    /// <exception cref="InstagramApiException"><c>IgCachePathInvalid</c>: it cannot be read, or is another kind of file.</exception>
    public static AttachmentCache Peek(string fullPath, string account, string host, TimeProvider clock)
    {
        var cache = new AttachmentCache(fullPath, account, host);
        return File.Exists(fullPath) ? Read(cache, FileMode.Open, FileAccess.Read, clock) : cache;
    }

    /// <summary>What earlier runs made for this account, and Graph still keeps.</summary>
    public IReadOnlyList<KeyValuePair<MediaKey, KeptAttachment>> Known()
    {
        lock (_lock)
            return [.. _known];
    }

    /// <summary>Keeps an attachment, unless it is known already. It throws nothing: <see cref="Trouble"/> tells.</summary>
    public void Remember(MediaKey key, KeptAttachment attachment)
    {
        lock (_lock)
        {
            if (Trouble is not null || (_known.TryGetValue(key, out KeptAttachment? known) && known.Id == attachment.Id))
                return;
            _known[key] = attachment;
            try
            {
                using FileStream stream = OpenFile(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
                Append(stream, new AttachmentLine(_account, _host, key, attachment).ToBytes());
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                Trouble = trouble;
            }
        }
    }

    private static AttachmentCache Read(AttachmentCache cache, FileMode mode, FileAccess access, TimeProvider clock)
    {
        string path = cache._path;
        try
        {
            using FileStream stream = OpenFile(path, mode, access);
            return cache.Read(stream, clock.GetUtcNow())
                ? cache
                : throw IgError.Of(ErrorId.CachePathInvalid, $"'{path}' is another kind of file, not a cache of attachments.");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string what = access == FileAccess.Read ? "read" : "written";
            throw IgError.Of(ErrorId.CachePathInvalid, $"The cache '{path}' cannot be {what}: {trouble.Message.TrimEnd('.')}.", trouble);
        }
    }

    /// <summary>For this process alone: the system's own appending is not to be had here, and two lines must not be written over each other.</summary>
    private static FileStream OpenFile(string path, FileMode mode, FileAccess access)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, mode, access, FileShare.None);
            }
            catch (IOException trouble) when (JournalLock.IsTaken(trouble) && tries < MostTries)
            {
                Thread.Sleep(BetweenTries);
            }
        }
    }

    /// <summary>A line that was cut off by a crash must not spoil the one behind it.</summary>
    private static void Append(FileStream stream, byte[] line)
    {
        bool lacksEnd = stream.Length > 0 && LastByte(stream) != '\n';
        stream.Seek(0, SeekOrigin.End);
        byte[] bytes = lacksEnd ? [(byte)'\n', .. line] : line;
        stream.Write(bytes, 0, bytes.Length);
    }

    private static int LastByte(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte();
    }

    /// <returns>Whether the file is a cache: empty, or with a line of one, whole or cut off.</returns>
    private bool Read(FileStream stream, DateTimeOffset now)
    {
        bool isCache = stream.Length == 0;
        try
        {
            using var lines = new LineReader(stream);
            while (lines.Next(out ReadOnlySpan<byte> text))
            {
                if (AttachmentLine.TryRead(text, out AttachmentLine? line))
                    Take(line!, now);
                isCache |= line is not null || AttachmentLine.IsBeginning(text);
            }
        }
        catch (InvalidDataException)
        {
            // A line without an end within reason: no cache has one.
            return false;
        }

        return isCache;
    }

    private void Take(AttachmentLine line, DateTimeOffset now)
    {
        if (line.Account != _account || !string.Equals(line.Host, _host, StringComparison.OrdinalIgnoreCase))
            return;
        if (now < line.Attachment.ExpiresAt)
            _known[line.Key] = line.Attachment;
        else
            _known.Remove(line.Key);
    }
}
