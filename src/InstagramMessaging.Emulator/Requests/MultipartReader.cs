using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>Reads multipart/form-data as it arrives. Fields are held, up to a limit; files only pass through.</summary>
internal sealed class MultipartReader
{
    private const int BufferSize = 64 * 1024;
    private const int LongestBoundary = 70;
    private const int LongestHeaders = 4 * 1024;
    private const int MostParts = 32;

    private readonly RequestBody _body;
    private readonly byte[] _delimiter;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    private MultipartReader(RequestBody body, string boundary)
    {
        _body = body;
        _delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);

        // As if a line had just ended: the first delimiter is then like all others.
        _buffer[0] = (byte)'\r';
        _buffer[1] = (byte)'\n';
        _end = 2;
    }

    internal List<KeyValuePair<string, string>> Fields { get; } = [];

    internal List<UploadedFile> Files { get; } = [];

    internal static async Task<MultipartReader> ReadAsync(RequestBody body, string contentType)
    {
        string? boundary = MediaTypeText.Parameter(contentType, "boundary");
        if (boundary is null || boundary.Length is 0 or > LongestBoundary)
            throw BodyRules.MultipartWellFormed.Broken("no boundary");

        var reader = new MultipartReader(body, boundary);
        await reader.ReadPartsAsync().ConfigureAwait(false);
        return reader;
    }

    private async Task ReadPartsAsync()
    {
        using (var preamble = new FieldSink())
            await CopyPartAsync(preamble).ConfigureAwait(false);

        for (int parts = 0; await BeginsPartAsync().ConfigureAwait(false); parts++)
        {
            if (parts == MostParts)
                throw BodyRules.MultipartWellFormed.Broken("too many parts");

            PartHeaders headers = PartHeaders.Parse(await ReadHeadersAsync().ConfigureAwait(false));
            using PartSink sink = headers.IsFile ? new FileSink() : new FieldSink();
            await CopyPartAsync(sink).ConfigureAwait(false);
            if (sink is FileSink file)
                Files.Add(file.Finish(headers));
            else
                Fields.Add(new KeyValuePair<string, string>(headers.Name, ((FieldSink)sink).Finish(headers.Name)));
        }
    }

    /// <summary>Behind a delimiter stands a line's end when a part follows, or two dashes at the end of all.</summary>
    private async Task<bool> BeginsPartAsync()
    {
        await NeedAsync(2).ConfigureAwait(false);
        char first = (char)_buffer[_start];
        char second = (char)_buffer[_start + 1];
        if (first == '-' && second == '-')
            return false;
        if (first != '\r' || second != '\n')
            throw BodyRules.MultipartWellFormed.Broken("a boundary is not alone on its line");

        // Kept as the beginning of the headers, so that a part without any also ends in an empty line.
        return true;
    }

    private async Task<byte[]> ReadHeadersAsync()
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (length is >= 0 and <= LongestHeaders)
            {
                byte[] headers = _buffer.AsSpan(_start, length).ToArray();
                _start += length + 4;
                return headers;
            }

            if (length > LongestHeaders || _end - _start > LongestHeaders + 4)
                throw BodyRules.MultipartWellFormed.Broken("a part's headers are too long");
            await NeedAsync(_end - _start + 1).ConfigureAwait(false);
        }
    }

    /// <summary>Gives all up to the next delimiter to the sink, and steps over the delimiter.</summary>
    private async Task CopyPartAsync(PartSink sink)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf(_delimiter);
            if (length >= 0)
            {
                sink.Take(_buffer, _start, length);
                _start += length + _delimiter.Length;
                return;
            }

            // What may be the beginning of a delimiter stays.
            int certain = Math.Max(0, _end - _start - _delimiter.Length + 1);
            sink.Take(_buffer, _start, certain);
            _start += certain;
            await NeedAsync(_end - _start + 1).ConfigureAwait(false);
        }
    }

    private async Task NeedAsync(int count)
    {
        if (_start + count > BufferSize || _start == _end || BufferSize - _end < 1024)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < count)
        {
            int received = await _body.ReadAsync(_buffer, _end, BufferSize - _end).ConfigureAwait(false);
            if (received == 0)
                throw BodyRules.MultipartWellFormed.Broken("it ended early");
            _end += received;
        }
    }
}
