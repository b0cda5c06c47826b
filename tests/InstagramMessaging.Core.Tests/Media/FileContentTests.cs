using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Media;

/// <summary>A file that somebody writes while it goes out.</summary>
public sealed class FileContentTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_added_to_a_file_on_its_way_does_not_go_with_it()
    {
        MediaFile file = MediaFile.Inspect(_folder.Sampled("a.png", "sample.png"), null);
        using var content = new FileContent(file, null);
        using (FileStream writer = Writer(file))
        {
            writer.Seek(0, SeekOrigin.End);
            writer.Write(new byte[1_000]);
        }

        Assert.Equal(file.Length, content.Headers.ContentLength);
        Assert.Equal(Sample.Bytes("sample.png"), await content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_becomes_shorter_on_its_way_breaks_the_request_off()
    {
        MediaFile file = MediaFile.Inspect(_folder.Sampled("a.png", "sample.png"), null);
        using var content = new FileContent(file, null);
        using (FileStream writer = Writer(file))
            writer.SetLength(file.Length - 1);
        HttpRequestException broken = await Assert.ThrowsAsync<HttpRequestException>(() => content.CopyToAsync(new MemoryStream()));
        Assert.IsType<MediaChangedException>(broken.GetBaseException());
    }

    [Fact]
    public async Task Progress_counts_each_try_from_its_first_byte()
    {
        MediaFile file = MediaFile.Inspect(_folder.Sampled("a.png", "sample.png"), null);
        var progress = new UploadProgress("a.png", file.Length);
        for (int tries = 0; tries < 2; tries++)
        {
            using var content = new FileContent(file, progress);
            await content.CopyToAsync(new MemoryStream());
            Assert.Equal(file.Length, progress.Sent);
        }
    }

    private static FileStream Writer(MediaFile file) => new(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
}
