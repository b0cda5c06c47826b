using System;
using System.Collections.Generic;
using System.IO;

namespace InstagramMessaging.Core.Media;

/// <summary>Looks at the files of a run: at each once, however many rows name it, unless it was written in between.</summary>
internal sealed class MediaInspector
{
    /// <summary>A run that sends a file of its own to each person must not remember them all.</summary>
    private const int MostKept = 1_000;

    private readonly Dictionary<(string Path, IgMediaType? Wanted), MediaFile> _seen = [];

    /// <inheritdoc cref="MediaFile.Inspect(string, IgMediaType?)" />
    public MediaFile Inspect(string path, IgMediaType? wanted)
    {
        if (_seen.TryGetValue((path, wanted), out MediaFile? known) && IsUnchanged(known))
            return known;
        MediaFile file = MediaFile.Inspect(path, wanted);
        if (_seen.Count == MostKept)
            _seen.Clear();
        return _seen[(path, wanted)] = file;
    }

    private static bool IsUnchanged(MediaFile file)
    {
        try
        {
            using FileStream stream = file.Open();
            return true;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // Whatever it is now, a new look says it in the right words.
            return false;
        }
    }
}
