using System;
using System.Security.Cryptography;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class UploadTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly Api _api = new();

    [Theory]
    [InlineData("image", "image/png", "\x89PNG\r\n\x1a\n")]
    [InlineData("image", "image/jpeg", "\xff\xd8\xff\xe0")]
    [InlineData("image", "image/gif", "GIF89a")]
    [InlineData("audio", "audio/aac", "\xff\xf1")]
    [InlineData("audio", "audio/mp4", "\0\0\0\x20" + "ftypM4A ")]
    [InlineData("audio", "audio/x-m4a", "\0\0\0\x20" + "ftypM4A ")]
    [InlineData("audio", "audio/wav", "RIFF\0\0\0\0WAVE")]
    [InlineData("video", "video/mp4", "\0\0\0\x20" + "ftypisom")]
    [InlineData("video", "video/ogg", "OggS")]
    [InlineData("video", "video/x-msvideo", "RIFF\0\0\0\0AVI ")]
    [InlineData("video", "video/quicktime", "\0\0\0\x14" + "ftypqt  ")]
    [InlineData("video", "video/quicktime", "\0\0\0\x08wide")]
    [InlineData("video", "video/webm", "\x1a\x45\xdf\xa3")]
    [InlineData("file", "application/pdf", "%PDF-1.7")]
    public async Task Each_documented_format_can_be_uploaded_and_sent_directly(string type, string contentType, string signature)
    {
        byte[] bytes = Multipart.Start(signature);

        Answer upload = await _api.PostAsync(_api.UploadsPath, Multipart.Upload(type).File(bytes, contentType).End());
        Answer direct = await _api.PostAsync(_api.MessagesPath, Multipart.Send(type).File(bytes, contentType).End());

        Assert.Equal(["attachment_id"], upload.Members);
        Assert.Equal(["recipient_id", "message_id", "attachment_id"], direct.Members);
        IgEmulatorMessage kept = Assert.Single(_api.Emulator.Messages());
        Assert.Equal((type, direct.Text("attachment_id"), Hash(bytes)), (kept.Kind, kept.AttachmentId, kept.Sha256));
    }

    [Theory]
    [InlineData("image", "image/png", "\x89PNG\r\n\x1a\n", 8)]
    [InlineData("file", "application/pdf", "%PDF-", 25)]
    public async Task A_file_at_the_limit_arrives_byte_for_byte(string type, string contentType, string signature, int megabytes)
    {
        byte[] bytes = Multipart.Start(signature, megabytes * Megabyte);
        new Random(7).NextBytes(bytes.AsSpan(16));

        Answer answer = await _api.PostAsync(_api.UploadsPath, Multipart.Upload(type).File(bytes, contentType, "large one").End());

        EmulatorUpload upload = Assert.Single(_api.Emulator.Attachments()).Upload!;
        Assert.Equal(200, answer.Status);
        Assert.Equal((bytes.Length, Hash(bytes)), (upload.Size, upload.Sha256));
        Assert.Equal((contentType, "large one"), (upload.ContentType, upload.FileName));
    }

    [Fact]
    public async Task A_delimiter_split_over_reads_is_found()
    {
        byte[] file = Multipart.Start("\x89PNG\r\n\x1a\n\r\n--\r\n----test");
        byte[] body = await Multipart.Upload("image").File(file, "image/png").End().ReadAsByteArrayAsync();
        using RawClient raw = await RawClient.ConnectAsync(_api.Emulator.BaseUri);
        await raw.WriteAsync($"POST {_api.UploadsPath}?access_token={_api.Emulator.AccessToken} HTTP/1.1\r\n"
            + "Host: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=\"----testBoundary7MA4YWxk\"\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n");

        foreach (byte one in body)
            await raw.WriteAsync([(byte)'1', (byte)'\r', (byte)'\n', one, (byte)'\r', (byte)'\n']);
        await raw.WriteAsync("0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", await raw.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(64, _api.Emulator.Attachments()[0].Upload!.Size);
    }

    public void Dispose() => _api.Dispose();

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();
}
