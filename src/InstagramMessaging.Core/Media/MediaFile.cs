using System;
using System.IO;
using System.Linq;
using System.Text;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Media;

/// <summary>A file that was looked at: its format is documented, its content is what its name says, its size is within the limit.</summary>
internal sealed record MediaFile(string Path, long Length, MediaFormat Format, IgMediaType Type)
{
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
    /// <exception cref="IOException">It cannot be read any more.</exception>
    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Looks at a file.</summary>
    /// <param name="path">A full path of the file system.</param>
    /// <param name="wanted">The type asked for; null lets extension and content decide.</param>
    /// <exception cref="InstagramApiException">One of the <c>IgMedia…</c> ids: it is missing, empty, unreadable, too large, not what its
    /// name says, or of no documented format.</exception>
    public static MediaFile Inspect(string path, IgMediaType? wanted)
    {
        string name = System.IO.Path.GetFileName(path.TrimEnd(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar));
        if (Directory.Exists(path))
            throw IgError.Of(ErrorId.MediaUnreadable, $"'{name}' is a folder, not a file.");
        byte[] head = new byte[MediaSignature.Length];
        int count;
        long length;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            length = stream.Length;
            count = Fill(stream, head);
        }
        catch (Exception trouble) when (trouble is FileNotFoundException or DirectoryNotFoundException)
        {
            throw IgError.Of(ErrorId.MediaNotFound, $"There is no file '{path}'.", trouble);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw IgError.Of(ErrorId.MediaUnreadable, $"'{name}' cannot be read: {trouble.Message.TrimEnd('.')}.", trouble);
        }

        if (length == 0)
            throw IgError.Of(ErrorId.MediaEmpty, $"'{name}' is empty.");
        MediaFormat format = FormatOf(name, MediaSignature.Of(head, count));
        IgMediaType type = TypeOf(name, format, wanted);
        long limit = MediaFormats.Limit(type);
        return length <= limit
            ? new MediaFile(path, length, format, type)
            : throw IgError.Of(ErrorId.MediaTooLarge, $"'{name}' has {length} bytes; the limit for {MediaWords.Article(type)} is {limit}.");
    }

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
            : throw IgError.Of(ErrorId.MediaFormatNotSupported, $"'{name}' is {content ?? byName?.Name ?? "of no known format"}, which Instagram does not take.");
    }

    private static IgMediaType TypeOf(string name, MediaFormat format, IgMediaType? wanted) =>
        wanted is not { } type ? format.Types[0].Type
        : format.CanBe(type) ? type
        : throw IgError.Of(ErrorId.MediaFormatNotSupported, $"'{name}' is {format.Name}, which cannot be sent as {MediaWords.Article(type)} ({MediaFormats.Names(type)}).");

    private static int Fill(FileStream stream, byte[] head)
    {
        int count = 0, read;
        while (count < head.Length && (read = stream.Read(head, count, head.Length - count)) > 0)
            count += read;
        return count;
    }
}
