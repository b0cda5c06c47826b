using System;
using System.Text.Json;

namespace InstagramMessaging.Core.Journal;

/// <summary>The first line: whose journal this is.</summary>
/// <param name="Host">Where its rows went: the same account of an emulator is another one.</param>
internal sealed record JournalHeader(int Version, string Account, string Host, DateTimeOffset Created)
{
    /// <summary>The newest version that this code reads and the one that it writes.</summary>
    public const int CurrentVersion = 1;

    private const string Name = "InstagramMessaging";

    private static ReadOnlySpan<byte> Beginning => "{\"journal\":\"InstagramMessaging\""u8;

    public byte[] ToBytes() => JournalLine.Bytes(json =>
    {
        json.WriteString("journal", Name);
        json.WriteNumber("version", Version);
        JournalLine.WriteText(json, "account", Account);
        JournalLine.WriteText(json, "host", Host);
        json.WriteString("created", Created.UtcDateTime);
    });

    /// <summary>Whether a line without an end can be the beginning of a header, so that nothing but our own half-made file is begun anew.</summary>
    public static bool IsTorn(ReadOnlySpan<byte> line) => line.StartsWith(Beginning) || Beginning.StartsWith(line);

    /// <returns>Null for anything else.</returns>
    public static JournalHeader? Parse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Beginning))
            return null;
        try
        {
            using var json = JsonDocument.Parse(line.ToArray());
            JsonElement root = json.RootElement;
            return root.GetProperty("journal").GetString() == Name && root.GetProperty("version").GetInt32() is > 0 and int version
                ? new(version, root.GetProperty("account").GetString()!, root.GetProperty("host").GetString()!, root.GetProperty("created").GetDateTimeOffset())
                : null;
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException or FormatException or System.Collections.Generic.KeyNotFoundException)
        {
            return null;
        }
    }
}
