using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Graph;

/// <summary>The bytes of an answer, in memory that goes back to the pool.</summary>
internal sealed class AnswerBody : IDisposable
{
    /// <summary>What is longer than any answer of Graph's is not read to its end.</summary>
    private const int Longest = 1 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _count;

    /// <summary>What was read, without a byte order mark: the JSON reader takes one for an error.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            Memory<byte> all = _buffer.AsMemory(0, _count);
            return all.Span.StartsWith(ByteOrderMark) ? all.Slice(ByteOrderMark.Length) : all;
        }
    }

    /// <summary>Reads the answer under the attempt's timeout.</summary>
    /// <exception cref="IOException">The connection broke, or the body is not what its head says.</exception>
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    public async Task ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
#if NET
        using Stream source = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
#else
        using Stream source = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);

        // A read that ignores its token, as on .NET Framework, ends when its stream is closed.
        using CancellationTokenRegistration registration = cancel.Register(static stream => ((Stream)stream!).Dispose(), source);
#endif
        int read;
        while (_count <= Longest && (read = await NextAsync(source, cancel).ConfigureAwait(false)) > 0)
        {
            _count += read;
            if (_count == _buffer.Length)
                Grow();
        }

        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _count = 0;
    }

#if NET
    private ValueTask<int> NextAsync(Stream source, CancellationToken cancel) => source.ReadAsync(_buffer.AsMemory(_count), cancel);
#else
    private Task<int> NextAsync(Stream source, CancellationToken cancel) => source.ReadAsync(_buffer, _count, _buffer.Length - _count, cancel);
#endif

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Array.Copy(_buffer, larger, _count);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
