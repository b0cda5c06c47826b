using System;
using System.Text;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Http;

/// <summary>Reads heads, lines and bytes from a connection, keeping what was received too early for the next of them.</summary>
internal sealed class SocketReader(ClientSocket client)
{
    /// <summary>Room for a message of 1,000 bytes in the query, escaped, and more.</summary>
    internal const int LongestHead = 64 * 1024;

    private const int FirstBuffer = 4 * 1024;
    private const int LongestLine = 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;

    internal bool HasBytes => _end > _start;

    /// <summary>Waits for a request to begin; false when the client closed instead.</summary>
    internal async Task<bool> WaitAsync() => HasBytes || await FillAsync().ConfigureAwait(false) > 0;

    internal async Task<RequestHead> ReadHeadAsync()
    {
        int searched = 0;
        while (true)
        {
            int length = IndexOfHeadEnd(searched);
            if (length > LongestHead || (length < 0 && _end - _start > LongestHead))
                throw new HttpFaultException(431, "the head is too long");
            if (length >= 0)
            {
                RequestHead head = RequestHead.Parse(_buffer, _start, length);
                _start += length + 4;
                return head;
            }

            searched = Math.Max(0, _end - _start - 3);
            if (await FillAsync().ConfigureAwait(false) == 0)
                throw new HttpFaultException(400, "the head ended early");
        }
    }

    /// <summary>A line without its CRLF: the size lines and trailers of a chunked body.</summary>
    internal async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        bool afterReturn = false;
        while (true)
        {
            if (!HasBytes && await FillAsync().ConfigureAwait(false) == 0)
                throw new HttpFaultException(400, "the body ended early");

            char c = (char)_buffer[_start++];
            if (afterReturn && c == '\n')
                return line.ToString();
            if (afterReturn || c == '\n' || line.Length == LongestLine)
                throw new HttpFaultException(400, "not a line of a chunked body");
            if (c == '\r')
                afterReturn = true;
            else
                line.Append(c);
        }
    }

    internal async Task<int> ReadAsync(byte[] target, int offset, int count)
    {
        if (!HasBytes)
            return await client.ReadAsync(target, offset, count).ConfigureAwait(false);

        int taken = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_buffer, _start, target, offset, taken);
        _start += taken;
        return taken;
    }

    /// <summary>Reads and forgets until the client closes.</summary>
    internal async Task DiscardAsync()
    {
        _start = _end = 0;
        while (await client.ReadAsync(_buffer, 0, _buffer.Length).ConfigureAwait(false) > 0)
        {
        }
    }

    private async Task<int> FillAsync()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_end == _buffer.Length)
            MakeRoom();

        int received = await client.ReadAsync(_buffer, _end, _buffer.Length - _end).ConfigureAwait(false);
        _end += received;
        return received;
    }

    private void MakeRoom()
    {
        byte[] target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        _buffer = target;
        _end -= _start;
        _start = 0;
    }

    private int IndexOfHeadEnd(int from)
    {
        ReadOnlySpan<byte> received = _buffer.AsSpan(_start + from, _end - _start - from);
        int index = received.IndexOf("\r\n\r\n"u8);
        return index < 0 ? -1 : index + from;
    }
}
