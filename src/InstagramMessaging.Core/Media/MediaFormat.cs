using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace InstagramMessaging.Core.Media;

/// <summary>A file format that Instagram takes, or one that people try and it does not.</summary>
/// <param name="Name">The name in Meta's table.</param>
/// <param name="Container">What its first bytes can tell: formats of one container are told apart by name only.</param>
/// <param name="Extensions">The usual endings of file names, with the dot.</param>
/// <param name="Types">The types that it can be sent as, with the content type for each; the first is the usual one.</param>
/// <param name="OtherContentTypes">What servers call it, besides.</param>
internal sealed record MediaFormat(string Name, string Container, string[] Extensions, (IgMediaType Type, string ContentType)[] Types, params string[] OtherContentTypes)
{
    public bool IsSupported => Types.Length > 0;

    public bool CanBe(IgMediaType type) => Types.Any(entry => entry.Type == type);

    public bool IsCalled(string contentType) =>
        Types.Any(entry => entry.ContentType == contentType) || OtherContentTypes.Contains(contentType, StringComparer.Ordinal);
}

/// <summary>Meta's tables of formats and sizes, once.</summary>
/// <remarks>Source: "Send a message", https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message (sizes, and
/// formats but gif); "Upload attachments", https://developers.facebook.com/docs/messenger-platform/instagram/features/attachment-upload (gif).</remarks>
internal static class MediaFormats
{
    private const long Megabyte = 1024 * 1024;

    public static IReadOnlyList<MediaFormat> All { get; } =
    [
        new("png", "png", [".png"], [(IgMediaType.Image, "image/png")]),
        new("jpeg", "jpeg", [".jpg", ".jpeg", ".jpe", ".jfif"], [(IgMediaType.Image, "image/jpeg")], "image/jpg", "image/pjpeg"),
        new("gif", "gif", [".gif"], [(IgMediaType.Image, "image/gif")]),
        new("aac", "aac", [".aac"], [(IgMediaType.Audio, "audio/aac")], "audio/x-aac", "audio/aacp"),
        new("m4a", "mp4", [".m4a"], [(IgMediaType.Audio, "audio/mp4")], "audio/m4a", "audio/x-m4a"),
        new("wav", "wav", [".wav"], [(IgMediaType.Audio, "audio/wav")], "audio/x-wav", "audio/wave", "audio/vnd.wave"),
        new("mp4", "mp4", [".mp4", ".m4v"], [(IgMediaType.Video, "video/mp4"), (IgMediaType.Audio, "audio/mp4")], "video/x-m4v", "application/mp4"),
        new("ogg", "ogg", [".ogg", ".ogv"], [(IgMediaType.Video, "video/ogg")], "application/ogg"),
        new("avi", "avi", [".avi"], [(IgMediaType.Video, "video/x-msvideo")], "video/avi", "video/msvideo"),
        new("mov", "mp4", [".mov", ".qt"], [(IgMediaType.Video, "video/quicktime")]),
        new("webm", "webm", [".webm"], [(IgMediaType.Video, "video/webm")]),
        new("pdf", "pdf", [".pdf"], [(IgMediaType.File, "application/pdf")], "application/x-pdf"),

        // Not taken by Meta, and named so that the error can say what the file really is.
        new("heic", "heic", [".heic", ".heif"], [], "image/heic", "image/heif"),
        new("avif", "avif", [".avif"], [], "image/avif"),
        new("webp", "webp", [".webp"], [], "image/webp"),
        new("bmp", "bmp", [".bmp"], [], "image/bmp", "image/x-ms-bmp"),
        new("tiff", "tiff", [".tif", ".tiff"], [], "image/tiff"),
        new("cr3", "cr3", [".cr3"], []),
        new("3gp", "3gp", [".3gp", ".3g2"], [], "video/3gpp", "audio/3gpp"),
        new("mp3", "mp3", [".mp3"], [], "audio/mpeg", "audio/mp3"),
        new("flac", "flac", [".flac"], [], "audio/flac", "audio/x-flac"),
        new("mkv", "mkv", [".mkv"], [], "video/x-matroska"),
        new("html", "html", [".html", ".htm"], []),
        new("zip", "zip", [".zip", ".docx", ".xlsx", ".pptx"], []),
    ];

    /// <summary>The largest file of a type, in bytes: 8 MB for images, 25 MB for the others.</summary>
    public static long Limit(IgMediaType type) => type == IgMediaType.Image ? 8 * Megabyte : 25 * Megabyte;

    public static MediaFormat? OfExtension(string path)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }

    /// <param name="contentType">In lower case, without parameters.</param>
    public static MediaFormat? OfContentType(string contentType) => All.FirstOrDefault(format => format.IsCalled(contentType));

    public static MediaFormat? OfName(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The formats of a type, for an error message.</summary>
    public static string Names(IgMediaType type) => string.Join(", ", All.Where(format => format.CanBe(type)).Select(format => format.Name));
}
