using System;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>
/// Chance that is the same on every runtime (splitmix64): a seed that failed somewhere fails everywhere. Each part of a world has dice
/// of its own, so that one more throw here does not change what happens there.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public Dice Fork() => new(Next());

    /// <summary>From 0, below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Share() < share;

    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    public double Between(double least, double most) => least + (Share() * (most - least));

    public TimeSpan Milliseconds(double least, double most) => TimeSpan.FromMilliseconds(Between(least, most));

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Between(0, items.Length - 1)];

    /// <summary>An index, the more often the heavier it weighs.</summary>
    public int Weighed(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        double left = Share() * sum;
        for (int i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return weights.Length - 1;
    }

    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = Between(0, i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
