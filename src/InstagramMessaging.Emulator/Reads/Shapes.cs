using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>A party of a conversation.</summary>
internal sealed record Party(string Id, string UserName);

/// <summary>The nodes that can be read, and their fields.</summary>
/// <remarks>
/// Sources: "Instagram messaging", "Conversations" and "Instagram user profile"; what attachments and reactions look like inside is
/// from public reports.
/// </remarks>
internal sealed class Shapes
{
    internal const string AccountName = "Offline Shop";
    internal const string AccountUserName = "offline.shop";

    private const string Category = "Shopping & retail";

    private static readonly string[] Tasks = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];

    private static readonly NodeShape<Party> Parties = new NodeShape<Party>("User", party => party.Id, "username")
        .WithText("username", party => party.UserName);

    private readonly EmulatorState _state;

    internal Shapes(EmulatorState state, PagingWriter paging)
    {
        _state = state;
        Instagram = new NodeShape<EmulatorState>("IGUser", one => one.InstagramId)
            .WithText("user_id", one => one.InstagramId)
            .WithText("username", _ => AccountUserName)
            .WithText("name", _ => AccountName)
            .WithText("account_type", _ => "BUSINESS")
            .WithText("profile_picture_url", _ => "https://example.com/offline.shop.jpg")
            .WithNumber("followers_count", _ => 1200)
            .WithNumber("follows_count", _ => 34)
            .WithNumber("media_count", _ => 56);
        Page = new NodeShape<EmulatorState>("Page", one => one.Account, "name")
            .WithText("name", _ => AccountName)
            .WithText("access_token", one => one.AccessToken)
            .WithText("category", _ => Category)
            .With("category_list", WriteCategories)
            .With("tasks", WriteTasks)
            .With("messaging_feature_status", WriteFeatures)
            .With("instagram_business_account", WriteInstagram)
            .With("connected_instagram_account", WriteInstagram);
        Person = new NodeShape<Customer>("IGUser", one => one.Id, "name")
            .WithText("name", one => one.Name)
            .WithText("username", one => one.UserName)
            .WithText("profile_pic", one => $"https://example.com/{one.Id}.jpg")
            .WithNumber("follower_count", _ => 321)
            .WithFlag("is_user_follow_business", _ => true)
            .WithFlag("is_business_follow_user", _ => false)
            .WithFlag("is_verified_user", _ => false);
        Message = new NodeShape<KeptMessage>("Message", one => one.Message.MessageId, "created_time")
            .WithText("created_time", one => Time(one.Message.ReceivedAt))
            .With("from", (writer, one, field) => WriteParty(writer, one, field, isSender: true))
            .With("to", WriteReceiver)
            .WithText("message", one => one.Message.Kind == "text" ? one.Message.Content : string.Empty)
            .With("attachments", MessageParts.WriteAttachments)
            .With("shares", MessageParts.WriteShares)
            .With("story", (_, _, _) => { })
            .With("reactions", (writer, one, _) => MessageParts.WriteReactions(writer, one, Own, Other(one.Message.RecipientId)))
            .With("reply_to", MessageParts.WriteReplyTo)
            .WithFlag("is_unsupported", _ => false);
        Conversation = new NodeShape<ConversationView>("UnifiedThread", one => one.Id, "updated_time")
            .WithText("updated_time", one => Time(one.UpdatedAt))
            .WithFlag("is_owner", _ => true)
            .With("participants", WriteParticipants)
            .With("messages", (writer, one, field) => paging.WriteEdge(writer, "messages", one, field));
    }

    internal NodeShape<EmulatorState> Page { get; }

    internal NodeShape<EmulatorState> Instagram { get; }

    internal NodeShape<Customer> Person { get; }

    internal NodeShape<KeptMessage> Message { get; }

    internal NodeShape<ConversationView> Conversation { get; }

    private Party Own => new(_state.InstagramId, AccountUserName);

    private Party Other(string personId) => new(personId, _state.Customers.Describe(personId).UserName!);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);

    private void WriteInstagram(Utf8JsonWriter writer, EmulatorState node, Field field)
    {
        writer.WriteStartObject(field.Name);
        Instagram.WriteMembers(writer, node, field.Inner);
        writer.WriteEndObject();
    }

    private static void WriteCategories(Utf8JsonWriter writer, EmulatorState node, Field field)
    {
        writer.WriteStartArray(field.Name);
        writer.WriteStartObject();
        writer.WriteString("id", "200600219953504");
        writer.WriteString("name", Category);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteTasks(Utf8JsonWriter writer, EmulatorState node, Field field)
    {
        writer.WriteStartArray(field.Name);
        foreach (string task in Tasks)
            writer.WriteStringValue(task);
        writer.WriteEndArray();
    }

    private static void WriteFeatures(Utf8JsonWriter writer, EmulatorState node, Field field)
    {
        writer.WriteStartObject(field.Name);
        writer.WriteBoolean("hop_v2", false);
        writer.WriteBoolean("msgr_multi_app", false);
        writer.WriteBoolean("ig_multi_app", false);
        writer.WriteEndObject();
    }

    private void WriteParty(Utf8JsonWriter writer, KeptMessage one, Field field, bool isSender)
    {
        writer.WriteStartObject(field.Name);
        Parties.WriteMembers(writer, Side(one, isSender), field.Inner);
        writer.WriteEndObject();
    }

    private void WriteReceiver(Utf8JsonWriter writer, KeptMessage one, Field field) =>
        WriteData(writer, field, [Side(one, isSender: false)]);

    private void WriteParticipants(Utf8JsonWriter writer, ConversationView one, Field field) =>
        WriteData(writer, field, [Own, Other(one.CustomerId)]);

    private static void WriteData(Utf8JsonWriter writer, Field field, IEnumerable<Party> parties)
    {
        writer.WriteStartObject(field.Name);
        Parties.WriteArray(writer, "data", parties, field.Inner);
        writer.WriteEndObject();
    }

    private Party Side(KeptMessage one, bool isSender) =>
        one.Message.IsFromCustomer == isSender ? Other(one.Message.RecipientId) : Own;
}
