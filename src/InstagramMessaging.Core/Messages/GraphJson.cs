using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Messages;

/// <summary>Writes Graph's JSON: no null members, ids as strings, text as it is.</summary>
/// <remarks>Source: "Instagram messaging", https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message,
/// and "Upload attachments", https://developers.facebook.com/docs/messenger-platform/instagram/features/attachment-upload.</remarks>
internal static class GraphJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The thread's own, again and again: a new one for each row is more bytes than the row.</summary>
    [ThreadStatic]
    private static (MemoryStream Body, Utf8JsonWriter Json)? _writer;

    /// <summary>The whole body of a message or reaction.</summary>
    public static byte[] Message(SendRequest request) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("recipient");
        json.WriteString("id", request.RecipientId);
        json.WriteEndObject();
        if (request.Payload is ReactionPayload reaction)
        {
            WriteReaction(json, reaction);
        }
        else
        {
            WriteLabels(json, request.Envelope);
            json.WritePropertyName("message");
            WriteMessage(json, request.Payload);
            WriteReplyTo(json, request.Envelope);
        }

        json.WriteEndObject();
    });

    /// <summary>The whole body of an upload from a URL.</summary>
    public static byte[] Upload(IgMediaType type, string url) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("platform", "instagram");
        json.WritePropertyName("message");
        WriteAttachment(json, Word(type), payload =>
        {
            payload.WriteString("url", url);
            payload.WriteBoolean("is_reusable", true);
        });
        json.WriteEndObject();
    });

    /// <summary>The <c>recipient</c> part of a multipart send.</summary>
    public static byte[] Recipient(string recipientId) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", recipientId);
        json.WriteEndObject();
    });

    /// <summary>The <c>reply_to</c> part of a multipart send.</summary>
    public static byte[] ReplyTo(string messageId) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("mid", messageId);
        json.WriteEndObject();
    });

    /// <summary>The <c>message</c> part of a multipart request: its payload is an object, empty or not, since Graph asks for one.</summary>
    public static byte[] FileMessage(IgMediaType type, bool isReusable) => Write(json =>
        WriteAttachment(json, Word(type), payload =>
        {
            if (isReusable)
                payload.WriteBoolean("is_reusable", true);
        }));

    private static void WriteReaction(Utf8JsonWriter json, ReactionPayload reaction)
    {
        json.WriteString("sender_action", reaction.Reaction is null ? "unreact" : "react");
        json.WriteStartObject("payload");
        json.WriteString("message_id", reaction.MessageId);
        if (reaction.Reaction is not null)
            json.WriteString("reaction", reaction.Reaction);
        json.WriteEndObject();
    }

    private static void WriteLabels(Utf8JsonWriter json, Envelope envelope)
    {
        if (envelope.MessagingType is not null)
            json.WriteString("messaging_type", envelope.MessagingType);
        if (envelope.Tag is not null)
            json.WriteString("tag", envelope.Tag);
    }

    private static void WriteReplyTo(Utf8JsonWriter json, Envelope envelope)
    {
        if (envelope.ReplyTo is null)
            return;
        json.WriteStartObject("reply_to");
        json.WriteString("mid", envelope.ReplyTo);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, Payload payload)
    {
        switch (payload)
        {
            case TextPayload text:
                json.WriteStartObject();
                json.WriteString("text", text.Text);
                json.WriteEndObject();
                break;
            case MediaUrlPayload media:
                WriteAttachment(json, Word(media.Type), to =>
                {
                    to.WriteString("url", media.Url);
                    if (media.IsReusable)
                        to.WriteBoolean("is_reusable", true);
                });
                break;
            case MediaIdPayload media:
                WriteAttachment(json, media.Type is { } type ? Word(type) : "MEDIA_SHARE", to => to.WriteString("attachment_id", media.AttachmentId));
                break;
            case ImagesPayload images:
                WriteAttachments(json, images);
                break;
            case PostPayload post:
                WriteAttachment(json, "MEDIA_SHARE", to => to.WriteString("id", post.PostId));
                break;
            case StickerPayload:
                WriteAttachment(json, "like_heart", null);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(payload), payload.GetType().Name, "This payload is not a message.");
        }
    }

    private static void WriteAttachment(Utf8JsonWriter json, string type, Action<Utf8JsonWriter>? payload)
    {
        json.WriteStartObject();
        json.WriteStartObject("attachment");
        json.WriteString("type", type);
        if (payload is not null)
        {
            json.WriteStartObject("payload");
            payload(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttachments(Utf8JsonWriter json, ImagesPayload images)
    {
        json.WriteStartObject();
        json.WriteStartArray("attachments");
        foreach (MediaSource image in images.Images)
        {
            json.WriteStartObject();
            json.WriteString("type", Word(image.Type));
            json.WriteStartObject("payload");
            if (image.AttachmentId is { } id)
                json.WriteString("attachment_id", id);
            else
                json.WriteString("url", image.Url);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(IgMediaType type) => MediaWords.Graph(type);

    private static (MemoryStream Body, Utf8JsonWriter Json) Begin()
    {
        var body = new MemoryStream(256);
        return (body, new Utf8JsonWriter(body, Options));
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        (MemoryStream body, Utf8JsonWriter json) = _writer ??= Begin();
        body.SetLength(0);
        json.Reset();
        write(json);
        json.Flush();
        return body.ToArray();
    }
}
