using System;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InstagramMessaging.Core.Journal;

/// <summary>One line about one row: what was begun, or how it ended. Ids, codes and times; nothing that a person wrote but the key.</summary>
internal sealed class JournalLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Key { get; set; } = string.Empty;

    public IgJournalStatus Status { get; set; }

    public DateTimeOffset At { get; set; }

    public string? RecipientId { get; set; }

    public IgOperation? Operation { get; set; }

    public string? MessageId { get; set; }

    public string? AttachmentId { get; set; }

    public string? ErrorId { get; set; }

    public long? Code { get; set; }

    public long? Subcode { get; set; }

    /// <summary>The line with its end.</summary>
    public byte[] ToBytes() => Bytes(json =>
    {
        WriteText(json, "key", Key);
        json.WriteString("status", Word(Status));
        WriteText(json, "recipient", RecipientId);
        WriteText(json, "operation", Operation?.ToString());
        json.WriteString("at", At.UtcDateTime);
        WriteText(json, "messageId", MessageId);
        WriteText(json, "attachmentId", AttachmentId);
        WriteText(json, "errorId", ErrorId);
        if (Code is { } code)
            json.WriteNumber("code", code);
        if (Subcode is { } subcode)
            json.WriteNumber("subcode", subcode);
    });

    /// <summary>Writes one object and the end of its line.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> members)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>By way of bytes: the writer refuses half a surrogate pair, and a key may have one.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">Null for the empty object that ends a write.</param>
    /// <returns>False for anything that no journal has.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JournalLine? line)
    {
        line = null;
        try
        {
            var read = new JournalLine();
            int members = 0, needed = 0;
            var json = new Utf8JsonReader(utf8);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                return false;
            for (; json.Read() && json.TokenType == JsonTokenType.PropertyName; members++)
                needed += read.Take(ref json);

            // Reading on throws when anything follows the object.
            if (json.Read() || (members > 0 && needed != 3))
                return false;
            line = members > 0 ? read : null;
            return true;
        }
        catch (Exception trouble) when (trouble is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Takes one member in.</summary>
    /// <returns>1 for one of the three that every line has.</returns>
    private int Take(ref Utf8JsonReader json)
    {
        string name = json.GetString()!;
        json.Read();
        switch (name)
        {
            case "key":
                Key = json.GetString() ?? throw new FormatException();
                return 1;
            case "status":
                Status = Parse<IgJournalStatus>(json.GetString());
                return 1;
            case "at":
                At = json.GetDateTimeOffset();
                return 1;
            case "recipient":
                RecipientId = json.GetString();
                return 0;
            case "operation":
                Operation = Parse<IgOperation>(json.GetString());
                return 0;
            case "messageId":
                MessageId = json.GetString();
                return 0;
            case "attachmentId":
                AttachmentId = json.GetString();
                return 0;
            case "errorId":
                ErrorId = json.GetString();
                return 0;
            case "code":
                Code = json.GetInt64();
                return 0;
            case "subcode":
                Subcode = json.GetInt64();
                return 0;
            default:
                json.Skip();
                return 0;
        }
    }

    private static string Word(IgJournalStatus status) => status switch
    {
        IgJournalStatus.Started => "started",
        IgJournalStatus.Waiting => "waiting",
        IgJournalStatus.Sent => "sent",
        IgJournalStatus.Failed => "failed",
        IgJournalStatus.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    /// <summary>A number is a member to <c>Enum.Parse</c>, but no word of a journal.</summary>
    private static T Parse<T>(string? word)
        where T : struct =>
        word is { Length: > 0 } && char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out T value) ? value : throw new FormatException();
}
