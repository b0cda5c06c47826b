using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Http;

/// <summary>
/// A small HTTP/1.1 server on a socket. <c>HttpListener</c> cannot: it takes no port 0, needs a URL reservation on Windows, and
/// can neither reset a connection, nor cut an answer, nor stay silent.
/// </summary>
internal sealed class HttpServer : IDisposable
{
    private const int MostConnections = 2_000;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAccept = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<HttpConnection, bool> _connections = new();
    private readonly EmulatorOptions _options;
    private readonly Func<HttpRequest, Task<HttpAnswer>> _answer;
    private readonly TcpListener _listener;
    private readonly Timer _sweep;
    private volatile bool _isStopping;

    internal HttpServer(EmulatorOptions options, Func<HttpRequest, Task<HttpAnswer>> answer)
    {
        _options = options;
        _answer = answer;
        _listener = new TcpListener(options.ListenAddress, options.Port);
        _listener.Start(512);
        Address = new UriBuilder(Uri.UriSchemeHttp, Reachable(options.ListenAddress), ((IPEndPoint)_listener.LocalEndpoint).Port).Uri;
        _sweep = new Timer(_ => Sweep(), null, SweepInterval, SweepInterval);
        _ = Task.Run(AcceptAsync);
    }

    internal Uri Address { get; }

    /// <summary>An address that stands for all of the machine's is none to call: from the machine itself, loopback is.</summary>
    private static string Reachable(IPAddress address) => address switch
    {
        _ when address.Equals(IPAddress.Any) => IPAddress.Loopback.ToString(),
        _ when address.Equals(IPAddress.IPv6Any) => $"[{IPAddress.IPv6Loopback}]",
        _ => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString(),
    };

    public void Dispose()
    {
        _isStopping = true;
        _listener.Stop();
        _sweep.Dispose();
        foreach (HttpConnection connection in _connections.Keys)
            connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_isStopping)
        {
            try
            {
                Serve(await _listener.AcceptSocketAsync().ConfigureAwait(false));
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The end of the listener, a client that gave up before it was accepted, or no file handle left: the last may last.
                if (!_isStopping)
                    await Task.Delay(RetryAccept).ConfigureAwait(false);
            }
        }
    }

    private void Serve(Socket socket)
    {
        if (_connections.Count >= MostConnections)
        {
            socket.Dispose();
            return;
        }

        socket.NoDelay = true;
        var connection = new HttpConnection(socket, _options, _answer);
        _connections[connection] = true;
        if (_isStopping)
            connection.Dispose();
        _ = Task.Run(() => RunAsync(connection));
    }

    private async Task RunAsync(HttpConnection connection)
    {
        try
        {
            await connection.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out bool _);
        }
    }

    private void Sweep()
    {
        foreach (HttpConnection connection in _connections.Keys)
        {
            if (connection.IsOverdue)
                connection.Dispose();
        }
    }
}
