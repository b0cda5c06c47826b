using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>The parts of a message that are more than a word.</summary>
internal static class MessageParts
{
    /// <summary>Where Graph would keep what was uploaded.</summary>
    private const string Store = "https://lookaside.example.com/ig_messaging_cdn/";

    internal static void WriteAttachments(Utf8JsonWriter writer, KeptMessage message, Field field)
    {
        if (message.Media.Count == 0)
            return;

        writer.WriteStartObject(field.Name);
        writer.WriteStartArray("data");
        for (int i = 0; i < message.Media.Count; i++)
            WriteMedia(writer, message, i);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static void WriteShares(Utf8JsonWriter writer, KeptMessage message, Field field)
    {
        if (message.Message.Kind != "post")
            return;

        writer.WriteStartObject(field.Name);
        writer.WriteStartArray("data");
        writer.WriteStartObject();
        writer.WriteString("link", Store + message.Message.Content);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static void WriteReplyTo(Utf8JsonWriter writer, KeptMessage message, Field field)
    {
        if (message.Message.ReplyTo is not { } target)
            return;

        writer.WriteStartObject(field.Name);
        writer.WriteString("mid", target);
        writer.WriteBoolean("is_self_reply", message.IsSelfReply);
        writer.WriteEndObject();
    }

    internal static void WriteReactions(Utf8JsonWriter writer, KeptMessage message, Party own, Party other)
    {
        (string Word, Party Who)[] reactions = new[] { (message.OwnReaction, own), (message.CustomerReaction, other) }
            .Where(one => one.Item1 is not null)
            .Select(one => (one.Item1!, one.Item2))
            .ToArray();
        if (reactions.Length == 0)
            return;

        writer.WriteStartObject("reactions");
        writer.WriteStartArray("data");
        foreach (IGrouping<string, (string Word, Party Who)> reaction in reactions.GroupBy(one => one.Word))
            WriteReaction(writer, reaction.Key, reaction.Select(one => one.Who));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteReaction(Utf8JsonWriter writer, string word, IEnumerable<Party> parties)
    {
        writer.WriteStartObject();
        writer.WriteString("reaction", word);
        writer.WriteStartArray("users");
        foreach (Party party in parties)
        {
            writer.WriteStartObject();
            writer.WriteString("username", party.UserName);
            writer.WriteString("id", party.Id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMedia(Utf8JsonWriter writer, KeptMessage message, int index)
    {
        MessageMedia media = message.Media[index];
        string url = media.Url ?? Store + media.AttachmentId;
        writer.WriteStartObject();
        writer.WriteString("id", $"{message.Message.Number.ToString(CultureInfo.InvariantCulture)}{index}");
        switch (media.Type)
        {
            case IgMediaType.Image:
                WriteData(writer, "image_data", url);
                break;
            case IgMediaType.Video:
                WriteData(writer, "video_data", url);
                break;
            default:
                writer.WriteString("file_url", url);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, string name, string url)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("width", 640);
        writer.WriteNumber("height", 480);
        writer.WriteString("url", url);
        writer.WriteString("preview_url", url);
        writer.WriteEndObject();
    }
}
