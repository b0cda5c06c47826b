using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Journal;

/// <summary>The journals that are open in this process: several cmdlets of a script may write one, several processes may not.</summary>
internal static class OpenJournals
{
    private static readonly object Gate = new();

    private static readonly Dictionary<string, Shared> All =
        new(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>Opens a journal, or joins those who have it open.</summary>
    /// <returns>The journal, and what its user calls once to leave it; the last one closes it.</returns>
    public static (OpenJournal Journal, Action Leave) Enter(string path, string account, string host, TimeProvider clock)
    {
        string name = JournalErrors.Name(path);
        lock (Gate)
        {
            string file = Real(path, name);
            if (All.TryGetValue(file, out Shared? shared))
                shared.Journal.Require(account, host);
            else
                All.Add(file, shared = Open(file, name, account, host, clock));
            shared.Users++;
            return (shared.Journal, () => Leave(file));
        }
    }

    private static void Leave(string file)
    {
        lock (Gate)
        {
            Shared shared = All[file];
            if (--shared.Users > 0)
                return;
            All.Remove(file);

            // Still inside the gate: whoever opens the file next must find it free.
            shared.Journal.Dispose();
            shared.Lock.Dispose();
        }
    }

    private static string Real(string path, string name)
    {
        try
        {
            return JournalPath.Real(path);
        }
        catch (Exception trouble) when (IsOfDisk(trouble))
        {
            throw JournalErrors.Unwritable(name, trouble);
        }
    }

    private static Shared Open(string file, string name, string account, string host, TimeProvider clock)
    {
        if (Directory.Exists(file))
            throw IgError.Of(ErrorId.JournalUnwritable, $"{name} cannot be written: it is a folder.", remedy: "Give the path of a file in it.");
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw IgError.Of(ErrorId.JournalUnwritable, $"{name} cannot be written: there is no folder '{folder}'.", remedy: "Make the folder first, or give another path.");
        JournalLock? held = null;
        JournalFile? disk = null;
        try
        {
            held = JournalLock.Take(file);
            disk = new JournalFile(file);
            return new Shared(OpenJournal.On(disk, name, account, host, clock, OpenJournal.Soon, inlineContinuations: false), held);
        }
        catch (Exception trouble)
        {
            disk?.Dispose();
            held?.Dispose();
            if (IsOfDisk(trouble))
                throw JournalErrors.Unopened(name, trouble);
            throw;
        }
    }

    private static bool IsOfDisk(Exception trouble) =>
        trouble is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or System.Security.SecurityException;

    private sealed class Shared
    {
        public Shared(OpenJournal journal, JournalLock held)
        {
            Journal = journal;
            Lock = held;
        }

        public OpenJournal Journal { get; }

        public JournalLock Lock { get; }

        public int Users { get; set; }
    }
}
