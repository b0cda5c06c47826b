using System;
using System.IO;
using System.Linq;
using System.Text;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>A folder of its own with tiny files, each with a real header of its format; it goes with the test.</summary>
internal sealed class MediaFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("igmedia");

    public string Path => _folder.FullName;

    /// <summary>The first bytes that a real file of that kind has.</summary>
    public static byte[] Header(string kind) => kind switch
    {
        "png" => [0x89, .. Ascii("PNG\r\n"), 0x1A, 0x0A, 0, 0, 0, 13, .. Ascii("IHDR"), 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0],
        "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. Ascii("JFIF\0"), 1, 2, 0, 0, 1, 0, 1, 0, 0],
        "jpeg-exif" => [0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x10, .. Ascii("Exif\0\0MM\0*"), 0, 0, 0, 8],
        "gif87" => [.. Ascii("GIF87a"), 1, 0, 1, 0, 0, 0, 0],
        "gif" => [.. Ascii("GIF89a"), 1, 0, 1, 0, 0, 0, 0],
        "aac" => [0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC, 0xDE, 0x04, 0x00],
        "aac-mpeg2" => [0xFF, 0xF9, 0x50, 0x80, 0x02, 0x1F, 0xFC, 0xDE, 0x04, 0x00],
        "m4a" => Ftyp("M4A ", "isom", "mp42"),
        "wav" => [.. Ascii("RIFF"), 36, 0, 0, 0, .. Ascii("WAVEfmt "), 16, 0, 0, 0, 1, 0, 1, 0],
        "mp4" => Ftyp("isom", "iso2", "avc1", "mp41"),
        "mp4-mp42" => Ftyp("mp42", "isom", "mp42"),
        "ogg" => [.. Ascii("OggS"), 0, 2, .. new byte[8], 1, 2, 3, 4, .. new byte[8], 1, 0x1E, 1, .. Ascii("vorbis")],
        "avi" => [.. Ascii("RIFF"), 0, 1, 0, 0, .. Ascii("AVI LIST"), 0, 1, 0, 0, .. Ascii("hdrlavih")],
        "mov" => Ftyp("qt  ", "qt  "),
        "mov-old" => [0, 0, 0, 8, .. Ascii("wide"), 0, 0, 1, 0, .. Ascii("mdat")],
        "webm" => [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0xF7, 0x81, 1, 0x42, 0x82, 0x84, .. Ascii("webm")],
        "pdf" => [.. Ascii("%PDF-1.7\n%"), 0xE2, 0xE3, 0xCF, 0xD3, .. Ascii("\n1 0 obj\n")],
        "heic" => Ftyp("heic", "mif1", "heic"),
        "heic-mif1" => Ftyp("mif1", "mif1", "heic"),
        "avif" => Ftyp("avif", "mif1"),
        "webp" => [.. Ascii("RIFF"), 36, 0, 0, 0, .. Ascii("WEBPVP8 ")],
        "mkv" => [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x88, .. Ascii("matroska")],
        "mp3" => [0xFF, 0xFB, 0x90, 0x64, 0, 0, 0, 0],
        "mp3-id3" => [.. Ascii("ID3"), 4, 0, 0, 0, 0, 0, 0],
        "html" => Ascii("<!DOCTYPE html>\n<html><body>404 not found</body></html>"),
        "html-bom" => [0xEF, 0xBB, 0xBF, .. Ascii("\r\n <html lang='en'>")],
        "zip" => [.. Ascii("PK"), 3, 4, 20, 0, 0, 0, 8, 0],
        "text" => Ascii("id;text\r\n1;hello\r\n"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such sample."),
    };

    public string File(string name, string kind) => File(name, Header(kind));

    public string File(string name, byte[] bytes)
    {
        string path = At(name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A file of exactly that length that takes no room on the disk.</summary>
    public string Sparse(string name, string kind, long length)
    {
        string path = File(name, kind);
        using FileStream stream = System.IO.File.OpenWrite(path);
        stream.SetLength(length);
        return path;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Ftyp(string brand, params string[] compatible)
    {
        byte[] brands = [.. compatible.SelectMany(Ascii)];
        return [0, 0, 0, (byte)(16 + brands.Length), .. Ascii("ftyp" + brand), 0, 0, 2, 0, .. brands, 0, 0, 0, 8, .. Ascii("free")];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
