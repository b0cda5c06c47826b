using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>What a client measured of one run, in its own process.</summary>
/// <param name="Sent">Messages that it calls sent.</param>
/// <param name="Seconds">From the first row to the last result.</param>
/// <param name="CpuMilliseconds">Used by its process meanwhile.</param>
/// <param name="PeakBytes">The most memory that its process ever held.</param>
/// <param name="Trouble">The first error, if any.</param>
internal sealed record RunFigures(int Sent, double Seconds, double CpuMilliseconds, long PeakBytes, string? Trouble)
{
    // PowerShell writes other things to its standard output, too.
    private const string Mark = "figures:";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [JsonIgnore]
    public double Rate => Sent / Seconds;

    [JsonIgnore]
    public double CpuPerSend => CpuMilliseconds / Sent;

    /// <summary>The line that a client writes; <c>Client.ps1</c> writes the same.</summary>
    public string ToLine() => Mark + JsonSerializer.Serialize(this, Web);

    /// <summary>The figures of such a line; null for any other.</summary>
    public static RunFigures? OfLine(string line)
    {
        int mark = line.IndexOf(Mark, StringComparison.Ordinal);
        return mark < 0 ? null : JsonSerializer.Deserialize<RunFigures>(line.AsSpan(mark + Mark.Length), Web);
    }
}
