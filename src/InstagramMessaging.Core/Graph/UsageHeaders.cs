using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;

namespace InstagramMessaging.Core.Graph;

/// <summary>How long Graph asks a throttled caller to stay away.</summary>
/// <remarks>Source: "Rate limits", https://developers.facebook.com/docs/graph-api/overview/rate-limiting; <c>Retry-After</c> is not
/// documented there and honoured if present.</remarks>
internal static class UsageHeaders
{
    public static TimeSpan? Wait(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? wait = response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - now : null;
        if (response.Headers.TryGetValues("X-Business-Use-Case-Usage", out var values))
        {
            foreach (string value in values)
            {
                TimeSpan regain = RegainAccess(value);
                if (regain > TimeSpan.Zero && (wait is null || regain > wait))
                    wait = regain;
            }
        }

        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>The longest <c>estimated_time_to_regain_access</c>, in minutes there, of all objects named; repeated keys included.</summary>
    private static TimeSpan RegainAccess(string header)
    {
        try
        {
            using JsonDocument usage = JsonDocument.Parse(header);
            if (usage.RootElement.ValueKind != JsonValueKind.Object)
                return TimeSpan.Zero;
            double minutes = usage.RootElement.EnumerateObject()
                .Where(account => account.Value.ValueKind == JsonValueKind.Array)
                .SelectMany(account => account.Value.EnumerateArray())
                .Where(entry => entry.ValueKind == JsonValueKind.Object)
                .Select(entry => GraphError.Text(entry, "estimated_time_to_regain_access"))
                .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value) ? value : 0)
                .DefaultIfEmpty(0)
                .Max();
            return TimeSpan.FromMinutes(Math.Min(Math.Max(minutes, 0), TimeSpan.FromDays(30).TotalMinutes));
        }
        catch (JsonException)
        {
            // The header is advice; one that cannot be read advises nothing.
            return TimeSpan.Zero;
        }
    }
}
