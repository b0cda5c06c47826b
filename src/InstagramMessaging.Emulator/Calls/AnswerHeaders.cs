using System;
using System.Collections.Generic;
using System.Globalization;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>The headers that Graph puts on each answer.</summary>
/// <remarks>Sources: "Batch requests" and "Rate limits" of the Graph API guides.</remarks>
internal static class AnswerHeaders
{
    /// <summary>Usage is told after so many calls only.</summary>
    private const int CallsBeforeUsage = 20;

    internal static List<KeyValuePair<string, string>> Of(string version, string traceId) =>
    [
        new("facebook-api-version", version),
        new("X-FB-Debug", $"{traceId}=="),
        new("x-fb-rev", "1030000000"),
        new("X-FB-Trace-ID", traceId),
        new("Cache-Control", "private, no-cache, no-store, must-revalidate"),
    ];

    internal static void AddUsage(List<KeyValuePair<string, string>> headers, EmulatorState state, Usage usage)
    {
        if (state.ShowsUsage && (usage.Calls >= CallsBeforeUsage || !usage.IsAllowed))
            Add(headers, state, usage.Percent, usage.Wait);
    }

    /// <summary>Percentages, and the wait in whole minutes.</summary>
    internal static void Add(List<KeyValuePair<string, string>> headers, EmulatorState state, int percent, TimeSpan wait)
    {
        int minutes = wait < TimeSpan.FromMinutes(1) ? 0 : (int)Math.Ceiling(wait.TotalMinutes);
        string figures = string.Format(
            CultureInfo.InvariantCulture, "\"call_count\":{0},\"total_cputime\":{1},\"total_time\":{1}", percent, percent / 4);
        headers.Add(new("x-app-usage", $"{{{figures}}}"));
        headers.Add(new(
            "x-business-use-case-usage",
            $"{{\"{state.Account}\":[{{\"type\":\"messenger\",{figures},\"estimated_time_to_regain_access\":{minutes}}}]}}"));
    }
}
