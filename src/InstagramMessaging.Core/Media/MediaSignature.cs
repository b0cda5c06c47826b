using System;
using System.Text;

namespace InstagramMessaging.Core.Media;

/// <summary>Tells a file's format by its first bytes.</summary>
/// <remarks>Sources: the formats' own standards (PNG 5.2, JFIF 1.02, GIF89a, ISO/IEC 14496-12 for the ftyp box, RFC 3533 for Ogg, RFC 8794 for
/// EBML, ISO 32000-1 7.5.2 for PDF, ISO/IEC 13818-7 for ADTS).</remarks>
internal static class MediaSignature
{
    /// <summary>How many bytes are enough.</summary>
    public const int Length = 4096;

    /// <summary>The format's name, or null when the bytes are none that is known.</summary>
    public static string? Of(byte[] head, int count)
    {
        // Latin-1 maps each byte to one character, so that signatures read as they are written in the standards.
        string text = Latin1(head, count);
        if (text.StartsWith("\u0089PNG\r\n\u001a\n", StringComparison.Ordinal)) return "png";
        if (text.StartsWith("\u00ff\u00d8\u00ff", StringComparison.Ordinal)) return "jpeg";
        if (text.StartsWith("GIF87a", StringComparison.Ordinal) || text.StartsWith("GIF89a", StringComparison.Ordinal)) return "gif";
        if (text.StartsWith("%PDF-", StringComparison.Ordinal)) return "pdf";
        if (text.StartsWith("OggS", StringComparison.Ordinal)) return "ogg";
        if (text.StartsWith("RIFF", StringComparison.Ordinal)) return Riff(text);
        if (text.StartsWith("\u001aE\u00df\u00a3", StringComparison.Ordinal)) return Contains(text, "webm") ? "webm" : "mkv";
        if (text.Length >= 12 && At(text, 4, "ftyp")) return Brands(text);
        if (At(text, 4, "moov") || At(text, 4, "mdat") || At(text, 4, "wide") || At(text, 4, "free") || At(text, 4, "skip")) return "mov";
        return Unsupported(text) ?? Frames(head, count);
    }

    private static string? Riff(string text) =>
        At(text, 8, "WAVE") ? "wav"
        : At(text, 8, "AVI ") ? "avi"
        : At(text, 8, "WEBP") ? "webp"
        : null;

    /// <summary>The major brand decides; one that is not known, by the brands that the file says it is compatible with.</summary>
    private static string? Brands(string text)
    {
        int end = Math.Min(text.Length, (text[2] << 8) + text[3]);
        if (Brand(text.Substring(8, 4)) is { } major)
            return major;
        for (int at = 16; at + 4 <= end; at += 4)
        {
            if (Brand(text.Substring(at, 4)) is { } compatible)
                return compatible;
        }

        return null;
    }

    private static string? Brand(string brand) => brand switch
    {
        "M4A " or "M4B " or "M4P " => "m4a",
        "qt  " => "mov",
        "heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" or "mif1" or "msf1" => "heic",
        "avif" or "avis" => "avif",
        "crx " => "cr3",
        "mp41" or "mp42" or "mp71" or "avc1" or "M4V " or "M4VH" or "M4VP" or "dash" or "MSNV" or "f4v " or "NDSC" or "NDSH" => "mp4",
        _ when brand.StartsWith("iso", StringComparison.Ordinal) => "mp4",
        _ when brand.StartsWith("3g", StringComparison.Ordinal) => "3gp",
        _ => null,
    };

    private static string? Unsupported(string text)
    {
        if (text.StartsWith("ID3", StringComparison.Ordinal)) return "mp3";
        if (text.StartsWith("fLaC", StringComparison.Ordinal)) return "flac";
        if (text.StartsWith("BM", StringComparison.Ordinal) && text.Length > 14) return "bmp";
        if (text.StartsWith("II*\0", StringComparison.Ordinal) || text.StartsWith("MM\0*", StringComparison.Ordinal)) return "tiff";
        if (text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal)) return "zip";
        string words = text.TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        return words.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || words.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            ? "html"
            : null;
    }

    /// <summary>ADTS and MPEG audio begin with the same twelve bits; the layer tells them apart.</summary>
    private static string? Frames(byte[] head, int count)
    {
        if (count < 2 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0)
            return null;
        if ((head[1] & 0xF6) == 0xF0)
            return "aac";
        return (head[1] & 0x06) != 0 ? "mp3" : null;
    }

    private static bool At(string text, int offset, string expected) =>
        text.Length >= offset + expected.Length && string.CompareOrdinal(text, offset, expected, 0, expected.Length) == 0;

    private static bool Contains(string text, string part) => text.Contains(part);

    private static string Latin1(byte[] head, int count)
    {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++)
            text.Append((char)head[i]);
        return text.ToString();
    }
}
