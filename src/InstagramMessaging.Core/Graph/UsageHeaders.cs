using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;

namespace InstagramMessaging.Core.Graph;

/// <summary>What an answer's headers say about the account's limits: how much of them is used, and how long to stay away.</summary>
/// <remarks>Source: "Rate limits", https://developers.facebook.com/docs/graph-api/overview/rate-limiting; <c>Retry-After</c> is not
/// documented there and honoured if present, <c>X-Page-Usage</c> is an older one that is still seen.</remarks>
internal sealed class UsageHeaders
{
    private const string RegainAccess = "estimated_time_to_regain_access";
    private static readonly string[] Names = ["X-App-Usage", "X-Page-Usage", "X-Business-Use-Case-Usage"];
    private static readonly string[] Percentages = ["call_count", "total_time", "total_cputime"];

    /// <summary>The last value of each header and what it says: from one answer to the next they seldom change.</summary>
    private readonly Reading?[] _last = new Reading?[Names.Length];

    /// <summary>What the headers of one answer come to.</summary>
    public Usage Read(HttpResponseMessage response, DateTimeOffset now)
    {
        double percent = 0, minutes = 0;
        for (int i = 0; i < Names.Length; i++)
        {
#if NET
            if (!response.Headers.NonValidated.TryGetValues(Names[i], out System.Net.Http.Headers.HeaderStringValues values))
#else
            if (!response.Headers.TryGetValues(Names[i], out System.Collections.Generic.IEnumerable<string>? values))
#endif
                continue;
            foreach (string value in values)
            {
                Reading reading = _last[i] is { } last && last.Value == value ? last : _last[i] = Read(value);
                (percent, minutes) = (Math.Max(percent, reading.Percent), Math.Max(minutes, reading.Minutes));
            }
        }

        TimeSpan? wait = response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - now : null;
        var regain = TimeSpan.FromMinutes(Math.Min(minutes, TimeSpan.FromDays(30).TotalMinutes));
        if (regain > TimeSpan.Zero && (wait is null || regain > wait))
            wait = regain;
        return new Usage(wait > TimeSpan.Zero ? wait : null, percent > 0 ? percent : null);
    }

    private static Reading Read(string value)
    {
        try
        {
            using JsonDocument usage = JsonDocument.Parse(value);
            JsonElement root = usage.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return new Reading(value, 0, 0);
            double percent = Percent(root), minutes = 0;

            // The header by business holds an array for each object; its sample in the documentation repeats a key.
            foreach (JsonElement entry in root.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array).SelectMany(one => one.Value.EnumerateArray()))
            {
                if (entry.ValueKind != JsonValueKind.Object)
                    continue;
                percent = Math.Max(percent, Percent(entry));
                minutes = Math.Max(minutes, Number(entry, RegainAccess));
            }

            return new Reading(value, percent, minutes);
        }
        catch (JsonException)
        {
            // The header is advice; one that cannot be read advises nothing.
            return new Reading(value, 0, 0);
        }
    }

    private static double Percent(JsonElement entry) => Percentages.Max(name => Number(entry, name));

    private static double Number(JsonElement entry, string name) =>
        double.TryParse(GraphError.Text(entry, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value) ? Math.Max(value, 0) : 0;

    /// <param name="Wait">How long Graph asks to wait; null where it does not.</param>
    /// <param name="Percent">The highest percentage that any header names; null without one.</param>
    public readonly record struct Usage(TimeSpan? Wait, double? Percent);

    private sealed record Reading(string Value, double Percent, double Minutes);
}
