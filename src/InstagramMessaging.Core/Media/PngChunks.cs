using System;
using System.Buffers.Binary;
using System.IO;

namespace InstagramMessaging.Core.Media;

/// <summary>Tells whether a png has its end.</summary>
/// <remarks>Source: Portable Network Graphics (PNG) Specification, 5.3 "Chunk layout", 5.5 "CRC algorithm" and 5.6 "Chunk ordering",
/// https://www.w3.org/TR/png/.</remarks>
internal static class PngChunks
{
    private const int Signature = 8;

    /// <summary>Length and type before a chunk's data.</summary>
    private const int Head = 8;

    /// <summary>The check sum behind a chunk's data.</summary>
    private const int Sum = 4;

    private const int HeaderLength = 13;

    /// <summary>
    /// Whether a picture that begins as it should ends inside a chunk, or before the last one. What has no true header is left to Meta's
    /// judgement: this looks for a copy that was cut short, the commonest fault, and not for every png that is broken.
    /// </summary>
    public static bool AreCutOff(FileStream stream)
    {
        byte[] header = new byte[Head + HeaderLength + Sum];
        if (stream.ReadAt(Signature, header, header.Length) < header.Length || !IsType(header, "IHDR") || BinaryPrimitives.ReadUInt32BigEndian(header) != HeaderLength || !HasTrueSum(header))
            return false;
        byte[] head = new byte[Head];
        for (long at = Signature + header.Length; stream.ReadAt(at, head, Head) == Head;)
        {
            long next = at + Head + BinaryPrimitives.ReadUInt32BigEndian(head) + Sum;
            if (next > stream.Length)
                return true;
            if (IsType(head, "IEND"))
                return false;
            at = next;
        }

        return true;
    }

    private static bool IsType(byte[] chunk, string type) =>
        chunk[4] == type[0] && chunk[5] == type[1] && chunk[6] == type[2] && chunk[7] == type[3];

    /// <summary>Over type and data, as the specification's appendix D has it.</summary>
    private static bool HasTrueSum(byte[] chunk)
    {
        uint crc = uint.MaxValue;
        for (int i = 4; i < chunk.Length - Sum; i++)
        {
            crc ^= chunk[i];
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc == BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(chunk.Length - Sum));
    }
}
