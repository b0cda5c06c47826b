using System;
using System.IO;
using System.Text;
using System.Text.Json;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Cache;

/// <summary>One line of a cache: whose attachment it is, of what, and until when.</summary>
internal sealed record AttachmentLine(string Account, string Host, MediaKey Key, KeptAttachment Attachment)
{
    private const string First = "account";

    /// <summary>The line with its end.</summary>
    public byte[] ToBytes()
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString(First, Account);
            json.WriteString("host", Host);
            json.WriteString("sha256", Key.Content);
            json.WriteString("type", MediaWords.Graph(Key.Type));
            json.WriteString("attachment_id", Attachment.Id);
            json.WriteString("made_at", Attachment.MadeAt);
            json.WriteString("expires_at", Attachment.ExpiresAt);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>Reads a line; one that is none, or was cut off, is passed over.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out AttachmentLine? line)
    {
        line = null;
        try
        {
            var json = new Utf8JsonReader(text);
            using JsonDocument document = JsonDocument.ParseValue(ref json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || Text(root, First) is not { } account || Text(root, "host") is not { } host
                || Text(root, "sha256") is not { } content || MediaWords.OfGraph(Text(root, "type")) is not { } type
                || Text(root, "attachment_id") is not { Length: > 0 } id
                || !root.TryGetProperty("made_at", out JsonElement at) || at.ValueKind != JsonValueKind.String || !at.TryGetDateTimeOffset(out DateTimeOffset madeAt))
            {
                return false;
            }

            line = new AttachmentLine(account, host, new MediaKey(content, type), new KeptAttachment(id, madeAt));
            return true;
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException)
        {
            // Not JSON, or with text in it that is no Unicode.
            return false;
        }
    }

    /// <summary>Whether the text begins as a line does, whatever a crash left of it.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.ASCII.GetBytes($"{{\"{First}\":\""));

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
