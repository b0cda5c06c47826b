using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Media;

/// <summary>A file that was looked at: its format is documented, its content is what its name says, its size is within the limit.</summary>
/// <param name="Written">When it was last written, in UTC: with the length it tells whether it is still the file that was looked at.</param>
/// <param name="Sha256">Of all its bytes, in Base64. Journals know a row by it: this may never change.</param>
internal sealed record MediaFile(string Path, long Length, DateTime Written, string Sha256, MediaFormat Format, IgMediaType Type)
{
    /// <summary>How many bytes of a file are in memory at a time.</summary>
    public const int BufferSize = 81_920;

    /// <summary>Characters that a quoted file name in a form, or a file system behind it, reads as something else.</summary>
    private const string Reserved = "\"\\/:*?<>|;%";

    /// <summary>The content type of its part in a form; Graph refuses one that does not fit the type.</summary>
    public string ContentType => Format.Types.First(entry => entry.Type == Type).ContentType;

    /// <summary>The file name in printable ASCII: Meta's upload page says that others are not supported.</summary>
    public string SafeName
    {
        get
        {
            string extension = System.IO.Path.GetExtension(Path);
            if (!Format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
                extension = Format.Extensions[0];
            var safe = new StringBuilder();
            foreach (char c in System.IO.Path.GetFileNameWithoutExtension(Path))
                safe.Append(c is >= ' ' and <= '~' && Reserved.IndexOf(c) < 0 ? c : '_');
            return (safe.ToString().Trim('_', '.', ' ').Length > 0 ? safe.ToString() : Format.Name) + extension;
        }
    }

    public string Describe() => $"{System.IO.Path.GetFileName(Path)} ({MediaWords.Graph(Type)}, {Format.Name}, {Length} bytes)";

    /// <summary>Opens it for one attempt.</summary>
    /// <exception cref="MediaChangedException">It is not the file any more that was looked at.</exception>
    /// <exception cref="IOException">It cannot be read any more.</exception>
    public FileStream Open()
    {
        var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (IsUnchanged(stream))
            return stream;
        stream.Dispose();
        throw new MediaChangedException($"'{System.IO.Path.GetFileName(Path)}' was changed after it had been checked");
    }

    /// <summary>Whether an open file is still the one that was looked at.</summary>
    public bool IsUnchanged(FileStream stream) => stream.Length == Length && WrittenAt(stream) == Written;

    /// <summary>Looks at a file, and reads it once to its end for the hash.</summary>
    /// <param name="path">A full path of the file system.</param>
    /// <param name="wanted">The type asked for; null lets extension and content decide.</param>
    /// <exception cref="InstagramApiException">One of the <c>IgMedia…</c> ids: it is missing, empty, unreadable, cut off, too large, not
    /// what its name says, or of no documented format.</exception>
    public static MediaFile Inspect(string path, IgMediaType? wanted)
    {
        string name = System.IO.Path.GetFileName(path.TrimEnd(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar));
        if (Directory.Exists(path))
            throw IgError.Of(ErrorId.MediaUnreadable, $"'{name}' is a folder, not a file.", remedy: "Give the files in it: Get-ChildItem -File, or a wildcard.");
        try
        {
            // Before it is opened: a named pipe is empty, too, and who opens one waits for ever for somebody who writes into it.
            if (Target(path) is { Exists: true, Length: 0 })
                throw Empty(name);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
            return Inspect(path, name, stream, wanted);
        }
        catch (Exception trouble) when (trouble is FileNotFoundException or DirectoryNotFoundException)
        {
            throw IgError.Of(ErrorId.MediaNotFound, $"There is no file '{path}'.", trouble);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw IgError.Of(ErrorId.MediaUnreadable, $"'{name}' cannot be read: {trouble.Message.TrimEnd('.')}.", trouble);
        }
    }

    /// <summary>When an open file was last written, in UTC. Its path may be a link, which has a time of its own.</summary>
    public static DateTime WrittenAt(FileStream stream) =>
#if NET
        File.GetLastWriteTimeUtc(stream.SafeFileHandle);
#else
        File.GetLastWriteTimeUtc(stream.Name);
#endif

    /// <summary>What a look at the first bytes can refuse is refused before the whole file is read.</summary>
    private static MediaFile Inspect(string path, string name, FileStream stream, IgMediaType? wanted)
    {
        long length = stream.Length;
        DateTime written = WrittenAt(stream);
        if (length == 0)
            throw Empty(name);
        byte[] head = new byte[MediaSignature.Length];
        MediaFormat format = FormatOf(name, MediaSignature.Of(head, stream.ReadAt(0, head, head.Length)));
        IgMediaType type = TypeOf(name, format, wanted, stream);
        long limit = MediaFormats.Limit(type);
        if (length > limit)
            throw IgError.Of(ErrorId.MediaTooLarge, string.Format(CultureInfo.InvariantCulture, "'{0}' has {1} bytes; the limit for {2} is {3}.", name, length, MediaWords.Article(type), limit));
        if (format.Name == "png" && PngChunks.AreCutOff(stream))
            throw IgError.Of(ErrorId.MediaTruncated, $"'{name}' begins as a png and ends in the middle of it.");
        return new MediaFile(path, length, written, HashOf(stream), format, type);
    }

    /// <summary>Where a link leads at its end; a file that is none is its own target.</summary>
    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
#if NET
        return (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
#else
        return file;
#endif
    }

    private static InstagramApiException Empty(string name) => IgError.Of(ErrorId.MediaEmpty, $"'{name}' is empty.");

    private static MediaFormat FormatOf(string name, string? content)
    {
        MediaFormat? byName = MediaFormats.OfExtension(name);
        MediaFormat? byContent = content is null ? null : MediaFormats.OfName(content);
        if (byName is not null && byContent?.Container != byName.Container && (byName.IsSupported || byContent is not null))
            throw IgError.Of(ErrorId.MediaContentMismatch, $"'{name}' is named as {byName.Name}, but its content is {content ?? "nothing known"}.");
        if (byName is { IsSupported: true })
            return byName;

        return byContent is { IsSupported: true }
            ? byContent
            : throw IgError.Of(ErrorId.MediaFormatNotSupported, $"'{name}' is {content ?? byName?.Name ?? "of no known format"}; Instagram does not take that.");
    }

    private static IgMediaType TypeOf(string name, MediaFormat format, IgMediaType? wanted, FileStream stream)
    {
        if (wanted is { } asked && !format.CanBe(asked))
            throw IgError.Of(ErrorId.MediaFormatNotSupported, $"'{name}' is {format.Name}, which cannot be sent as {MediaWords.Article(asked)} ({MediaFormats.Names(asked)}).");
        if (format.Container != "mp4")
            return format.Types[0].Type;
        MovieTracks tracks = MovieTracks.Of(stream);
        if (tracks.HasVideo && !format.CanBe(IgMediaType.Video))
            throw IgError.Of(ErrorId.MediaContentMismatch, $"'{name}' is named as {format.Name}, but its content is a video.");
        return wanted ?? (tracks is { HasSound: true, HasVideo: false } && format.CanBe(IgMediaType.Audio) ? IgMediaType.Audio : format.Types[0].Type);
    }

    private static string HashOf(FileStream stream)
    {
        stream.Position = 0;
        using var algorithm = SHA256.Create();
        return Convert.ToBase64String(algorithm.ComputeHash(stream));
    }
}
