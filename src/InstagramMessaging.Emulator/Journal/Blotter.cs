using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InstagramMessaging.Emulator.Journal;

/// <summary>
/// Takes secrets out of what is shown: those that are known, wherever they stand and however they are escaped; those that a request
/// carried; and, by their names and their look, others.
/// </summary>
internal sealed class Blotter
{
    internal const string Blot = "***";

    /// <summary>What is shorter is no secret, and would blot out half the text.</summary>
    private const int ShortestSecret = 8;

    private static readonly Regex Marks = new("token|secret|proof|password|authorization|cookie", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly string[] Looks = ["EAA", "IGAA", "IGQV"];

    // PolySharp has no generated expressions for netstandard2.0, and one source serves both targets.
    private static readonly Regex TokenLike = new("(?<![A-Za-z0-9])(EAA|IGAA|IGQV)[A-Za-z0-9_-]{8,}", RegexOptions.CultureInvariant);

    // Bounded: a text made of these words alone must not be read through once for each of them.
    private static readonly Regex Named = new(
        """((?:token|secret|proof|password)\w{0,64}(?:\\?["']|%22)?\s{0,64}(?:[:=]|%3A|%3D)\s{0,64})(\\?"[^"]*"?|'[^']*'?|[^"'&\s,}\]]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly List<string> _known = [];

    /// <param name="secrets">The known ones; null where there is none.</param>
    internal Blotter(params string?[] secrets)
    {
        foreach (string? secret in secrets)
            AddWays(secret, _known);
    }

    internal static bool IsSecretName(string name) => Marks.IsMatch(name);

    /// <summary>The text without secrets.</summary>
    /// <param name="carried">The credentials of the request, right or wrong.</param>
    internal string Clean(string text, IReadOnlyList<string> carried)
    {
        foreach (string secret in _known)
            text = text.Replace(secret, Blot);
        foreach (string secret in carried)
            text = text.Replace(secret, Blot);
        if (Array.Exists(Looks, text.Contains))
            text = TokenLike.Replace(text, Blot);
        return IsSecretName(text) ? Named.Replace(text, $"$1{Blot}") : text;
    }

    /// <summary>The credentials of a request in each way that they may be written.</summary>
    internal static IReadOnlyList<string> WaysOf(IEnumerable<string?> secrets)
    {
        var ways = new List<string>();
        foreach (string? secret in secrets)
            AddWays(secret, ways);
        return ways;
    }

    private static void AddWays(string? secret, List<string> ways)
    {
        if (secret is null || secret.Length < ShortestSecret)
            return;

        foreach (string way in (string[])[secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString()])
        {
            if (!ways.Contains(way))
                ways.Add(way);
        }
    }
}
