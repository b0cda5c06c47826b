using System;
using System.Collections.Generic;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class EnvelopeCases
{
    private const string Text = """{"text":"a"}""";

    internal static IEnumerable<RuleCase> All => [.. Recipients, .. Types, .. Texts, .. Actions];

    private static IEnumerable<RuleCase> Recipients =>
    [
        new("RecipientGiven", "none", 100, null, api => api.SendAsync("""{"message":{"text":"a"}}""")),
        new("RecipientIsObject", "a string", 100, null, api => api.SendAsync("""{"recipient":"1","message":{"text":"a"}}""")),
        new("RecipientIsObject", "empty", 100, null, api => api.SendAsync("""{"recipient":{},"message":{"text":"a"}}""")),
        new("RecipientIsObject", "two keys", 100, null,
            api => api.SendAsync("""{"recipient":{"id":"1","comment_id":"2"},"message":{"text":"a"}}""")),
        new("RecipientIdIsString", "a number", 100, null,
            api => api.SendAsync("""{"recipient":{"id":17841400000000001},"message":{"text":"a"}}""")),
        new("RecipientIdIsDigits", "a name", 100, null, api => api.SendTextToAsync("anna.smith")),
        new("RecipientIdIsDigits", "empty", 100, null, api => api.SendTextToAsync(string.Empty)),
        new("RecipientIdIsDigits", "scientific", 100, null, api => api.SendTextToAsync("1.78414E+16")),
        new("RecipientIdIsDigits", "Arabic digits", 100, null, api => api.SendTextToAsync("\u0661\u0662\u0663")),
        new("RecipientIdIsDigits", "21 digits", 100, null, api => api.SendTextToAsync("123456789012345678901")),
        new("NotPlayed", "a template", 100, null,
            api => api.SendAttachmentAsync("""{"type":"template","payload":{"template_type":"generic"}}""")),
        new("NotPlayed", "quick replies", 100, null, api => api.SendMessageAsync("""{"text":"a","quick_replies":[]}""")),
        new("NotPlayed", "a private reply", 100, null, api => api.SendAsync("""{"recipient":{"comment_id":"1"},"message":{"text":"a"}}""")),
        new("NotPlayed", "thread control", 100, null,
            api => api.SendMessageAsync(Text, ",\"thread_control\":{\"control_type\":\"release\"}")),
        new("MessageOrAction", "both", 100, 2018014, api => api.SendMessageAsync(Text, ",\"sender_action\":\"typing_on\"")),
        new("MessageGiven", "none", 100, null, api => api.SendAsync("""{"recipient":{"id":"1"}}""")),
        new("MessageGiven", "none in an upload", 100, null, api => api.UploadAsync("""{"platform":"instagram"}""")),
        new("MessageIsObject", "a string", 100, null, api => api.SendMessageAsync("\"Hello\"")),
    ];

    private static IEnumerable<RuleCase> Types =>
    [
        new("MessagingTypeKnown", "lower case", 100, null, api => api.SendMessageAsync(Text, ",\"messaging_type\":\"response\"")),
        new("MessagingTypeKnown", "a number", 100, null, api => api.SendMessageAsync(Text, ",\"messaging_type\":1")),
        new("TagNeedsType", "no type", 100, null, api => api.SendMessageAsync(Text, ",\"tag\":\"HUMAN_AGENT\"")),
        new("TagNeedsType", "another type", 100, null,
            api => api.SendMessageAsync(Text, ",\"messaging_type\":\"UPDATE\",\"tag\":\"HUMAN_AGENT\"")),
        new("TypeNeedsTag", "no tag", 100, null, api => api.SendMessageAsync(Text, ",\"messaging_type\":\"MESSAGE_TAG\"")),
        new("TagIsHumanAgent", "a dead tag", 100, null,
            api => api.SendMessageAsync(Text, ",\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"ACCOUNT_UPDATE\"")),
        new("NotificationTypeKnown", "another", 100, null, api => api.SendMessageAsync(Text, ",\"notification_type\":\"LOUD\"")),
        new("NotificationTypeKnown", "a number", 100, null, api => api.SendMessageAsync(Text, ",\"notification_type\":1")),
        new("ReplyToIsObject", "a string", 100, null, api => api.SendMessageAsync(Text, ",\"reply_to\":\"a\"")),
        new("ReplyToIsObject", "a number", 100, null, api => api.SendMessageAsync(Text, ",\"reply_to\":{\"mid\":1}")),
        new("ReplyToIsObject", "empty", 100, null, api => api.SendMessageAsync(Text, ",\"reply_to\":{\"mid\":\"\"}")),
        new("ReplyToKnown", "no such message", 100, 2534015, api => api.SendMessageAsync(Text, ",\"reply_to\":{\"mid\":\"aWdfA\"}")),
        new("ReplyToKnown", "somebody else's", 100, 2534015, async api =>
        {
            string id = (await api.SendTextToAsync("2")).Text("message_id");
            return await api.SendMessageAsync(Text, $$""","reply_to":{"mid":"{{id}}"}""");
        }),
    ];

    private static IEnumerable<RuleCase> Texts =>
    [
        new("ContentGiven", "an empty message", 100, 2018034, api => api.SendMessageAsync("{}")),
        new("ContentGiven", "an empty upload", 100, 2018034, api => api.UploadAsync("""{"platform":"instagram","message":{}}""")),
        new("ContentOnce", "text and attachment", 100, 2534015,
            api => api.SendMessageAsync("""{"text":"a","attachment":{"type":"like_heart"}}""")),
        new("ContentOnce", "attachment and attachments", 100, 2534015, api => api.SendMessageAsync(
            """{"attachment":{"type":"like_heart"},"attachments":[{"type":"image","payload":{"url":"https://a.b/c"}}]}""")),
        new("MetadataIsText", "1000 letters", 100, null,
            api => api.SendMessageAsync($$"""{"text":"a","metadata":"{{new string('a', 1000)}}"}""")),
        new("MetadataIsText", "an object", 100, null, api => api.SendMessageAsync("""{"text":"a","metadata":{}}""")),
        new("TextIsString", "a number", 100, null, api => api.SendMessageAsync("""{"text":1}""")),
        new("TextIsString", "an object", 100, null, api => api.SendMessageAsync("""{"text":{}}""")),
        new("TextNotEmpty", "empty", 100, 2018034, api => api.SendMessageAsync("""{"text":""}""")),
        new("TextBytes", "1001 letters", 100, 2534015, api => api.SendMessageAsync($$"""{"text":"{{new string('a', 1001)}}"}""")),
        new("TextBytes", "501 letters of two bytes", 100, 2534015,
            api => api.SendMessageAsync($$"""{"text":"{{new string('é', 501)}}"}""")),
        new("TextChars", "2001 letters", 100, null, api => api.SendMessageAsync($$"""{"text":"{{new string('a', 2001)}}"}""")),
    ];

    private static IEnumerable<RuleCase> Actions =>
    [
        new("ActionKnown", "another", 100, null, api => api.ActAsync("\"sender_action\":\"wave\"")),
        new("ActionKnown", "upper case", 100, null, api => api.ActAsync("\"sender_action\":\"TYPING_ON\"")),
        new("NothingElse", "a payload", 100, null, api => api.ActAsync("\"sender_action\":\"typing_on\",\"payload\":{}")),
        new("NothingElse", "a messaging type", 100, null,
            api => api.ActAsync("\"sender_action\":\"mark_seen\",\"messaging_type\":\"UPDATE\"")),
        new("ReactionAlone", "a reply", 100, null, async api => await api.ActAsync(
            $$"""{{React(await api.SentIdAsync())}},"reply_to":{"mid":"a"}""")),
        new("PayloadNeedsAction", "a payload beside a message", 100, null, api => api.SendMessageAsync(Text, ",\"payload\":{}")),
        new("ReactionPayloadGiven", "none", 100, null, api => api.ActAsync("\"sender_action\":\"react\"")),
        new("ReactionPayloadIsObject", "a string", 100, null, api => api.ActAsync("\"sender_action\":\"react\",\"payload\":\"a\"")),
        new("MessageIdGiven", "none", 100, null, api => api.ActAsync("\"sender_action\":\"react\",\"payload\":{\"reaction\":\"love\"}")),
        new("MessageIdGiven", "a number", 100, null, api => api.ActAsync("\"sender_action\":\"unreact\",\"payload\":{\"message_id\":1}")),
        new("ReactionGiven", "none", 100, null, api => api.ActAsync("\"sender_action\":\"react\",\"payload\":{\"message_id\":\"a\"}")),
        new("ReactionGiven", "empty", 100, null,
            api => api.ActAsync("\"sender_action\":\"react\",\"payload\":{\"message_id\":\"a\",\"reaction\":\"\"}")),
        new("UnreactWithoutReaction", "with one", 100, null, async api => await api.ActAsync(
            React(await api.SentIdAsync()).Replace("\"react\"", "\"unreact\"", StringComparison.Ordinal))),
        new("MessageKnown", "no such message", 100, 2534015, api => api.ActAsync(React("aWdfA"))),
        new("MessageKnown", "somebody else's", 100, 2534015,
            async api => await api.ActAsync(React((await api.SendTextToAsync("2")).Text("message_id")))),
    ];

    private static string React(string id) => $$"""
        "sender_action":"react","payload":{"message_id":"{{id}}","reaction":"love"}
        """;
}
