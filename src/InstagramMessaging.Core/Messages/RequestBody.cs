using System;
using System.Collections.Generic;
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

    /// <summary>The call that sends the message; what it needs is there already.</summary>
    /// <param name="progress">Told how far a file is that goes with the message itself.</param>
    public static GraphRequest Send(SendRequest request, UploadProgress? progress = null)
    {
        bool isReaction = request.Payload is ReactionPayload;
        PaceKind pace = PaceOf(request.Payload);
        ExpectedId expects = isReaction ? ExpectedId.Recipient : ExpectedId.Message;
        if (request.Payload is MediaFilePayload { IsDirect: true } media)
            return new GraphRequest(GraphRequest.Messages, pace, expects, false, () => FileForm(media.File, MessageFields(request, media.File), progress));

        byte[] body = GraphJson.Message(request);
        return new GraphRequest(GraphRequest.Messages, pace, expects, isReaction, () => Json(body));
    }

    /// <summary>The call that makes an attachment of a file or a URL; it may be repeated.</summary>
    /// <param name="progress">Told how far the file is.</param>
    public static GraphRequest Upload(MediaSource source, UploadProgress? progress = null)
    {
        PaceKind pace = PaceOf(source.Type);
        if (source.File is not { } file)
        {
            byte[] body = GraphJson.Upload(source.Type, source.Url!);
            return new GraphRequest(GraphRequest.MessageAttachments, pace, ExpectedId.Attachment, true, () => Json(body));
        }

        (string, byte[])[] fields =
        [
            ("platform", Encoding.ASCII.GetBytes("instagram")),
            ("message", GraphJson.FileMessage(file.Type, isReusable: true)),
        ];
        return new GraphRequest(GraphRequest.MessageAttachments, pace, ExpectedId.Attachment, true, () => FileForm(file, fields, progress));
    }

    /// <summary>Which of Meta's rates it counts against; media sent by id too, where their type is given.</summary>
    public static PaceKind PaceOf(Payload payload) => PaceOf(payload switch
    {
        MediaUrlPayload media => media.Type,
        MediaIdPayload media => media.Type,
        MediaFilePayload media => media.File.Type,
        UploadPayload upload => upload.Source.Type,
        _ => null,
    });

    public static PaceKind PaceOf(IgMediaType? type) => type is IgMediaType.Audio or IgMediaType.Video ? PaceKind.Media : PaceKind.Sends;

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
    private static MultipartFormDataContent FileForm(MediaFile file, IReadOnlyList<(string Name, byte[] Value)> fields, UploadProgress? progress)
    {
        string boundary = "ig-" + Guid.NewGuid().ToString("N");
        var form = new MultipartFormDataContent(boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        foreach ((string name, byte[] value) in fields)
            form.Add(Part(new ByteArrayContent(value), name));

        HttpContent data = Part(new FileContent(file, progress), "filedata", file.SafeName);
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
