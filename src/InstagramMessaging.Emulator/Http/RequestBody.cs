using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Http;

/// <summary>A request's body, with a length or in chunks; read once, never held whole.</summary>
internal sealed class RequestBody
{
    /// <summary>More than any file that Instagram takes; a larger body is refused unread.</summary>
    internal const long Longest = 64L * 1024 * 1024;

    private readonly SocketReader _reader;
    private readonly bool _isChunked;
    private Func<Task>? _sayContinue;
    private long _left;
    private long _total;
    private bool _ended;

    private RequestBody(SocketReader reader, bool isChunked, long length, Func<Task>? sayContinue)
    {
        _reader = reader;
        _isChunked = isChunked;
        _left = length;
        _ended = !isChunked && length == 0;
        _sayContinue = sayContinue;
    }

    /// <summary>Whether the head announced a body of at least one byte, or one in chunks.</summary>
    internal bool IsPresent { get; private init; }

    /// <param name="sayContinue">Sends <c>100 Continue</c>; called when the body is first read, if the client waits for it.</param>
    internal static RequestBody Of(RequestHead head, SocketReader reader, Func<Task> sayContinue)
    {
        string? coding = head.Header("Transfer-Encoding");
        string? length = head.Header("Content-Length");
        if (head.Header("Expect") is not null && !head.ExpectsContinue)
            throw new HttpFaultException(417, "an expectation other than 100-continue");
        if (coding is not null && (length is not null || !head.IsHttp11))
            throw new HttpFaultException(400, "a chunked body has no length, and HTTP/1.0 has no chunks");
        if (coding is not null && !string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase))
            throw new HttpFaultException(501, "a transfer coding other than chunked");

        long bytes = 0;
        if (length is not null && !long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out bytes))
            throw new HttpFaultException(400, "the length is not a number");
        if (bytes > Longest)
            throw new HttpFaultException(413, "the body is too long");

        bool present = coding is not null || bytes > 0;
        Func<Task>? say = head.ExpectsContinue && present ? sayContinue : null;
        return new RequestBody(reader, coding is not null, bytes, say) { IsPresent = present };
    }

    /// <summary>Some bytes; 0 at the end of the body.</summary>
    internal async Task<int> ReadAsync(byte[] target, int offset, int count)
    {
        if (_sayContinue is not null)
        {
            Func<Task> say = _sayContinue;
            _sayContinue = null;
            await say().ConfigureAwait(false);
        }

        if (_isChunked && _left == 0 && !_ended)
            await BeginChunkAsync().ConfigureAwait(false);
        if (_ended)
            return 0;

        int received = await _reader.ReadAsync(target, offset, (int)Math.Min(count, _left)).ConfigureAwait(false);
        if (received == 0)
            throw new HttpFaultException(400, "the body ended early");

        _left -= received;
        if (_left == 0)
            await EndRunAsync().ConfigureAwait(false);
        return received;
    }

    /// <summary>The whole body, when it has no more than so many bytes.</summary>
    internal async Task<byte[]> ReadAllAsync(int most)
    {
        using var whole = new MemoryStream();
        byte[] buffer = new byte[4096];
        int received;
        while ((received = await ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0)
        {
            if (whole.Length + received > most)
                throw new HttpFaultException(413, "the body is too long for its content type");
            whole.Write(buffer, 0, received);
        }

        return whole.ToArray();
    }

    /// <summary>Reads what nobody wanted, so that the next request begins where it should.</summary>
    internal async Task DrainAsync()
    {
        if (_ended)
            return;

        byte[] buffer = new byte[8192];
        while (await ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false) > 0)
        {
        }
    }

    private async Task BeginChunkAsync()
    {
        string line = await _reader.ReadLineAsync().ConfigureAwait(false);
        int extension = line.IndexOf(';');
        string size = (extension < 0 ? line : line.Substring(0, extension)).TrimEnd(' ', '\t');
        if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int bytes) || bytes < 0)
            throw new HttpFaultException(400, "not the size of a chunk");

        _total += bytes;
        if (_total > Longest)
            throw new HttpFaultException(413, "the body is too long");

        _left = bytes;
        if (bytes > 0)
            return;

        _ended = true;
        for (int trailers = 0; (await _reader.ReadLineAsync().ConfigureAwait(false)).Length > 0; trailers++)
        {
            if (trailers == 20)
                throw new HttpFaultException(431, "too many trailers");
        }
    }

    private async Task EndRunAsync()
    {
        if (!_isChunked)
            _ended = true;
        else if ((await _reader.ReadLineAsync().ConfigureAwait(false)).Length > 0)
            throw new HttpFaultException(400, "a chunk is longer than its size");
    }
}
