using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>Reads which page is asked for, and writes where the others are. As Graph's do, the addresses hold the token.</summary>
/// <remarks>Source: "Paginated results" of the Graph API guides.</remarks>
internal sealed class PagingWriter
{
    private const int Usual = 25;
    private const int Most = 100;

    private readonly EmulatorState _state;

    /// <summary>The address of the emulator as the client knows it, and the version: the beginning of the addresses.</summary>
    private readonly string _root;

    internal PagingWriter(EmulatorState state, GraphCall call)
    {
        _state = state;
        _root = $"http://{call.Head.Header("Host") ?? "localhost"}/{call.Path.Version}";
        Shapes = new Shapes(state, this);
    }

    internal Shapes Shapes { get; }

    /// <summary>The page that parameters of the call ask for.</summary>
    internal static PageRequest Read(Param root)
    {
        string? Text(string name, EmulatorRule rule) => root[name].IsGiven ? root[name].TextOrNumber(rule) : null;
        return Read(
            Text("limit", ReadRules.LimitIsNumber), Text("after", ReadRules.CursorKnown), Text("before", ReadRules.CursorKnown), Usual);
    }

    /// <summary>The messages of a conversation as a field of it, with its own limit and cursors.</summary>
    internal void WriteEdge(Utf8JsonWriter writer, string name, ConversationView conversation, Field field)
    {
        PageRequest request = Read(field.Modifier("limit"), field.Modifier("after"), field.Modifier("before"), Conversation.DetailsKept);
        writer.WriteStartObject(name);
        WriteMessages(writer, conversation, request, field.Inner, string.Empty);
        writer.WriteEndObject();
    }

    /// <summary>The messages of a conversation: <c>data</c> and <c>paging</c>.</summary>
    /// <param name="parameters">Those that the addresses of other pages repeat, each behind an ampersand.</param>
    internal void WriteMessages(
        Utf8JsonWriter writer, ConversationView conversation, PageRequest request, IReadOnlyList<Field>? fields, string parameters)
    {
        Page<KeptMessage> page = request.Of(conversation.Newest, message => message.Place);
        Shapes.Message.WriteArray(writer, "data", page.Items, fields);
        Write(writer, page, request, $"{conversation.Id}/messages", parameters);
    }

    /// <summary>Where the other pages are; nothing where there is no item.</summary>
    internal void Write<T>(Utf8JsonWriter writer, Page<T> page, PageRequest request, string edge, string parameters)
    {
        if (page.Items.Count == 0)
            return;

        writer.WriteStartObject("paging");
        writer.WriteStartObject("cursors");
        writer.WriteString("before", Cursor(page.First));
        writer.WriteString("after", Cursor(page.Last));
        writer.WriteEndObject();
        string address = $"{_root}/{edge}?access_token={Uri.EscapeDataString(_state.AccessToken)}{parameters}"
            + $"&limit={request.Limit.ToString(CultureInfo.InvariantCulture)}";
        if (page.HasPrevious)
            writer.WriteString("previous", $"{address}&before={Cursor(page.First)}");
        if (page.HasNext)
            writer.WriteString("next", $"{address}&after={Cursor(page.Last)}");
        writer.WriteEndObject();
    }

    private static PageRequest Read(string? limit, string? after, string? before, int usual)
    {
        int number = usual;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number == 0))
            throw ReadRules.LimitIsNumber.Broken();
        if (after is not null && before is not null)
            throw ReadRules.CursorKnown.Broken("before");
        return new PageRequest(Place(after, "after"), Place(before, "before"), Math.Min(number, Most));
    }

    private static string Cursor(long place) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"place:{place.ToString("D10", CultureInfo.InvariantCulture)}")).TrimEnd('=');

    private static long? Place(string? cursor, string name)
    {
        if (cursor is null)
            return null;

        string[] parts = (FromBase64(cursor) ?? string.Empty).Split(':');
        return parts.Length == 2 && parts[0] == "place"
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long place)
            ? place
            : throw ReadRules.CursorKnown.Broken(name);
    }

    private static string? FromBase64(string text)
    {
        try
        {
            return Encoding.ASCII.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            // Not one of ours: the caller says so.
            return null;
        }
    }
}
