using System;
using System.Globalization;
using System.Text.Json;

namespace InstagramMessaging.Core.Graph;

/// <summary>Graph's error object.</summary>
/// <remarks>Source: "Handle errors", https://developers.facebook.com/docs/graph-api/guides/error-handling.</remarks>
internal sealed record GraphError(long Code, long? Subcode, string? Type, string Message, bool IsTransient, string? FbTraceId)
{
    /// <summary>Reads the error of an answer: <c>{"error":{…}}</c>, or the flat shape of the OAuth endpoints.</summary>
    /// <returns>Null when the answer has no error object with a code.</returns>
    public static GraphError? Read(JsonElement answer, Func<string, string> redact)
    {
        if (answer.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
        {
            return Number(error, "code") is { } code
                ? new GraphError(
                    code,
                    Number(error, "error_subcode"),
                    Text(error, "type"),
                    redact(Text(error, "message") ?? Text(error, "error_user_msg") ?? "no message"),
                    error.TryGetProperty("is_transient", out JsonElement transient) && transient.ValueKind == JsonValueKind.True,
                    Text(error, "fbtrace_id") is { } trace ? redact(trace) : null)
                : null;
        }

        return answer.TryGetProperty("error_message", out _) && Number(answer, "code") is { } flat
            ? new GraphError(flat, null, Text(answer, "error_type"), redact(Text(answer, "error_message") ?? string.Empty), false, null)
            : null;
    }

    /// <summary>A string or number member as text; ids arrive as either.</summary>
    public static string? Text(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;

    private static long? Number(JsonElement parent, string name) =>
        long.TryParse(Text(parent, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
