using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace InstagramMessaging.Core.Journal;

/// <summary>128 bits of a key's SHA-256: keys are people's own words of any length, and 200,000 of them have to stay small.</summary>
internal readonly struct KeyHash : IEquatable<KeyHash>
{
    private readonly ulong _high;
    private readonly ulong _low;

    private KeyHash(ReadOnlySpan<byte> hash)
    {
        _high = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _low = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
    }

    /// <summary>Of the key's UTF-8, as the file has it: half a surrogate pair is U+FFFD there.</summary>
    public static KeyHash Of(string key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(key);
#if NET
        return new(SHA256.HashData(bytes));
#else
        using var sha = SHA256.Create();
        return new(sha.ComputeHash(bytes));
#endif
    }

    public bool Equals(KeyHash other) => _high == other._high && _low == other._low;

    public override bool Equals(object? obj) => obj is KeyHash other && Equals(other);

    public override int GetHashCode() => _low.GetHashCode();
}
