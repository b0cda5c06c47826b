using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using InstagramMessaging.Emulator.Faults;

namespace InstagramMessaging.Emulator.State;

/// <summary>What chance chose for a call.</summary>
/// <param name="Fault">Null for none.</param>
/// <param name="Lateness">0 to 1 of the jitter.</param>
internal readonly record struct ChaosDraw(MagicFault? Fault, double Lateness);

/// <summary>
/// Chance with a seed. What it chooses depends on the seed, on what the call says, and on how often that very call came before, not on
/// the order in which calls come: a night in which many rows go side by side can so be played again exactly.
/// </summary>
/// <param name="kept">How many different calls are remembered.</param>
internal sealed class Chaos(int seed, double faultRate, TimeSpan jitter, int kept)
{
    private readonly object _gate = new();
    private readonly Dictionary<ulong, int> _calls = [];
    private readonly Ring<ulong> _order = new(kept);

    internal bool IsOn { get; } = faultRate > 0 || jitter > TimeSpan.Zero;

    internal static int AnySeed()
    {
        byte[] random = new byte[4];
        using var source = RandomNumberGenerator.Create();
        source.GetBytes(random);
        return BitConverter.ToInt32(random, 0) & int.MaxValue;
    }

    /// <param name="call">All that distinguishes the call from others.</param>
    internal ChaosDraw Draw(string call)
    {
        ulong key = Mix(Hash(call) ^ (uint)seed);
        ulong chance = Mix(key + (ulong)Count(key));
        double lateness = Share(Mix(chance + 1));
        if (Share(chance) >= faultRate)
            return new ChaosDraw(null, lateness);

        IReadOnlyList<MagicFault> faults = ChaosFaults.All;
        return new ChaosDraw(faults[(int)(Share(Mix(chance + 2)) * faults.Count)], lateness);
    }

    /// <summary>How often the call came before.</summary>
    private int Count(ulong key)
    {
        lock (_gate)
        {
            bool isKnown = _calls.TryGetValue(key, out int before);
            _calls[key] = before + 1;
            if (!isKnown && _order.Add(key, out ulong gone))
                _calls.Remove(gone);
            return before;
        }
    }

    // FNV-1a, then the finish of SplitMix64: the same on every machine and runtime, which String.GetHashCode is not.
    private static ulong Hash(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char c in text)
            hash = unchecked((hash ^ c) * 1_099_511_628_211);
        return hash;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    private static double Share(ulong value) => (value >> 11) * (1.0 / (1UL << 53));
}
