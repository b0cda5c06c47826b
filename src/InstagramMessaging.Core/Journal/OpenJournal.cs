using System;
using System.IO;
using System.Threading;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Journal;

/// <summary>A journal that is open in this process, for as many cmdlets as like to use it.</summary>
internal sealed class OpenJournal : IDisposable
{
    private readonly JournalHeader _header;
    private readonly string _name;

    private OpenJournal(string name, JournalHeader header, JournalIndex index, GroupCommit lines, TimeProvider clock)
    {
        _name = name;
        _header = header;
        Index = index;
        Lines = lines;
        Clock = clock;
    }

    public JournalIndex Index { get; }

    public GroupCommit Lines { get; }

    public TimeProvider Clock { get; }

    /// <summary>Reads what is there and makes it ready to be written on. On a failure the disk stays open, and its content as it was.</summary>
    public static OpenJournal On(IJournalDisk disk, string name, string account, string host, TimeProvider clock, Action<Action> schedule, bool inlineContinuations)
    {
        try
        {
            var index = new JournalIndex();
            JournalExtent extent;
            using (Stream content = disk.Read())
                extent = JournalReader.Read(content, name, line => index.Set(KeyHash.Of(line.Key), line.Status, line.At));
            JournalHeader header = extent.Header ?? new JournalHeader(JournalHeader.CurrentVersion, account, host, clock.GetUtcNow());
            Require(name, header, account, host);
            if (extent.IsTorn)
                disk.Truncate(extent.Length);
            long length = extent.Length;
            if (extent.Header is null)
                length += Begin(disk, header.ToBytes());
            else if (extent.LacksLineEnd)
                length += Begin(disk, [(byte)'\n']);
            return new OpenJournal(name, header, index, new GroupCommit(disk, name, length, schedule, inlineContinuations), clock);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw JournalErrors.Unopened(name, trouble);
        }
    }

    /// <summary>Runs a write on the thread pool.</summary>
    public static void Soon(Action write) => ThreadPool.UnsafeQueueUserWorkItem(static state => ((Action)state!)(), write);

    /// <exception cref="InstagramApiException"><c>IgJournalForeign</c>.</exception>
    public void Require(string account, string host) => Require(_name, _header, account, host);

    public void Dispose() => Lines.Dispose();

    private static void Require(string name, JournalHeader header, string account, string host)
    {
        if (header.Account != account)
            throw IgError.Of(ErrorId.JournalForeign, $"{name} belongs to the account {header.Account}, not to {account}.");
        if (!string.Equals(header.Host, host, StringComparison.OrdinalIgnoreCase))
            throw IgError.Of(ErrorId.JournalForeign, $"{name} belongs to {account} at {header.Host}, not at {host}.");
    }

    /// <summary>Flushed here and not with the first row, so that a full disk is told of before any row is taken.</summary>
    private static int Begin(IJournalDisk disk, byte[] bytes)
    {
        disk.Append(bytes, bytes.Length);
        disk.Flush();
        return bytes.Length;
    }
}
