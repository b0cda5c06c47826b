using System.Globalization;
using System.Text;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>What happened in a world, as a hash, and in words where somebody wants to read it.</summary>
/// <param name="isTold">Whether to keep the words: they cost more than the world.</param>
internal sealed class SimTrace(SimClock clock, bool isTold)
{
    private readonly StringBuilder? _words = isTold ? new StringBuilder() : null;

    public ulong Hash { get; private set; } = 14695981039346656037;

    public string Words => _words?.ToString() ?? string.Empty;

    /// <param name="row">Its number; -1 for none.</param>
    /// <param name="what">A constant or an enum's word.</param>
    public void Add(string what, int row = -1, string detail = "")
    {
        clock.Look();
        Mix((ulong)clock.Now.Ticks);
        Mix((ulong)row);
        foreach (char letter in what)
            Mix(letter);
        foreach (char letter in detail)
            Mix(letter);
        _words?.Append(CultureInfo.InvariantCulture, $"{clock.Now.TotalSeconds,12:0.000000}  {(row < 0 ? string.Empty : "row " + row),-7} {what} {detail}\n");
    }

    /// <summary>FNV-1a, a word at a time.</summary>
    private void Mix(ulong value) => Hash = (Hash ^ value) * 1099511628211;
}
