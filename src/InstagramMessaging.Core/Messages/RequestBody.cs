using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Messages;

/// <summary>Turns a row into the calls that it needs.</summary>
internal static class RequestBody
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    /// <summary>The call that sends the message.</summary>
    /// <param name="attachmentId">The id that the upload gave, where the payload is a file that was uploaded first.</param>
    public static GraphRequest Send(SendRequest request, string? attachmentId)
    {
        bool isReaction = request.Payload is ReactionPayload;
        PaceKind pace = PaceOf(request.Payload);
        ExpectedId expects = isReaction ? ExpectedId.Recipient : ExpectedId.Message;
        if (request.Payload is MediaFilePayload { IsDirect: true } media)
            return new GraphRequest(GraphRequest.Messages, pace, expects, false, () => FileForm(media.File, MessageFields(request, media.File)));

        byte[] body = GraphJson.Message(request, attachmentId);
        return new GraphRequest(GraphRequest.Messages, pace, expects, isReaction, () => Json(body));
    }

    /// <summary>The call that uploads a file or makes a URL an attachment; it may be repeated.</summary>
    public static GraphRequest Upload(Payload payload)
    {
        if (payload is UploadUrlPayload url)
        {
            byte[] body = GraphJson.Upload(url);
            return new GraphRequest(GraphRequest.MessageAttachments, PaceOf(payload), ExpectedId.Attachment, true, () => Json(body));
        }

        MediaFile file = payload is UploadFilePayload upload ? upload.File : ((MediaFilePayload)payload).File;
        (string, byte[])[] fields =
        [
            ("platform", Encoding.ASCII.GetBytes("instagram")),
            ("message", GraphJson.FileMessage(file.Type, isReusable: true)),
        ];
        return new GraphRequest(GraphRequest.MessageAttachments, PaceOf(payload), ExpectedId.Attachment, true, () => FileForm(file, fields));
    }

    /// <summary>Which of Meta's rates it counts against; media sent by id too, where their type is given.</summary>
    public static PaceKind PaceOf(Payload payload)
    {
        IgMediaType? type = payload switch
        {
            MediaUrlPayload media => media.Type,
            MediaIdPayload media => media.Type,
            MediaFilePayload media => media.File.Type,
            UploadUrlPayload upload => upload.Type,
            UploadFilePayload upload => upload.File.Type,
            _ => null,
        };
        return type is IgMediaType.Audio or IgMediaType.Video ? PaceKind.Media : PaceKind.Sends;
    }

    private static List<(string Name, byte[] Value)> MessageFields(SendRequest request, MediaFile file)
    {
        var fields = new List<(string, byte[])> { ("recipient", GraphJson.Recipient(request.RecipientId!)) };
        Envelope envelope = request.Envelope;
        if (envelope.MessagingType is not null)
            fields.Add(("messaging_type", Encoding.ASCII.GetBytes(envelope.MessagingType)));
        if (envelope.Tag is not null)
            fields.Add(("tag", Encoding.ASCII.GetBytes(envelope.Tag)));
        if (envelope.ReplyTo is not null)
            fields.Add(("reply_to", GraphJson.ReplyTo(envelope.ReplyTo)));
        fields.Add(("message", GraphJson.FileMessage(file.Type, isReusable: false)));
        return fields;
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = JsonType;
        return content;
    }

    /// <summary>
    /// A form as browsers write it: quoted names, an ASCII file name, no <c>filename*</c>. Meta's page says that other file names
    /// are not supported, and the framework's own form would add what it forbids.
    /// </summary>
    private static MultipartFormDataContent FileForm(MediaFile file, IReadOnlyList<(string Name, byte[] Value)> fields)
    {
        string boundary = "ig-" + Guid.NewGuid().ToString("N");
        var form = new MultipartFormDataContent(boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        foreach ((string name, byte[] value) in fields)
            form.Add(Part(new ByteArrayContent(value), name));

        FileStream stream = file.Open();
        HttpContent data = Part(new StreamContent(stream, 81_920), "filedata", file.SafeName);
        data.Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
        form.Add(data);
        return form;
    }

    private static HttpContent Part(HttpContent content, string name, string? fileName = null)
    {
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = $"\"{name}\"",
            FileName = fileName is null ? null : $"\"{fileName}\"",
        };
        return content;
    }
}
