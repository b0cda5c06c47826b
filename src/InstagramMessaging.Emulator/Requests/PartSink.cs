using System;
using System.IO;
using System.Security.Cryptography;
using InstagramMessaging.Emulator.Http;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>Where the bytes of a part go.</summary>
internal abstract class PartSink : IDisposable
{
    internal abstract void Take(byte[] bytes, int offset, int count);

    public abstract void Dispose();
}

/// <summary>A field: held in memory, far above the size of any message.</summary>
internal sealed class FieldSink : PartSink
{
    private const int Longest = 256 * 1024;

    private readonly MemoryStream _bytes = new();

    internal override void Take(byte[] bytes, int offset, int count)
    {
        if (_bytes.Length + count > Longest)
            throw new HttpFaultException(413, "a field is too long");
        _bytes.Write(bytes, offset, count);
    }

    internal string Finish(string name) => Utf8Text.Decode(_bytes.GetBuffer(), (int)_bytes.Length, name);

    public override void Dispose() => _bytes.Dispose();
}

/// <summary>A file: counted, hashed and, but for its first bytes, forgotten.</summary>
internal sealed class FileSink : PartSink
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[UploadedFile.HeadLength];
    private long _size;

    internal override void Take(byte[] bytes, int offset, int count)
    {
        if (_size < _head.Length)
            Buffer.BlockCopy(bytes, offset, _head, (int)_size, (int)Math.Min(count, _head.Length - _size));
        _hash.AppendData(bytes, offset, count);
        _size += count;
    }

    internal UploadedFile Finish(PartHeaders headers) => new(headers.Name)
    {
        FileName = headers.FileName,
        HasExtendedName = headers.HasExtendedName,
        ContentType = headers.ContentType,
        Size = _size,
        Sha256 = Hex.Of(_hash.GetHashAndReset()),
        Head = _head.AsSpan(0, (int)Math.Min(_size, _head.Length)).ToArray(),
    };

    public override void Dispose() => _hash.Dispose();
}
