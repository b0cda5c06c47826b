using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

/// <summary>Each message of the two documents, in each way that a body may be written.</summary>
public sealed class EncodingTests : IDisposable
{
    private static readonly Dictionary<string, Sample> Messages = new()
    {
        ["text"] = new(
            """{"text":"Grüße 👋, 1+1=2 & more"}""",
            Api.Pairs(("message[text]", "Grüße 👋, 1+1=2 & more")),
            "{text: 'Grüße 👋, 1+1=2 & more'}",
            "text", "Grüße 👋, 1+1=2 & more"),
        ["link"] = new(
            """{"text":"https://example.com/a?b=c"}""",
            Api.Pairs(("message[text]", "https://example.com/a?b=c")),
            "{text: https://example.com/a?b=c}",
            "text", "https://example.com/a?b=c"),
        ["image"] = Media("image", "png"),
        ["audio"] = Media("audio", "wav"),
        ["video"] = Media("video", "mp4"),
        ["file"] = Media("file", "pdf"),
        ["post"] = new(
            """{"attachment":{"type":"MEDIA_SHARE","payload":{"id":"17900000000000001"}}}""",
            Api.Pairs(("message[attachment][type]", "MEDIA_SHARE"), ("message[attachment][payload][id]", "17900000000000001")),
            "{\n attachment: \n { type:MEDIA_SHARE, \n payload:{id:17900000000000001} } }",
            "post", "17900000000000001"),
        ["sticker"] = new(
            """{"attachment":{"type":"like_heart"}}""",
            Api.Pairs(("message[attachment][type]", "like_heart")),
            "{ attachment: { type: like_heart } }",
            "sticker", null),
        ["images"] = new(
            """{"attachments":[{"type":"image","payload":{"url":"https://a.b/1"}},{"type":"image","payload":{"url":"https://a.b/2"}}]}""",
            Api.Pairs(
                ("message[attachments][0][type]", "image"),
                ("message[attachments][0][payload][url]", "https://a.b/1"),
                ("message[attachments][1][type]", "image"),
                ("message[attachments][1][payload][url]", "https://a.b/2")),
            "{attachments:[{type:image,payload:{url:https://a.b/1}},{type:image,payload:{url:https://a.b/2}}]}",
            "image", "https://a.b/1\nhttps://a.b/2"),
    };

    private readonly Api _api = new();

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (string message in Messages.Keys)
        {
            foreach (string encoding in new[] { "json", "form", "query", "loose query", "brackets", "multipart" })
                ways.Add(message, encoding);
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_message_is_taken_in_each_encoding(string message, string encoding)
    {
        (string json, string bracketed, string loose, string kind, string? content) = Messages[message];
        const string Recipient = $$"""{"id":"{{Api.Person}}"}""";
        string query = string.Empty;
        HttpContent? body = null;
        switch (encoding)
        {
            case "json":
                body = Api.Json($$"""{"recipient":{{Recipient}},"message":{{json}},"messaging_type":"RESPONSE" }""");
                break;
            case "form":
                body = Api.Form(Api.Pairs(("recipient", Recipient), ("message", json), ("messaging_type", "RESPONSE")));
                break;
            case "query":
                query = "?" + Api.Pairs(("recipient", Recipient), ("message", json), ("messaging_type", "RESPONSE"));
                break;
            case "loose query":
                query = "?" + Api.Pairs(("recipient", $"{{id: {Api.Person}}}"), ("message", loose), ("messaging_type", "RESPONSE"));
                break;
            case "brackets":
                body = Api.Form($"recipient[id]={Api.Person}&messaging_type=RESPONSE&{bracketed}");
                break;
            default:
                body = new Multipart().Field("recipient", Recipient).Field("message", json).Field("messaging_type", "RESPONSE").End();
                break;
        }

        Answer answer = await _api.PostAsync(_api.MessagesPath + query, body);

        Assert.Equal((200, Api.Person), (answer.Status, answer.Text("recipient_id")));
        IgEmulatorMessage kept = Assert.Single(_api.Emulator.Messages(Api.Person));
        Assert.Equal((kind, content, "RESPONSE"), (kept.Kind, kept.Content, kept.MessagingType));
        Assert.Equal(answer.Text("message_id"), kept.MessageId);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("query")]
    [InlineData("loose query")]
    [InlineData("brackets")]
    public async Task A_reaction_is_taken_in_each_encoding(string encoding)
    {
        string id = await _api.SentIdAsync();
        string json = $$"""{"message_id":"{{id}}","reaction":"love"}""";
        Answer answer = encoding switch
        {
            "json" => await _api.ActAsync($"\"sender_action\":\"react\",\"payload\":{json}"),
            "brackets" => await _api.PostAsync(_api.MessagesPath, Api.Form(
                $"recipient[id]={Api.Person}&sender_action=react&payload[message_id]={id}&payload[reaction]=love")),
            _ => await _api.PostAsync(
                _api.MessagesPath + "?" + Api.Pairs(
                    ("recipient", $"{{id: {Api.Person}}}"),
                    ("sender_action", "react"),
                    ("payload", encoding == "query" ? json : $"{{\n message_id:{id},\n reaction:love\n }}")),
                null),
        };

        Assert.Equal(200, answer.Status);
        IgEmulatorMessage kept = _api.Emulator.Messages()[^1];
        Assert.Equal(("react", "love", id), (kept.Kind, kept.Content, kept.MessageId));
    }

    [Fact]
    public async Task The_documents_video_sample_is_taken_without_its_comment()
    {
        const string Written = """
            {
                  'attachment':
                    {
                      'type':'video',
                      'payload':{'url':'https://you-video-url.mp4'}
                    }
                  }
            """;

        Answer answer = await _api.PostAsync("/v20.0/me/messages?" + Api.Pairs(("recipient", "{id: 1}"), ("message", Written)), null);

        Assert.Equal(200, answer.Status);
        Assert.Equal("https://you-video-url.mp4", _api.Emulator.Messages()[0].Content);
    }

    public void Dispose() => _api.Dispose();

    private static Sample Media(string type, string extension)
    {
        string url = $"https://example.com/a.{extension}";
        string json = $$$"""{"attachment":{"type":"{{{type}}}","payload":{"url":"{{{url}}}"} } }""";
        return new(
            json,
            Api.Pairs(("message[attachment][type]", type), ("message[attachment][payload][url]", url)),
            Regex.Replace(json, "\"([a-z]+)\":", "$1:").Replace('"', '\''),
            type,
            url);
    }

    /// <summary>One message in JSON, in bracketed form keys and in the loose writing, and what is kept of it.</summary>
    private sealed record Sample(string Json, string Bracketed, string Loose, string Kind, string? Content);
}
