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
                    Redacted(error, "type"),
                    Redacted(error, "message") ?? Redacted(error, "error_user_msg") ?? "no message",
                    error.TryGetProperty("is_transient", out JsonElement transient) && transient.ValueKind == JsonValueKind.True,
                    Redacted(error, "fbtrace_id"))
                : null;
        }

        return answer.TryGetProperty("error_message", out _) && Number(answer, "code") is { } flat
            ? new GraphError(flat, null, Redacted(answer, "error_type"), Redacted(answer, "error_message") ?? "no message", false, null)
            : null;

        string? Redacted(JsonElement parent, string name) => Text(parent, name) is { } text ? redact(text) : null;
    }

    /// <summary>A string or number member as text; ids arrive as either. Null also for a string that is no valid Unicode.</summary>
    public static string? Text(JsonElement parent, string name)
    {
        try
        {
            if (!parent.TryGetProperty(name, out JsonElement value))
                return null;
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes of another encoding: nothing can be read from it, and the others still count.
            return null;
        }
    }

    private static long? Number(JsonElement parent, string name) =>
        long.TryParse(Text(parent, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
