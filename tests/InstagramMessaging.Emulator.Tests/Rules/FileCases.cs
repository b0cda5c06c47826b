using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using InstagramMessaging.Emulator.Tests.Support;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class FileCases
{
    private const int Megabyte = 1024 * 1024;

    internal static IEnumerable<RuleCase> All =>
    [
        Upload("ExactlyOne", "none", null, form => form),
        Upload("ExactlyOne", "two", null, form => form.File(Multipart.Png, "image/png").File(Multipart.Png, "image/png")),
        new("ExactlyOne", "a path in JSON", 100, null, api => api.UploadAsync(
            """{"platform":"instagram","filedata":"/tmp/a.png;type=image/png","message":{"attachment":{"type":"image","payload":{}}}}""")),
        new("ExactlyOne", "a path in the JSON of a send", 100, null, api => api.SendMessageAsync(
            """{"attachment":{"type":"image","payload":{}}}""", ",\"filedata\":\"/tmp/a.png;type=image/png\"")),
        new("ExactlyOne", "an empty payload in JSON", 100, null, api => api.SendAttachmentAsync("""{"type":"image","payload":{}}""")),
        new("ExactlyOne", "a file with a text", 100, null, api => api.PostAsync(
            api.MessagesPath,
            Misplaced("message", """{"text":"a"}"""))),
        new("ExactlyOne", "a file with a sticker", 100, null, api => api.PostAsync(
            api.MessagesPath,
            Misplaced("message", """{"attachment":{"type":"like_heart"}}"""))),
        new("ExactlyOne", "a file with typing", 100, null, api => api.PostAsync(
            api.MessagesPath,
            Misplaced("sender_action", "typing_on"))),
        Upload("IsFiledata", "another name", null, form => form.File(Multipart.Png, "image/png", name: "file")),
        Upload("HasFileName", "none", null,
            form => form.Part("Content-Disposition: form-data; name=\"filedata\"\r\nContent-Type: image/png", Multipart.Png)),
        Upload("HasFileName", "empty", null, form => form.File(Multipart.Png, "image/png", fileName: string.Empty)),
        Upload("FileNameAscii", "an umlaut", 2018047, form => form.File(Multipart.Png, "image/png", fileName: "größe.png")),
        Upload("FileNamePlain", "filename*", 2018047, form => form.Part(
            "Content-Disposition: form-data; name=\"filedata\"; filename=\"a.png\"; filename*=utf-8''a.png\r\nContent-Type: image/png",
            Multipart.Png)),
        Upload("HasContentType", "none", 2018047,
            form => form.Part("Content-Disposition: form-data; name=\"filedata\"; filename=\"a.png\"", Multipart.Png)),
        Upload("ContentTypeFits", "a pdf", 2018047, form => form.File(Multipart.Pdf, "application/pdf")),
        Upload("ContentTypeFits", "any bytes", 2018047, form => form.File(Multipart.Png, "application/octet-stream")),
        Upload("ContentTypeFits", "webp", 2018047, form => form.File(Multipart.Start("RIFF\0\0\0\0WEBP"), "image/webp")),
        Upload("ContentTypeFits", "mp3", 2018047, form => form.File(Multipart.Start("ID3"), "audio/mpeg"), "audio"),
        Upload("ContentFits", "a jpeg that says png", 2018047, form => form.File(Multipart.Jpeg, "image/png")),
        Upload("ContentFits", "empty", 2018047, form => form.File([], "image/png")),
        Upload("ContentFits", "a page that says mp4", 2018047,
            form => form.File(Encoding.ASCII.GetBytes("<html></html>"), "video/mp4"), "video"),
        Upload("SizeFits", "a byte over 8 MB", 2018109,
            form => form.File(Multipart.Start("\x89PNG\r\n\x1a\n", (8 * Megabyte) + 1), "image/png")),
        Upload("SizeFits", "a byte over 25 MB", 2018109,
            form => form.File(Multipart.Start("%PDF-1.7", (25 * Megabyte) + 1), "application/pdf"), "file"),
    ];

    private static HttpContent Misplaced(string field, string value) =>
        new Multipart().Field("recipient", """{"id":"1"}""").Field(field, value).File(Multipart.Png, "image/png").End();

    private static RuleCase Upload(string rule, string how, int? subcode, Func<Multipart, Multipart> add, string type = "image") =>
        new(rule, how, 100, subcode, api => api.PostAsync(api.UploadsPath, add(Multipart.Upload(type)).End()));
}
