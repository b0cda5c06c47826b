using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Tests.Support;

/// <summary>Sends requests that may be broken, over one connection for as long as it lives, and reads one answer for each.</summary>
public sealed class FuzzClient(Uri address) : IDisposable
{
    private const string LengthMark = "\r\nContent-Length: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly byte[] _buffer = new byte[256 * 1024];
    private TcpClient? _client;

    /// <summary>The answer, or nothing where the connection was closed instead.</summary>
    /// <exception cref="TimeoutException">Neither came in time.</exception>
    public async Task<string> AskAsync(byte[] request, bool isLast)
    {
        _client ??= await ConnectAsync();
        try
        {
            NetworkStream stream = _client.GetStream();
            await stream.WriteAsync(request);
            if (isLast)
                _client.Client.Shutdown(SocketShutdown.Send);
            return await ReadAsync(stream, isLast);
        }
        catch (IOException)
        {
            // Closed with bytes of ours unread.
            Close();
            return string.Empty;
        }
    }

    public void Dispose() => Close();

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        return client;
    }

    private async Task<string> ReadAsync(NetworkStream stream, bool toTheEnd)
    {
        int count = 0;
        while (true)
        {
            int received = await stream.ReadAsync(_buffer.AsMemory(count)).AsTask().WaitAsync(Patience);
            count += received;
            string answer = Encoding.Latin1.GetString(_buffer, 0, count);
            if (received == 0)
            {
                Close();
                return answer;
            }

            if (!toTheEnd && IsWhole(answer, out bool closes))
            {
                if (closes)
                    Close();
                return answer;
            }
        }
    }

    private static bool IsWhole(string answer, out bool closes)
    {
        int head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        closes = head >= 0 && answer.AsSpan(0, head).Contains("\r\nConnection: close", StringComparison.Ordinal);
        int length = answer.IndexOf(LengthMark, StringComparison.Ordinal);
        if (head < 0 || length < 0)
            return false;

        length += LengthMark.Length;
        int end = answer.IndexOf('\r', length);
        return answer.Length - head - 4 >= int.Parse(answer.AsSpan(length, end - length), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }
}
