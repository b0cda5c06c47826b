using System;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

/// <summary>Alone, because it counts what the whole process allocates.</summary>
[CollectionDefinition(nameof(UploadMemoryTests), DisableParallelization = true)]
[Collection(nameof(UploadMemoryTests))]
public sealed class UploadMemoryTests
{
    private const int Megabyte = 1024 * 1024;

    private const string Beginning = "--b\r\nContent-Disposition: form-data; name=\"platform\"\r\n\r\ninstagram\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n"
        + "{\"attachment\":{\"type\":\"file\",\"payload\":{}}}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n";

    private const string End = "\r\n--b--\r\n";

    [Fact]
    public async Task An_upload_of_25_MB_is_streamed_and_never_held()
    {
        using var api = new Api();
        using RawClient raw = await RawClient.ConnectAsync(api.Emulator.BaseUri);
        byte[] chunk = Multipart.Start("%PDF-", Megabyte);
        int length = Beginning.Length + (25 * Megabyte) + End.Length;
        await raw.WriteAsync($"POST {api.UploadsPath}?access_token={api.Emulator.AccessToken} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n\r\n{Beginning}");

        long before = GC.GetTotalAllocatedBytes();
        for (int i = 0; i < 25; i++)
            await raw.WriteAsync(chunk);
        await raw.WriteAsync(End);
        string answer = await raw.ReadToEndAsync();
        long allocated = GC.GetTotalAllocatedBytes() - before;

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Equal(25 * Megabyte, Assert.Single(api.Emulator.Attachments()).Upload!.Size);
        Assert.InRange(allocated, 0, 8 * Megabyte);
    }
}
