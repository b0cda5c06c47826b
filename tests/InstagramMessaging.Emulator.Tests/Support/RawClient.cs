using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Tests.Support;

/// <summary>A bare socket, for requests that no HTTP client would send.</summary>
public sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private NetworkStream _stream = null!;

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var raw = new RawClient();
        await raw._client.ConnectAsync(address.Host, address.Port);
        raw._stream = raw._client.GetStream();
        return raw;
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    public void EndWriting() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>All that comes until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        int received;
        while ((received = await _stream.ReadAsync(buffer, limit.Token)) > 0)
            text.Append(Encoding.Latin1.GetString(buffer, 0, received));
        return text.ToString();
    }

    /// <summary>What comes until it ends so.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, limit.Token) == 0)
                throw new InvalidOperationException($"The server closed after: {text}");
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
