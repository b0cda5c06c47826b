using System.IO;
#if NET
using System;
#endif

namespace InstagramMessaging.Core.Journal;

/// <summary>The one name of a journal's file, so that two names of it share one open journal and one lock.</summary>
internal static class JournalPath
{
#if NET
    /// <summary>As many as the system itself follows.</summary>
    private const int MostLinks = 40;

    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Real(string path) => Real(path, MostLinks);

    private static string Real(string path, int links)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            string folder = real;
            real = Path.Combine(folder, part);
            if (new FileInfo(real).LinkTarget is not { } target)
                continue;

            // A link counts from where it lies, and its target's own folders may be links again.
            real = links > 0 ? Real(Path.Combine(folder, target), links - 1) : throw new IOException($"Too many links lead to '{path}'.");
        }

        return real;
    }
#else
    /// <summary>Nothing here resolves links; on Windows the file itself then refuses its second writer.</summary>
    public static string Real(string path) => Path.GetFullPath(path);
#endif
}
