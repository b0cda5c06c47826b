using System;
using System.Collections.Generic;
using System.Linq;

namespace InstagramMessaging.Emulator.Tests.Support;

/// <summary>Breaks bytes at random, from a seed.</summary>
internal static class Wounds
{
    private const string Likely = "{}[]\",:'\\\r\n-=;%&\0 0.()/?+<>*";

    internal static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 400)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>One to four small wounds: a byte changed, taken, doubled, or the end cut off.</summary>
    internal static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> result = bytes.ToList();
        for (int wounds = random.Next(1, 5); wounds > 0 && result.Count > 0; wounds--)
        {
            int at = random.Next(result.Count);
            switch (random.Next(5))
            {
                case 0:
                    result[at] = (byte)random.Next(256);
                    break;
                case 1:
                    result[at] = (byte)Likely[random.Next(Likely.Length)];
                    break;
                case 2:
                    result.RemoveAt(at);
                    break;
                case 3:
                    result.InsertRange(at, result.GetRange(at, Math.Min(random.Next(1, 30), result.Count - at)));
                    break;
                default:
                    result.RemoveRange(at, result.Count - at);
                    break;
            }
        }

        return [.. result];
    }
}
