using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Media;

/// <summary>Real files that are not what they seem: each its own error, before any request.</summary>
public sealed class LieTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("photo.jpg", "sample.heic", "heic")]
    [InlineData("photo.png", "sample.heic", "heic")]
    [InlineData("photo.png", "sample.jpg", "jpeg")]
    [InlineData("sound.m4a", "sample.mp4", "video")]
    [InlineData("sound.m4a", "sample.mov", "video")]
    [InlineData("clip.webm", "sample.mp4", "mp4")]
    [InlineData("bill.pdf", "sample.png", "png")]
    [InlineData("sound.aac", "sample.wav", "wav")]
    public void Content_that_is_not_what_the_name_says_is_named(string name, string sample, string really)
    {
        InstagramApiException error = Refusal.Of("IgMediaContentMismatch", () => MediaFile.Inspect(_folder.Sampled(name, sample), null));
        Assert.Contains(really, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_named_as_a_video_and_a_text_named_as_a_pdf_are_mismatches()
    {
        Refusal.Of("IgMediaContentMismatch", () => MediaFile.Inspect(_folder.File("clip.mp4", "html"), null));
        Refusal.Of("IgMediaContentMismatch", () => MediaFile.Inspect(_folder.File("bill.pdf", "text"), null));
    }

    [Fact]
    public void A_real_heic_under_its_own_name_is_not_supported() =>
        Refusal.Of("IgMediaFormatNotSupported", () => MediaFile.Inspect(_folder.Sampled("photo.heic", "sample.heic"), null));

    [Fact]
    public void A_png_that_was_cut_off_anywhere_behind_its_header_is_truncated()
    {
        byte[] whole = Sample.Bytes("sample.png");
        for (int length = 33; length < whole.Length; length++)
        {
            string path = _folder.File("cut.png", whole[..length]);
            InstagramApiException error = Assert.Throws<InstagramApiException>(() => MediaFile.Inspect(path, null));
            Assert.Equal((length, "IgMediaTruncated"), (length, error.ErrorId));
            Assert.EndsWith(error.Remedy, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(whole.Length, MediaFile.Inspect(_folder.File("whole.png", whole), null).Length);
    }

    [Fact]
    public void A_png_with_something_behind_its_end_passes() =>
        Assert.Equal(IgMediaType.Image, MediaFile.Inspect(_folder.File("tail.png", [.. Sample.Bytes("sample.png"), .. new byte[500]]), null).Type);

    [Fact]
    public void A_large_png_without_its_last_chunk_is_truncated()
    {
        byte[] whole = Sample.Bytes("sample.png");
        byte[] filler = [0, 0x40, 0, 0, (byte)'t', (byte)'E', (byte)'X', (byte)'t', .. new byte[0x40_0000 + 4]];
        byte[] large = [.. whole[..33], .. filler, .. whole[33..]];
        Assert.Equal(large.Length, MediaFile.Inspect(_folder.File("large.png", large), null).Length);
        Refusal.Of("IgMediaTruncated", () => MediaFile.Inspect(_folder.File("large.png", large[..^12]), null));
        Refusal.Of("IgMediaTruncated", () => MediaFile.Inspect(_folder.File("large.png", large[..2_000_000]), null));
    }

    [Theory]
    [InlineData("a.png", "sample.png", 8)]
    [InlineData("a.jpg", "sample.jpg", 8)]
    [InlineData("a.mp4", "sample.mp4", 25)]
    [InlineData("a.m4a", "sample.m4a", 25)]
    [InlineData("a.pdf", "sample.pdf", 25)]
    public void A_real_file_at_the_limit_passes_and_one_byte_more_does_not(string name, string sample, int megabytes)
    {
        int limit = megabytes * 1024 * 1024;
        byte[] start = Sample.Bytes(sample), bytes = new byte[limit + 1];
        start.CopyTo(bytes, 0);
        Assert.Equal(limit, MediaFile.Inspect(_folder.File(name, bytes[..limit]), null).Length);
        Refusal.Of("IgMediaTooLarge", () => MediaFile.Inspect(_folder.File(name, bytes), null));
    }

    [Fact]
    public void A_folder_and_an_empty_file_have_ids_of_their_own()
    {
        Directory.CreateDirectory(_folder.At("folder.png"));
        Refusal.Of("IgMediaUnreadable", () => MediaFile.Inspect(_folder.At("folder.png"), null));
        Refusal.Of("IgMediaUnreadable", () => MediaFile.Inspect(_folder.At("folder.png") + Path.DirectorySeparatorChar, null));
        Refusal.Of("IgMediaEmpty", () => MediaFile.Inspect(_folder.File("empty.mp4", (byte[])[]), null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_named_pipe_is_empty_and_nobody_waits_for_its_bytes(bool isLink)
    {
        if (OperatingSystem.IsWindows())
            return;
        string pipe = _folder.At("pipe.mp4"), path = isLink ? _folder.At("link.mp4") : pipe;
        using (Process maker = Process.Start("mkfifo", pipe))
            await maker.WaitForExitAsync();
        if (isLink)
            File.CreateSymbolicLink(path, pipe);
        await Task.Run(() => Refusal.Of("IgMediaEmpty", () => MediaFile.Inspect(path, null))).WaitAsync(WatchedClock.Patience);
    }

    [Fact]
    public void A_link_is_the_file_that_it_leads_to_and_a_dangling_one_is_missing()
    {
        string target = _folder.Sampled("target.bin", "sample.jpg"), link = _folder.At("link.jpg");
        File.CreateSymbolicLink(link, target);
        MediaFile file = MediaFile.Inspect(link, null);
        Assert.Equal((IgMediaType.Image, Sample.Bytes("sample.jpg").LongLength, "link.jpg"), (file.Type, file.Length, file.SafeName));
        file.Open().Dispose();

        File.Delete(target);
        Refusal.Of("IgMediaNotFound", () => MediaFile.Inspect(link, null));
    }

    [Fact]
    public void A_link_that_leads_elsewhere_since_is_looked_at_again()
    {
        var inspector = new MediaInspector();
        string link = _folder.At("link");
        File.CreateSymbolicLink(link, _folder.Sampled("one", "sample.jpg"));
        MediaFile one = inspector.Inspect(link, null);
        File.Delete(link);
        File.CreateSymbolicLink(link, _folder.Sampled("two", "sample.gif"));
        MediaFile two = inspector.Inspect(link, null);
        Assert.Equal(("jpeg", "gif"), (one.Format.Name, two.Format.Name));
        Assert.Throws<MediaChangedException>(() => one.Open().Dispose());
    }

    [Fact]
    public void A_file_that_was_written_since_is_looked_at_again_and_one_that_was_not_is_not()
    {
        var inspector = new MediaInspector();
        string path = _folder.Sampled("a", "sample.jpg");
        MediaFile one = inspector.Inspect(path, null);
        Assert.Same(one, inspector.Inspect(path, null));

        byte[] other = Sample.Bytes("sample.jpg");
        other[^3] ^= 1;
        File.WriteAllBytes(path, other);
        File.SetLastWriteTimeUtc(path, one.Written.AddSeconds(1));
        MediaFile two = inspector.Inspect(path, null);
        Assert.NotEqual(one.Sha256, two.Sha256);
        Assert.Equal(one.Length, two.Length);
        Assert.Throws<MediaChangedException>(() => one.Open().Dispose());
    }
}
