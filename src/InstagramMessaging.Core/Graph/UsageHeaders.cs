using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;

namespace InstagramMessaging.Core.Graph;

/// <summary>What an answer's headers say about the account's limits: how much of them is used, and how long to stay away.</summary>
/// <remarks>Source: "Rate limits", https://developers.facebook.com/docs/graph-api/overview/rate-limiting; <c>Retry-After</c> is not
/// documented there and honoured if present, <c>X-Page-Usage</c> is an older one that is still seen.</remarks>
internal static class UsageHeaders
{
    private const string ByBusiness = "X-Business-Use-Case-Usage";
    private static readonly string[] Plain = ["X-App-Usage", "X-Page-Usage"];
    private static readonly string[] Percentages = ["call_count", "total_time", "total_cputime"];

    /// <summary>How long Graph asks to wait; null where it does not.</summary>
    public static TimeSpan? Wait(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? wait = response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - now : null;
        double minutes = Highest(response, ByBusiness, static root => Numbers(Entries(root), "estimated_time_to_regain_access"));
        TimeSpan regain = TimeSpan.FromMinutes(Math.Min(minutes, TimeSpan.FromDays(30).TotalMinutes));
        if (regain > TimeSpan.Zero && (wait is null || regain > wait))
            wait = regain;
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>The highest percentage that any header names; null without one.</summary>
    public static double? Percent(HttpResponseMessage response)
    {
        double highest = Highest(response, ByBusiness, static root => Percentages.SelectMany(name => Numbers(Entries(root), name)));
        foreach (string name in Plain)
            highest = Math.Max(highest, Highest(response, name, static root => Percentages.SelectMany(figure => Numbers([root], figure))));
        return highest > 0 ? highest : null;
    }

    private static double Highest(HttpResponseMessage response, string name, Func<JsonElement, IEnumerable<double>> figures) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values)
            ? values.Select(value => Highest(value, figures)).DefaultIfEmpty(0).Max()
            : 0;

    private static double Highest(string value, Func<JsonElement, IEnumerable<double>> figures)
    {
        try
        {
            using JsonDocument usage = JsonDocument.Parse(value);
            return usage.RootElement.ValueKind == JsonValueKind.Object ? figures(usage.RootElement).DefaultIfEmpty(0).Max() : 0;
        }
        catch (JsonException)
        {
            // The header is advice; one that cannot be read advises nothing.
            return 0;
        }
    }

    /// <summary>The entries of all business objects; repeated keys included.</summary>
    private static IEnumerable<JsonElement> Entries(JsonElement usage) => usage.EnumerateObject()
        .Where(account => account.Value.ValueKind == JsonValueKind.Array)
        .SelectMany(account => account.Value.EnumerateArray())
        .Where(entry => entry.ValueKind == JsonValueKind.Object);

    private static IEnumerable<double> Numbers(IEnumerable<JsonElement> entries, string name) => entries
        .Select(entry => GraphError.Text(entry, name))
        .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value) ? Math.Max(value, 0) : 0);
}
