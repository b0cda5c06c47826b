using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class AttachmentCases
{
    private const string Image = """{"type":"image","payload":{"url":"https://a.b/c.png"}}""";

    internal static IEnumerable<RuleCase> All => [.. Shapes, .. Ids, .. Images, .. Uploads];

    private static IEnumerable<RuleCase> Shapes =>
    [
        new("AttachmentIsObject", "a string", 100, null, api => api.SendAttachmentAsync("\"image\"")),
        new("AttachmentIsObject", "an array", 100, null, api => api.SendAttachmentAsync($"[{Image}]")),
        new("TypeKnown", "none", 100, null, api => api.SendAttachmentAsync("""{"payload":{"url":"https://a.b/c"}}""")),
        new("TypeKnown", "mixed case", 100, null, api => api.SendAttachmentAsync("""{"type":"Image","payload":{"url":"https://a.b/c"}}""")),
        new("TypeKnown", "a share in lower case", 100, null,
            api => api.SendAttachmentAsync("""{"type":"media_share","payload":{"id":"1"}}""")),
        new("PayloadGiven", "none", 100, null, api => api.SendAttachmentAsync("""{"type":"image"}""")),
        new("PayloadGiven", "none for a share", 100, null, api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE"}""")),
        new("PayloadIsObject", "a string", 100, null, api => api.SendAttachmentAsync("""{"type":"image","payload":"https://a.b/c"}""")),
        new("StickerBare", "a payload", 100, null, api => api.SendAttachmentAsync("""{"type":"like_heart","payload":{}}""")),
        new("OneSource", "url and id", 100, 2018032,
            api => api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c","attachment_id":"1"}}""")),
        new("OneSource", "url and bytes", 100, 2018032, api => api.PostAsync(
            api.MessagesPath, Multipart.Send("image", """{"url":"https://a.b/c"}""").File(Multipart.Png, "image/png").End())),
        new("OneSource", "an upload of an id", 100, 2018032,
            api => api.UploadAttachmentAsync("""{"type":"image","payload":{"attachment_id":"1"}}""")),
        new("UrlAbsolute", "a path", 100, null, api => Url(api, "/a.png")),
        new("UrlAbsolute", "another scheme", 100, null, api => Url(api, "ftp://a.b/c.png")),
        new("UrlAbsolute", "white space", 100, null, api => Url(api, "https://a.b/c d.png")),
        new("UrlAbsolute", "no host", 100, null, api => Url(api, "https://")),
        new("UrlAbsolute", "a number", 100, null, api => api.SendAttachmentAsync("""{"type":"image","payload":{"url":1}}""")),
        new("ReusableIsBoolean", "a number", 100, null,
            api => api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c","is_reusable":1}}""")),
        new("ReusableIsBoolean", "another word", 100, null,
            api => api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c"},"is_reusable":"yes"}""")),
    ];

    private static IEnumerable<RuleCase> Ids =>
    [
        new("IdIsString", "a number", 100, null, api => api.SendAttachmentAsync("""{"type":"image","payload":{"attachment_id":1}}""")),
        new("IdKnown", "no such id", 100, 2018074, api => ById(api, "image", "1234567890123456")),
        new("IdKnown", "no such id, shared", 100, 2018074, api => ById(api, "MEDIA_SHARE", "1234567890123456")),
        new("IdOfType", "a video as an image", 100, 2018074, async api => await ById(api, "image", await UploadedAsync(api, "video"))),
        new("IdFresh", "after 91 days", 100, 2018074, async api =>
        {
            string id = await UploadedAsync(api, "image");
            Clock.Advance(TimeSpan.FromDays(91));
            return await ById(api, "image", id);
        })
        { Options = new() { Clock = Clock } },
        new("ShareHasOneId", "none", 100, 2018032, api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{}}""")),
        new("ShareHasOneId", "both", 100, 2018032,
            api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{"id":"1","attachment_id":"2"}}""")),
        new("PostIdIsDigits", "a short code", 100, null,
            api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{"id":"Cxyz_12"}}""")),
        new("PostIdIsDigits", "a number", 100, null, api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{"id":1}}""")),
        new("PostOwned", "the magic post", 100, 2018074,
            api => api.SendAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{"id":"90000000000000404"}}""")),
    ];

    private static IEnumerable<RuleCase> Images =>
    [
        new("ImagesAreArray", "an object", 100, null, api => api.SendMessageAsync($$$$"""{"attachments":{{{{Image}}}}}""")),
        new("ImagesAreArray", "empty", 100, null, api => api.SendMessageAsync("""{"attachments":[]}""")),
        new("ImagesAreArray", "11 images", 100, null, api => api.SendMessageAsync(
            $$"""{"attachments":[{{string.Join(",", Enumerable.Repeat(Image, 11))}}]}""")),
        new("ImagesOnly", "a video", 100, null, api => api.SendMessageAsync(
            $$"""{"attachments":[{{Image}},{"type":"video","payload":{"url":"https://a.b/c.mp4"} }]}""")),
    ];

    private static IEnumerable<RuleCase> Uploads =>
    [
        new("PlatformIsInstagram", "messenger", 100, null,
            api => api.UploadAsync($$$$"""{"platform":"messenger","message":{"attachment":{{{{Image}}}}}}""")),
        new("PlatformIsInstagram", "capital letter", 100, null,
            api => api.UploadAsync($$$$"""{"platform":"Instagram","message":{"attachment":{{{{Image}}}}}}""")),
        new("UploadTypeKnown", "a share", 100, null, api => api.UploadAttachmentAsync("""{"type":"MEDIA_SHARE","payload":{"id":"1"}}""")),
        new("UploadTypeKnown", "none", 100, null,
            api => api.UploadAttachmentAsync("""{"payload":{}}""")),
    ];

    private static FakeTimeProvider Clock { get; } = new();

    private static Task<Answer> Url(Api api, string url) =>
        api.SendAttachmentAsync($$$$"""{"type":"image","payload":{"url":"{{{{url}}}}"}}""");

    private static Task<Answer> ById(Api api, string type, string id) =>
        api.SendAttachmentAsync($$$$"""{"type":"{{{{type}}}}","payload":{"attachment_id":"{{{{id}}}}"}}""");

    private static async Task<string> UploadedAsync(Api api, string type)
    {
        Answer answer = await api.UploadAttachmentAsync(
            $$$"""{"type":"{{{type}}}","payload":{"url":"https://a.b/c","is_reusable":true} }""");
        return answer.Text("attachment_id");
    }
}
