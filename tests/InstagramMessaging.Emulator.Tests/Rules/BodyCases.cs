using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static InstagramMessaging.Emulator.Tests.Support.Api;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class BodyCases
{
    private const string Hello = """{"recipient":{"id":"1"},"message":{"text":"Hello"}}""";

    private static readonly string Zeros = new('0', 64);

    internal static IEnumerable<RuleCase> All => [.. Json, .. Forms, .. Parts];

    private static RuleCase Part(string how, string headers) => new(
        "MultipartWellFormed", how, 100, null, api => api.PostAsync(api.MessagesPath, new Multipart().Part(headers, [65]).End()));

    private static IEnumerable<RuleCase> Json =>
    [
        new("ContentTypeKnown", "text/plain", 100, null,
            api => api.PostAsync(api.MessagesPath, Bytes(Encoding.UTF8.GetBytes(Hello), "text/plain"))),
        new("ContentTypeKnown", "UTF-16", 100, null,
            api => api.PostAsync(api.MessagesPath, Bytes(Encoding.Unicode.GetBytes(Hello), "application/json; charset=utf-16"))),
        new("JsonWellFormed", "empty", 100, null, api => api.SendAsync(" ")),
        new("JsonWellFormed", "trailing comma", 100, null, api => api.SendAsync("""{"recipient":{"id":"1",},"message":{"text":"a"}}""")),
        new("JsonWellFormed", "comment", 100, null, api => api.SendAsync("""{"recipient":{"id":"1"}, /* who */ "message":{"text":"a"}}""")),
        new("JsonWellFormed", "unquoted", 100, null, api => api.SendAsync("""{recipient:{id:1},message:{text:a}}""")),
        new("JsonWellFormed", "text behind it", 100, null, api => api.SendAsync(Hello + "x")),
        new("JsonWellFormed", "too deep", 100, null, api => api.SendAsync(new string('[', 100))),
        new("JsonWellFormed", "a byte-order mark", 100, null, api => api.SendAsync("\uFEFF" + Hello)),
        new("JsonIsObject", "array", 100, null, api => api.SendAsync("[1]")),
        new("JsonKeysOnce", "recipient twice", 100, null,
            api => api.SendAsync("""{"recipient":{"id":"1"},"recipient":{"id":"2"},"message":{"text":"a"}}""")),
        new("JsonKeysOnce", "a key of many twice", 100, null, api => api.SendMessageAsync($$"""{{{string.Concat(Enumerable.Range(0, 40).Select(n => $"\"k{n}\":1,"))}}"k3":2}""")),
        new("JsonKeysOnce", "text twice", 100, null, api => api.SendMessageAsync("""{"text":"a","text":"b"}""")),
        new("JsonWithoutNull", "a member", 100, null, api => api.SendMessageAsync("""{"text":"a","attachment":null}""")),
        new("JsonWithoutNull", "a member of the envelope", 100, null, api => api.SendMessageAsync("""{"text":"a"}""", ",\"tag\":null")),
        new("ValidUnicode", "a lone surrogate", 100, null, api => api.SendMessageAsync("""{"text":"a\ud83d"}""")),
        new("ValidUnicode", "bytes of Latin-1", 100, null, api => api.PostAsync(
            api.MessagesPath, Bytes(Encoding.Latin1.GetBytes("""{"recipient":{"id":"1"},"message":{"text":"é"}}"""), "application/json"))),
        new("ValidUnicode", "escaped bytes of Latin-1", 100, null, api => api.PostAsync(
            api.MessagesPath, Form("recipient[id]=1&message[text]=%E9"))),
        new("ParametersKnown", "of the envelope", 100, null,
            api => api.SendMessageAsync("""{"text":"a"}""", ",\"persona_id\":\"1\"")),
        new("ParametersKnown", "of the query", 100, null, api => api.PostAsync(api.MessagesPath + "?colour=red", Api.Json(Hello))),
        new("ParametersKnown", "of the recipient", 100, null,
            api => api.SendAsync("""{"recipient":{"user_ref":"1"},"message":{"text":"a"}}""")),
        new("ParametersKnown", "of the message", 100, null, api => api.SendMessageAsync("""{"text":"a","colour":"b"}""")),
        new("ParametersKnown", "of the attachment", 100, null,
            api => api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c"},"title":"a"}""")),
        new("ParametersKnown", "of the payload", 100, null,
            api => api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c","title":"a"}}""")),
        new("ParametersKnown", "of a share", 100, null,
            api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{"id":"1","url":"https://a.b/c"}}""")),
        new("ParametersKnown", "of a sticker", 100, null, api => api.SendAttachmentAsync("""{"type":"like_heart","is_reusable":true}""")),
        new("ParametersKnown", "of reply_to", 100, null,
            api => api.SendMessageAsync("""{"text":"a"}""", ",\"reply_to\":{\"mid\":\"a\",\"id\":\"b\"}")),
        new("ParametersKnown", "of a reaction", 100, null, api => api.ActAsync("""
            "sender_action":"react","payload":{"message_id":"a","reaction":"love","emoji":"b"}
            """)),
        new("ParametersKnown", "the proof in JSON", 100, null,
            api => api.SendMessageAsync("""{"text":"a"}""", ",\"appsecret_proof\":\"a\"")),
        new("ParametersKnown", "a recipient of an upload", 100, null, api => api.UploadAsync(
            """{"platform":"instagram","recipient":{"id":"1"},"message":{"text":"a"}}""")),
        new("ParametersKnown", "a text of an upload", 100, null,
            api => api.UploadAsync("""{"platform":"instagram","message":{"text":"a"}}""")),
        new("ParametersKnown", "of the account", 100, null, api => api.GetAsync("/v25.0/me?metadata=1")),
    ];

    private static IEnumerable<RuleCase> Forms =>
    [
        new("ParametersOnce", "in query and body", 100, null, api => api.PostAsync(api.MessagesPath + "?tag=HUMAN_AGENT", Api.Json(
            """{"recipient":{"id":"1"},"message":{"text":"a"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT"}"""))),
        new("ParametersOnce", "twice in a form", 100, null,
            api => api.PostAsync(api.MessagesPath, Form("recipient[id]=1&recipient[id]=2&message[text]=a"))),
        new("FormWellFormed", "half an escape", 100, null,
            api => api.PostAsync(api.MessagesPath, Form("recipient[id]=1&message[text]=a%2"))),
        new("FormWellFormed", "an open bracket", 100, null, api => api.PostAsync(api.MessagesPath, Form("recipient[id=1&message[text]=a"))),
        new("FormWellFormed", "empty brackets", 100, null, api => api.PostAsync(api.MessagesPath, Form("recipient[]=1&message[text]=a"))),
        new("FormWellFormed", "a leaf with members", 100, null, api => api.PostAsync(
            api.MessagesPath, Form("""recipient={"id":"1"}&recipient[id]=1&message[text]=a"""))),
        new("ParametersOnce", "in query and form", 100, null, api => api.PostAsync(
            api.MessagesPath + "?recipient=%7Bid:1%7D", Form("recipient[id]=1&message[text]=a"))),
        new("ParametersOnce", "a proof twice", 100, null, api => api.PostAsync(
            api.MessagesPath + $"?appsecret_proof={Zeros}&appsecret_proof={Zeros}", Api.Json(Hello))),
        new("ParametersOnce", "a time twice", 100, null, api => api.PostAsync(
            api.MessagesPath + $"?appsecret_proof={Zeros}&appsecret_time=1&appsecret_time=1", Api.Json(Hello)))
        {
            Options = new() { Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1)) },
        },
        new("JsonKeysOnce", "in the loose writing of the query", 100, null, api => api.PostAsync(
            api.MessagesPath + "?" + Pairs(("recipient", "{id:1,id:2}"), ("message", "{text:a}")), null)),
        new("FormWellFormed", "a value without a key", 100, null, api => api.PostAsync(api.MessagesPath, Form("=a&recipient[id]=1"))),
        new("FormWellFormed", "201 pairs", 100, null,
            api => api.PostAsync(api.MessagesPath, Form(string.Join("&", Enumerable.Range(0, 201).Select(i => $"a{i}=1"))))),
        new("FormWellFormed", "a letter that is not escaped", 100, null,
            api => api.PostAsync(api.MessagesPath, Form("recipient[id]=1&message[text]=é"))),
        new("JsonWellFormed", "unquoted in a form", 100, null,
            api => api.PostAsync(api.MessagesPath, Form("recipient={id:1}&message={text:a}"))),
        new("JsonWellFormed", "a trailing comma in the query", 100, null, api => api.PostAsync(
            api.MessagesPath + "?recipient=%7Bid:1,%7D&message=%7Btext:a%7D", null)),
        new("JsonWellFormed", "a comment in the query", 100, null, api => api.PostAsync(
            api.MessagesPath + "?" + Pairs(("recipient", "{id:1}"), ("message", "{text:a, // b\n}")), null)),
        new("JsonWithoutNull", "in the query", 100, null, api => api.PostAsync(
            api.MessagesPath + "?" + Pairs(("recipient", "{id:null}"), ("message", "{text:a}")), null)),
    ];

    private static IEnumerable<RuleCase> Parts =>
    [
        new("MultipartWellFormed", "no boundary", 100, null, api => api.PostAsync(api.MessagesPath, Bytes([1], "multipart/form-data"))),
        new("MultipartWellFormed", "a boundary of 71 letters", 100, null, api => api.PostAsync(api.MessagesPath, Bytes(
            Encoding.ASCII.GetBytes($"--{new string('b', 71)}--\r\n"), $"multipart/form-data; boundary={new string('b', 71)}"))),
        new("MultipartWellFormed", "no end", 100, null, api => api.PostAsync(
            api.MessagesPath, Multipart.Send("image").File(Multipart.Png, "image/png").End(isWhole: false))),
        new("MultipartWellFormed", "no disposition", 100, null, api => api.PostAsync(
            api.MessagesPath, Multipart.Send("image").Part("Content-Type: image/png", Multipart.Png).End())),
        new("MultipartWellFormed", "an attachment's disposition", 100, null, api => api.PostAsync(
            api.MessagesPath, Multipart.Send("image").Part("Content-Disposition: attachment; name=\"filedata\"", Multipart.Png).End())),
        Part("a header without a colon", "Content-Disposition: form-data; name=\"a\"\r\nnonsense"),
        Part("a parameter without a value", "Content-Disposition: form-data; name"),
        Part("an unknown parameter", "Content-Disposition: form-data; name=\"a\"; size=\"1\""),
        Part("words behind a quote", "Content-Disposition: form-data; name=\"a\"b"),
        Part("headers of 5,000 letters", $"Content-Disposition: form-data; name=\"a\"\r\nX: {new string('x', 5_000)}"),
        new("MultipartWellFormed", "33 parts", 100, null, api => api.PostAsync(
            api.MessagesPath, Enumerable.Range(0, 33).Aggregate(new Multipart(), (form, i) => form.Field($"a{i}", "1")).End())),
        new("MultipartWellFormed", "words behind a boundary", 100, null, api => api.PostAsync(
            api.MessagesPath, Bytes(Encoding.ASCII.GetBytes("--bb and more\r\n"), "multipart/form-data; boundary=bb"))),
        new("MultipartWellFormed", "an open quote", 100, null, api => api.PostAsync(
            api.MessagesPath, Multipart.Send("image").Part("Content-Disposition: form-data; name=\"tag", [65]).End())),
    ];
}
