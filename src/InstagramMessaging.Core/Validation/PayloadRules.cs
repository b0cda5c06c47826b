using System;
using System.Collections.Generic;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Validation;

/// <summary>What a row says about media. Blank cells are "not given".</summary>
/// <param name="Files">Full paths of files, wildcards already resolved.</param>
/// <param name="IsReusable">Meant for URLs: a file that is uploaded can always be used again.</param>
/// <param name="IsDirect">Meant for files; a table may mix them with URLs and ids.</param>
internal sealed record MediaInput(
    IReadOnlyList<string> Urls,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> AttachmentIds,
    string? Type,
    bool IsReusable = false,
    bool IsDirect = false);

/// <summary>Finds the one payload of a row.</summary>
internal static class PayloadRules
{
    /// <summary>The text or the link of a row.</summary>
    /// <param name="text">Null where the row has no such cell; an empty cell beside no other is an empty text.</param>
    public static TextPayload Text(string? text, string? link)
    {
        bool hasText = !string.IsNullOrWhiteSpace(text), hasLink = !string.IsNullOrWhiteSpace(link);
        if (hasText && hasLink)
            throw IgError.Of(ErrorId.PayloadAmbiguous, "The row has both a text and a link.");
        if (hasLink)
            return TextRules.Link(link!);
        return hasText || (text is not null && link is null)
            ? TextRules.Text(text!)
            : throw IgError.Of(ErrorId.PayloadMissing, "The row has neither a text nor a link.");
    }

    /// <summary>The media of a row, for a message.</summary>
    public static Payload Media(MediaInput input)
    {
        RequireOne(input, "a URL, a file or an attachment id");
        if (input.AttachmentIds.Count == 1)
            return new MediaIdPayload(IdRules.Opaque(input.AttachmentIds[0], "attachment id"), WordRules.MediaType(input.Type));
        if (input.Files.Count == 1)
            return new MediaFilePayload(MediaFile.Inspect(input.Files[0], WordRules.MediaType(input.Type)), input.IsDirect);
        (IgMediaType type, string url) = Url(input);
        return new MediaUrlPayload(type, url, input.IsReusable);
    }

    /// <summary>The media of a row, for an upload.</summary>
    public static Payload Upload(MediaInput input)
    {
        RequireOne(input, "a URL or a file");
        if (input.Files.Count == 1)
            return new UploadFilePayload(MediaFile.Inspect(input.Files[0], WordRules.MediaType(input.Type)));
        (IgMediaType type, string url) = Url(input);
        return new UploadUrlPayload(type, url);
    }

    /// <exception cref="InstagramApiException"><c>IgIdInvalid</c>, or <c>IgPayloadMissing</c> for an empty cell.</exception>
    public static PostPayload Post(string? postId) => new(RequiredId(postId, "post id"));

    /// <param name="reaction">Null removes the reaction.</param>
    /// <exception cref="InstagramApiException"><c>IgIdInvalid</c>, or <c>IgPayloadMissing</c> for an empty cell.</exception>
    public static ReactionPayload Reaction(string? messageId, string? reaction)
    {
        string message = RequiredId(messageId, "message id");
        if (reaction is not null)
            TextRules.Text(reaction);
        return new ReactionPayload(message, reaction);
    }

    /// <summary>An id of something that a message answers; a blank cell is none.</summary>
    public static string? ReplyTo(string? messageId) => string.IsNullOrWhiteSpace(messageId) ? null : IdRules.Opaque(messageId!, "message id to reply to");

    private static string RequiredId(string? id, string what) =>
        string.IsNullOrWhiteSpace(id) ? throw IgError.Of(ErrorId.PayloadMissing, $"The row has no {what}.") : IdRules.Opaque(id!, what);

    private static void RequireOne(MediaInput input, string choices)
    {
        int kinds = (input.Urls.Count > 0 ? 1 : 0) + (input.Files.Count > 0 ? 1 : 0) + (input.AttachmentIds.Count > 0 ? 1 : 0);
        if (kinds == 0)
            throw IgError.Of(ErrorId.PayloadMissing, $"The row has no media: {choices}.");
        if (kinds > 1)
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"The row has more than one of {choices}.");
        int count = input.Urls.Count + input.Files.Count + input.AttachmentIds.Count;
        if (count > 1)
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"The row has {count} media; one row is one message with one of them.", remedy: "Give one a row: pipe them in, or name one file instead of a wildcard.");
    }

    private static (IgMediaType Type, string Url) Url(MediaInput input)
    {
        string url = input.Urls[0];
        UrlRules.Require(url, ErrorId.MediaUrlInvalid, "media URL");
        if (WordRules.MediaType(input.Type) is { } type)
            return (type, url);
        string path = new Uri(url).AbsolutePath;
        return MediaFormats.OfExtension(path) switch
        {
            { IsSupported: true } format => (format.Types[0].Type, url),
            { } format => throw IgError.Of(ErrorId.MediaFormatNotSupported, $"The media URL '{url}' ends in {format.Name}, which Instagram does not take."),
            null => throw IgError.Of(ErrorId.TypeUnknown, $"The media URL '{url}' does not end in a known extension, so its type is unknown.", remedy: "Give -Type Image, Audio, Video or File."),
        };
    }
}
