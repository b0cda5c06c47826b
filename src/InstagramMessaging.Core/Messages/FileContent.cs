using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Messages;

/// <summary>The bytes of a file on their way from the disk to the network, a buffer at a time.</summary>
internal sealed class FileContent : HttpContent
{
    private readonly MediaFile _file;
    private readonly UploadProgress? _progress;
    private readonly FileStream _stream;

    /// <exception cref="IOException">The file cannot be read any more, or is not the one that was looked at.</exception>
    public FileContent(MediaFile file, UploadProgress? progress)
    {
        _file = file;
        _progress = progress;
        _stream = file.Open();
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _progress?.Restart();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MediaFile.BufferSize);
        try
        {
            // Never more than the form's length says: a file that grows meanwhile would run into the next request.
            for (long left = _file.Length; left > 0;)
            {
                int read = await ReadAsync(buffer, (int)Math.Min(buffer.Length, left)).ConfigureAwait(false);
                left -= read;

                // Before the last bytes leave: without them no server takes the request.
                if (read == 0 || (left == 0 && !_file.IsUnchanged(_stream)))
                    throw new MediaChangedException($"'{Path.GetFileName(_file.Path)}' was changed while it was uploaded");
                await WriteAsync(stream, buffer, read).ConfigureAwait(false);
                _progress?.Add(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

#if NET
    private ValueTask<int> ReadAsync(byte[] buffer, int count) => _stream.ReadAsync(buffer.AsMemory(0, count));

    private static ValueTask WriteAsync(Stream to, byte[] buffer, int count) => to.WriteAsync(buffer.AsMemory(0, count));
#else
    private Task<int> ReadAsync(byte[] buffer, int count) => _stream.ReadAsync(buffer, 0, count);

    private static Task WriteAsync(Stream to, byte[] buffer, int count) => to.WriteAsync(buffer, 0, count);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }
}
