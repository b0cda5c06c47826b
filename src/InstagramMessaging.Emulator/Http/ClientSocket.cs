using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Http;

/// <summary>The socket of one client, which knows by when that client must have moved.</summary>
/// <remarks>A sweep cuts the overdue ones: cheaper than a timer for each read, and the same on both target frameworks.</remarks>
internal sealed class ClientSocket(Socket socket) : IDisposable
{
    private long _deadline = long.MaxValue;
    private long _renewal;
    private bool _isWaiting;

    internal bool IsOverdue => Volatile.Read(ref _isWaiting) && Stopwatch.GetTimestamp() > Volatile.Read(ref _deadline);

    /// <summary>Gives the client so long for all that follows, or for each read that follows.</summary>
    internal void Allow(TimeSpan time, bool perRead)
    {
        long ticks = (long)(time.TotalSeconds * Stopwatch.Frequency);
        _renewal = perRead ? ticks : 0;
        Volatile.Write(ref _deadline, Stopwatch.GetTimestamp() + ticks);
    }

    internal void AllowForever()
    {
        _renewal = 0;
        Volatile.Write(ref _deadline, long.MaxValue);
    }

    /// <summary>Some bytes; 0 when the client has closed its side.</summary>
    internal async Task<int> ReadAsync(byte[] target, int offset, int count)
    {
        if (_renewal > 0)
            Volatile.Write(ref _deadline, Stopwatch.GetTimestamp() + _renewal);

        Volatile.Write(ref _isWaiting, true);
        int received = await socket.ReceiveAsync(new ArraySegment<byte>(target, offset, count), SocketFlags.None).ConfigureAwait(false);
        Volatile.Write(ref _isWaiting, false);
        return received;
    }

    internal async Task WriteAsync(byte[] bytes, int count)
    {
        Volatile.Write(ref _isWaiting, true);
        for (int sent = 0; sent < count;)
        {
            var rest = new ArraySegment<byte>(bytes, sent, count - sent);
            int taken = await socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false);
            if (taken == 0)
                throw new IOException("The client took no bytes.");
            sent += taken;
        }

        Volatile.Write(ref _isWaiting, false);
    }

    /// <summary>Tells the client that nothing more comes, while it may still send.</summary>
    internal void EndWriting() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset: the client sees a broken connection, not an end.</summary>
    internal void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();
}
