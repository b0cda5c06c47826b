using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using InstagramMessaging.Emulator.Requests;

namespace InstagramMessaging.Emulator.Journal;

/// <summary>
/// What a request said, as far as it was understood. The journal writes it anew from there: a secret whose name was read is blotted
/// out, whichever way it had been escaped.
/// </summary>
internal sealed class WrittenRequest
{
    private const string Unreadable = "(unreadable)";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal IReadOnlyList<KeyValuePair<string, string>> Query { get; set; } = [];

    internal bool QueryIsUnreadable { get; set; }

    /// <summary>The fields of a form or of a multipart body.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>>? Fields { get; set; }

    internal IReadOnlyList<UploadedFile> Files { get; set; } = [];

    /// <summary>A body that says it is JSON.</summary>
    internal byte[]? Json { get; set; }

    internal GraphValue? Parsed { get; set; }

    internal bool BodyIsUnreadable { get; set; }

    /// <summary>About how long it is, in characters.</summary>
    internal int Length => (Json?.Length ?? 0) + Query.Sum(pair => pair.Value.Length) + (Fields?.Sum(field => field.Value.Length) ?? 0);

    /// <summary>Path and query.</summary>
    internal string Target(string path)
    {
        if (QueryIsUnreadable)
            return $"{path}?{Unreadable}";
        return Query.Count == 0 ? path : $"{path}?{Pairs(Query)}";
    }

    /// <summary>The body; null where there is none. Of a form one line for each field, of a file its name, type, size and hash.</summary>
    internal string? Body()
    {
        if (Parsed is not null)
            return Text(Parsed);
        if (BodyIsUnreadable)
            return BrokenJson() ?? Unreadable;
        if (Fields is null)
            return null;

        IEnumerable<string> lines = Fields
            .Select(field => $"{field.Key}={(Blotter.IsSecretName(field.Key) ? Blotter.Blot : field.Value)}")
            .Concat(Files.Select(Describe));
        return string.Join("\n", lines);
    }

    private static string Describe(UploadedFile file) =>
        $"{file.PartName}=<{file.FileName}, {file.ContentType ?? "no type"}, {file.Size.ToString(CultureInfo.InvariantCulture)} bytes, sha256 {file.Sha256}>";

    private static string Pairs(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            text.Append(text.Length == 0 ? string.Empty : "&").Append(Uri.EscapeDataString(pair.Key)).Append('=')
                .Append(Blotter.IsSecretName(pair.Key) ? Blotter.Blot : Uri.EscapeDataString(pair.Value));
        }

        return text.ToString();
    }

    /// <summary>What is no JSON is what one wants to see; but behind an escape a name could hide.</summary>
    private string? BrokenJson()
    {
        if (Json is null || Array.IndexOf(Json, (byte)'\\') >= 0)
            return null;
        return Encoding.UTF8.GetString(Json);
    }

    private static string Text(GraphValue value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
            Write(writer, value);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, GraphValue value)
    {
        switch (value.Kind)
        {
            case GraphKind.Object:
                writer.WriteStartObject();
                foreach (KeyValuePair<string, GraphValue> member in value.Members)
                {
                    writer.WritePropertyName(member.Key);
                    if (Blotter.IsSecretName(member.Key))
                        writer.WriteStringValue(Blotter.Blot);
                    else
                        Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case GraphKind.Array:
                writer.WriteStartArray();
                foreach (GraphValue item in value.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case GraphKind.String:
                writer.WriteStringValue(value.Text);
                break;
            default:
                writer.WriteRawValue(value.Text);
                break;
        }
    }

    /// <summary>All that distinguishes one call from another, credentials apart: what chance goes by.</summary>
    internal static string Key(CallParameters parameters)
    {
        string files = string.Concat(parameters.Files.ConvertAll(file => file.Sha256));
        return Text(parameters.Root) + files;
    }
}
