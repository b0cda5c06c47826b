using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>Answers every request with bytes that no well-behaved server sends; what it got is not looked at but for its length.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<byte[], byte[]> _answer;
    private readonly bool _closes;
    private int _requests;
    private int _answers;

    /// <param name="closes">Ends the connection after the answer; otherwise it stays open in silence.</param>
    public RawServer(byte[] answer, bool closes = true)
        : this(_ => answer, closes)
    {
    }

    public RawServer(string answer, bool closes = true)
        : this(Encoding.UTF8.GetBytes(answer), closes)
    {
    }

    /// <param name="answer">Makes the answer of the request's head and body.</param>
    public RawServer(Func<byte[], byte[]> answer, bool closes = true)
    {
        _answer = answer;
        _closes = closes;
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri BaseUri { get; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Answers that were handed to the network.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public static byte[] Answer(string headers, byte[] body) =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                byte[] request = await ReadAsync(stream, stop);
                Interlocked.Increment(ref _requests);
                await stream.WriteAsync(_answer(request), stop);
                Interlocked.Increment(ref _answers);
                if (!_closes)
                    await Task.Delay(Timeout.Infinite, stop);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        using var request = new MemoryStream();
        byte[] buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, stop)) > 0)
        {
            request.Write(buffer, 0, count);
            if (IsWhole(Encoding.Latin1.GetString(request.ToArray())))
                break;
        }

        return request.ToArray();
    }

    /// <summary>A request that does not begin like HTTP (TLS, for one) counts as whole.</summary>
    private static bool IsWhole(string text)
    {
        const string Length = "Content-Length: ";
        if (!text.StartsWith('P'))
            return true;
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal), length = text.IndexOf(Length, StringComparison.Ordinal);
        if (end < 0 || length < 0)
            return false;
        int start = length + Length.Length;
        int body = int.Parse(text[start..text.IndexOf('\r', start)], CultureInfo.InvariantCulture);
        return text.Length >= end + 4 + body;
    }
}
