using System;
using System.Net;
using System.Net.Sockets;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>A port on which nobody listens. It stays bound until it is disposed, so that no other test's server can be given it meanwhile.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        BaseUri = new Uri($"http://127.0.0.1:{Number}");
    }

    public int Number { get; }

    public Uri BaseUri { get; }

    public void Dispose() => _socket.Dispose();
}
