using System;
using System.IO;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Media;

/// <summary>Design section 5, "Media": format, size, and content that is what the name says.</summary>
public sealed class MediaFileTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.png", "png", IgMediaType.Image)]
    [InlineData("a.jpg", "jpeg", IgMediaType.Image)]
    [InlineData("a.jpeg", "jpeg-exif", IgMediaType.Image)]
    [InlineData("A.JPG", "jpeg", IgMediaType.Image)]
    [InlineData("a.gif", "gif", IgMediaType.Image)]
    [InlineData("a.gif", "gif87", IgMediaType.Image)]
    [InlineData("a.aac", "aac", IgMediaType.Audio)]
    [InlineData("a.aac", "aac-mpeg2", IgMediaType.Audio)]
    [InlineData("a.m4a", "m4a", IgMediaType.Audio)]
    [InlineData("a.m4a", "mp4-mp42", IgMediaType.Audio)]
    [InlineData("a.wav", "wav", IgMediaType.Audio)]
    [InlineData("a.mp4", "mp4", IgMediaType.Video)]
    [InlineData("a.mp4", "mp4-mp42", IgMediaType.Video)]
    [InlineData("a.ogg", "ogg", IgMediaType.Video)]
    [InlineData("a.avi", "avi", IgMediaType.Video)]
    [InlineData("a.mov", "mov", IgMediaType.Video)]
    [InlineData("a.mov", "mov-old", IgMediaType.Video)]
    [InlineData("a.webm", "webm", IgMediaType.Video)]
    [InlineData("a.pdf", "pdf", IgMediaType.File)]
    [InlineData("with.dots and blanks.png", "png", IgMediaType.Image)]
    public void Each_documented_format_is_known(string name, string kind, IgMediaType type)
    {
        string path = _folder.File(name, kind);
        MediaFile file = MediaFile.Inspect(path, null);
        Assert.Equal((type, path, (long)MediaFolder.Header(kind).Length), (file.Type, file.Path, file.Length));
        Assert.Equal(type, MediaFile.Inspect(path, type).Type);
    }

    [Theory]
    [InlineData("png", IgMediaType.Image)]
    [InlineData("jpeg", IgMediaType.Image)]
    [InlineData("gif", IgMediaType.Image)]
    [InlineData("m4a", IgMediaType.Audio)]
    [InlineData("wav", IgMediaType.Audio)]
    [InlineData("mp4", IgMediaType.Video)]
    [InlineData("webm", IgMediaType.Video)]
    [InlineData("pdf", IgMediaType.File)]
    public void A_file_without_an_ending_is_told_by_its_content(string kind, IgMediaType type)
    {
        Assert.Equal(type, MediaFile.Inspect(_folder.File("download", kind), null).Type);
        Assert.Equal(type, MediaFile.Inspect(_folder.File("download.tmp", kind), null).Type);
    }

    [Fact]
    public void An_mp4_may_be_audio_when_asked_for()
    {
        MediaFile file = MediaFile.Inspect(_folder.File("a.mp4", "mp4"), IgMediaType.Audio);
        Assert.Equal((IgMediaType.Audio, "audio/mp4"), (file.Type, file.ContentType));
    }

    [Theory]
    [InlineData("a.png", "png", IgMediaType.Video)]
    [InlineData("a.png", "png", IgMediaType.File)]
    [InlineData("a.pdf", "pdf", IgMediaType.Image)]
    [InlineData("a.wav", "wav", IgMediaType.Video)]
    [InlineData("a.webm", "webm", IgMediaType.Audio)]
    [InlineData("a.ogg", "ogg", IgMediaType.Audio)]
    [InlineData("a.mp4", "mp4", IgMediaType.File)]
    public void A_format_that_the_type_does_not_take_is_refused(string name, string kind, IgMediaType wanted) =>
        Refusal.Of("IgMediaFormatNotSupported", () => MediaFile.Inspect(_folder.File(name, kind), wanted));

    [Theory]
    [InlineData("a.jpg", "heic", "jpeg", "heic")]
    [InlineData("a.jpg", "heic-mif1", "jpeg", "heic")]
    [InlineData("a.jpg", "png", "jpeg", "png")]
    [InlineData("a.png", "jpeg", "png", "jpeg")]
    [InlineData("a.png", "webp", "png", "webp")]
    [InlineData("a.jpg", "avif", "jpeg", "avif")]
    [InlineData("a.mp4", "html", "mp4", "html")]
    [InlineData("a.png", "html-bom", "png", "html")]
    [InlineData("a.pdf", "zip", "pdf", "zip")]
    [InlineData("a.pdf", "html", "pdf", "html")]
    [InlineData("a.wav", "mp3", "wav", "mp3")]
    [InlineData("a.aac", "mp3", "aac", "mp3")]
    [InlineData("a.m4a", "mp3-id3", "m4a", "mp3")]
    [InlineData("a.webm", "mkv", "webm", "mkv")]
    [InlineData("a.mp4", "webm", "mp4", "webm")]
    [InlineData("a.avi", "wav", "avi", "wav")]
    [InlineData("a.png", "text", "png", "")]
    [InlineData("a.heic", "jpeg", "heic", "jpeg")]
    [InlineData("a.mp3", "wav", "mp3", "wav")]
    [InlineData("a.zip", "pdf", "zip", "pdf")]
    public void Content_that_contradicts_the_name_is_an_error_that_names_both(string name, string kind, string named, string really)
    {
        InstagramApiException error = Refusal.Of("IgMediaContentMismatch", () => MediaFile.Inspect(_folder.File(name, kind), null));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(really, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.heic", "heic")]
    [InlineData("a.webp", "webp")]
    [InlineData("a.mp3", "mp3")]
    [InlineData("a.mp3", "mp3-id3")]
    [InlineData("a.mkv", "mkv")]
    [InlineData("a.docx", "zip")]
    [InlineData("a.html", "html")]
    [InlineData("a.csv", "text")]
    [InlineData("noending", "text")]
    [InlineData("noending", "heic")]
    public void A_format_that_Instagram_does_not_take_is_refused(string name, string kind) =>
        Refusal.Of("IgMediaFormatNotSupported", () => MediaFile.Inspect(_folder.File(name, kind), null));

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("wav")]
    [InlineData("mp4")]
    [InlineData("mov-old")]
    [InlineData("webm")]
    [InlineData("mp3-id3")]
    [InlineData("html-bom")]
    [InlineData("zip")]
    [InlineData("text")]
    public void However_short_a_file_is_it_gives_a_file_or_an_error_of_the_row(string kind)
    {
        byte[] header = MediaFolder.Header(kind);
        for (int length = 1; length <= header.Length; length++)
        {
            string path = _folder.File("short", header[..length]);
            if (Record.Exception(() => MediaFile.Inspect(path, null)) is { } error)
                Assert.Equal("IgMediaFormatNotSupported", Assert.IsType<InstagramApiException>(error).ErrorId);
        }
    }

    [Fact]
    public void An_empty_file_is_refused() => Refusal.Of("IgMediaEmpty", () => MediaFile.Inspect(_folder.File("a.png", (byte[])[]), null));

    [Theory]
    [InlineData("missing.png")]
    [InlineData("no/such/folder/a.png")]
    public void A_missing_file_is_not_found(string name) => Refusal.Of("IgMediaNotFound", () => MediaFile.Inspect(_folder.At(name), null));

    [Fact]
    public void A_path_that_is_an_address_is_a_missing_file_and_never_a_url() =>
        Refusal.Of("IgMediaNotFound", () => MediaFile.Inspect("https://example.com/a.png", null));

    [Fact]
    public void A_folder_is_no_file()
    {
        Directory.CreateDirectory(_folder.At("folder.png"));
        InstagramApiException error = Assert.Throws<InstagramApiException>(() => MediaFile.Inspect(_folder.At("folder.png"), null));
        Assert.True(error.ErrorId is "IgMediaUnreadable" or "IgMediaNotFound", error.ErrorId);
    }

    [Fact]
    public void A_path_that_no_file_system_takes_is_an_error_of_the_row()
    {
        InstagramApiException error = Assert.Throws<InstagramApiException>(() => MediaFile.Inspect(_folder.At("a\0b.png"), null));
        Assert.True(error.ErrorId is "IgMediaUnreadable" or "IgMediaNotFound", error.ErrorId);
    }

    [Fact]
    public void A_file_that_another_program_holds_is_unreadable()
    {
        string path = _folder.File("a.png", "png");
        using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Refusal.Of("IgMediaUnreadable", () => MediaFile.Inspect(path, null));
    }

    [UnprivilegedFact]
    public void A_file_that_this_user_may_not_read_is_unreadable()
    {
        string path = _folder.File("a.png", "png");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        Refusal.Of("IgMediaUnreadable", () => MediaFile.Inspect(path, null));
    }

    [Theory]
    [InlineData("a.png", "png", null, 8)]
    [InlineData("a.jpg", "jpeg", null, 8)]
    [InlineData("a.gif", "gif", null, 8)]
    [InlineData("a.wav", "wav", null, 25)]
    [InlineData("a.m4a", "m4a", null, 25)]
    [InlineData("a.mp4", "mp4", null, 25)]
    [InlineData("a.mp4", "mp4", IgMediaType.Audio, 25)]
    [InlineData("a.webm", "webm", null, 25)]
    [InlineData("a.pdf", "pdf", null, 25)]
    public void The_limit_passes_and_one_byte_more_does_not(string name, string kind, IgMediaType? wanted, int megabytes)
    {
        string path = _folder.Sparse(name, kind, megabytes * Megabyte);
        Assert.Equal(megabytes * Megabyte, MediaFile.Inspect(path, wanted).Length);

        _folder.Sparse(name, kind, (megabytes * Megabyte) + 1);
        InstagramApiException error = Refusal.Of("IgMediaTooLarge", () => MediaFile.Inspect(path, wanted));
        Assert.Contains(((megabytes * Megabyte) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain.png", "png", "plain.png")]
    [InlineData("UPPER.JPG", "jpeg", "UPPER.JPG")]
    [InlineData("two words (3).gif", "gif", "two words (3).gif")]
    public void An_ascii_name_stays(string name, string kind, string expected) =>
        Assert.Equal(expected, MediaFile.Inspect(_folder.File(name, kind), null).SafeName);

    [Theory]
    [InlineData("r\u00E9sum\u00E9.pdf", "pdf", ".pdf")]
    [InlineData("\u65E5\u672C\u8A9E.png", "png", ".png")]
    [InlineData("\U0001F600.jpg", "jpeg", ".jpg")]
    [InlineData("\u202Egnp.exe.png", "png", ".png")]
    [InlineData("download", "mp4", ".mp4")]
    [InlineData("photo.\u00FCbel", "gif", ".gif")]
    [InlineData(".png", "png", ".png")]
    public void Other_names_become_printable_ascii_with_the_formats_ending(string name, string kind, string ending)
    {
        string safe = MediaFile.Inspect(_folder.File(name, kind), null).SafeName;
        Assert.Matches("^[ !#-\\[\\]-~]+$", safe);
        Assert.EndsWith(ending, safe, StringComparison.Ordinal);
        Assert.True(safe.Length > ending.Length, safe);
    }

    /// <summary>Runs where file permissions bind: root may read anything, and Windows has other means.</summary>
    private sealed class UnprivilegedFactAttribute : FactAttribute
    {
        public UnprivilegedFactAttribute()
        {
            if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
                Skip = "Permissions do not keep this user from reading.";
        }
    }
}
