using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Requests;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>The formats of each attachment type, by content type and by first bytes.</summary>
/// <remarks>Source: the tables of "Send a message" and "Upload attachments"; content types as IANA and common tools name them.</remarks>
internal static class MediaFormats
{
    private const long ImageSize = 8L * 1024 * 1024;
    private const long OtherSize = 25L * 1024 * 1024;

    private static readonly string[] MovieAtoms = ["ftyp", "moov", "mdat", "wide", "free", "skip"];

    private static readonly Dictionary<IgMediaType, Format[]> Formats = new()
    {
        [IgMediaType.Image] =
        [
            new(["image/png"], bytes => Has(bytes, 0, "\x89PNG\r\n\x1a\n")),
            new(["image/jpeg", "image/jpg"], bytes => Has(bytes, 0, "\xff\xd8\xff")),
            new(["image/gif"], bytes => Has(bytes, 0, "GIF87a") || Has(bytes, 0, "GIF89a")),
        ],
        [IgMediaType.Audio] =
        [
            new(["audio/aac", "audio/x-aac", "audio/aacp", "audio/x-hx-aac-adts"], IsAac),
            new(["audio/mp4", "audio/m4a", "audio/x-m4a"], IsMp4),
            new(["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"], bytes => Has(bytes, 0, "RIFF") && Has(bytes, 8, "WAVE")),
        ],
        [IgMediaType.Video] =
        [
            new(["video/mp4"], IsMp4),
            new(["video/ogg"], bytes => Has(bytes, 0, "OggS")),
            new(["video/x-msvideo", "video/avi", "video/msvideo"], bytes => Has(bytes, 0, "RIFF") && Has(bytes, 8, "AVI ")),
            new(["video/quicktime"], IsQuickTime),
            new(["video/webm"], bytes => Has(bytes, 0, "\x1a\x45\xdf\xa3")),
        ],
        [IgMediaType.File] = [new(["application/pdf"], bytes => Has(bytes, 0, "%PDF-"))],
    };

    /// <summary>In bytes; a file of exactly so many is taken.</summary>
    internal static long LargestSize(IgMediaType type) => type == IgMediaType.Image ? ImageSize : OtherSize;

    internal static bool AllowsContentType(IgMediaType type, string contentType) => Find(type, contentType) is not null;

    internal static bool ContentFits(IgMediaType type, UploadedFile file) =>
        file.ContentType is not null && Find(type, file.ContentType) is { } format && format.Matches(file.Head);

    private static Format? Find(IgMediaType type, string contentType) =>
        Array.Find(Formats[type], format => Array.IndexOf(format.ContentTypes, contentType) >= 0);

    private static bool IsMp4(byte[] head) => Has(head, 4, "ftyp");

    // Old movies begin with any of their atoms.
    private static bool IsQuickTime(byte[] head) =>
        Array.Exists(MovieAtoms, atom => Has(head, 4, atom));

    // ADTS: twelve set bits, then layer 0; ADIF has a name.
    private static bool IsAac(byte[] head) =>
        Has(head, 0, "ADIF") || (head.Length > 1 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0);

    private static bool Has(byte[] head, int at, string signature)
    {
        if (head.Length < at + signature.Length)
            return false;

        for (int i = 0; i < signature.Length; i++)
        {
            if (head[at + i] != signature[i])
                return false;
        }

        return true;
    }

    private sealed record Format(string[] ContentTypes, Func<byte[], bool> Matches);
}
