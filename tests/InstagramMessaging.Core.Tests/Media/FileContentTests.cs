using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
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

    [Theory]
    [InlineData("longer")]
    [InlineData("shorter")]
    [InlineData("other bytes")]
    public async Task A_file_that_is_written_on_its_way_breaks_the_request_off_before_its_last_bytes(string change)
    {
        MediaFile file = MediaFile.Inspect(_folder.Sampled("a.png", "sample.png"), null);
        using var content = new FileContent(file, null);
        Change(file, change);
        var sent = new MemoryStream();

        HttpRequestException broken = await Assert.ThrowsAsync<HttpRequestException>(() => content.CopyToAsync(sent));

        Assert.IsType<MediaChangedException>(broken.GetBaseException());
        Assert.True(sent.Length < file.Length);
    }

    [Fact]
    public async Task A_server_never_gets_the_whole_of_a_file_that_was_written_on_its_way()
    {
        using var stage = new Stage();
        MediaFile file = MediaFile.Inspect(_folder.Sampled("a.png", "sample.png"), null);
        var request = new GraphRequest(GraphRequest.Messages, PaceKind.Sends, ExpectedId.Message, IsRepeatable: false, () =>
        {
            var content = new FileContent(file, null);
            Change(file, "other bytes");
            return content;
        });

        await Assert.ThrowsAsync<MediaChangedException>(() => stage.Client.SendAsync(request, CancellationToken.None));

        Assert.Empty(stage.Requests);
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

    private static void Change(MediaFile file, string change)
    {
        using (var writer = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            if (change == "other bytes")
                writer.WriteByte(0);
            else
                writer.SetLength(file.Length + (change == "longer" ? 1 : -1));
        }

        File.SetLastWriteTimeUtc(file.Path, file.Written.AddSeconds(1));
    }
}
