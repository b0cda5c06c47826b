using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Validation;

/// <summary>What a row says about media. Blank cells are "not given".</summary>
/// <param name="Files">Full paths of files, wildcards already resolved.</param>
/// <param name="IsReusable">Meant for URLs: a file that is uploaded can always be used again.</param>
/// <param name="IsDirect">Meant for files; a table may mix them with URLs and ids.</param>
/// <param name="Inspector">What looks at the files; a run has one for all of its rows.</param>
internal sealed record MediaInput(
    IReadOnlyList<string> Urls,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> AttachmentIds,
    string? Type,
    bool IsReusable = false,
    bool IsDirect = false,
    MediaInspector? Inspector = null);

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

    /// <summary>The media of a row, for a message: one, or several images.</summary>
    public static Payload Media(MediaInput input)
    {
        RequireOneKind(input, "a URL, a file or an attachment id");
        if (CountOf(input) > 1)
            return Images(input);
        if (input.AttachmentIds.Count == 1)
            return new MediaIdPayload(IdRules.Opaque(input.AttachmentIds[0], "attachment id"), WordRules.MediaType(input.Type));
        if (input.Files.Count == 1)
            return new MediaFilePayload(Look(input, input.Files[0], WordRules.MediaType(input.Type)), input.IsDirect);
        return new MediaUrlPayload(UrlType(input.Urls[0], input.Type), input.Urls[0], input.IsReusable);
    }

    /// <summary>The media of a row, for an upload.</summary>
    public static UploadPayload Upload(MediaInput input)
    {
        RequireOneKind(input, "a URL or a file");
        if (CountOf(input) is > 1 and var count)
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"The row has {count} media; one row makes one attachment.", remedy: "Give one a row: pipe them in.");
        return new UploadPayload(input.Files.Count == 1
            ? MediaSource.Of(Look(input, input.Files[0], WordRules.MediaType(input.Type)))
            : MediaSource.OfUrl(input.Urls[0], UrlType(input.Urls[0], input.Type), isUpload: true));
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

    private static MediaFile Look(MediaInput input, string path, IgMediaType? wanted) => (input.Inspector ?? new MediaInspector()).Inspect(path, wanted);

    private static int CountOf(MediaInput input) => input.Urls.Count + input.Files.Count + input.AttachmentIds.Count;

    /// <summary>URLs and ids may be mixed where several of one kind say that a message of several images is meant.</summary>
    private static void RequireOneKind(MediaInput input, string choices)
    {
        bool hasUrls = input.Urls.Count > 0, hasFiles = input.Files.Count > 0, hasIds = input.AttachmentIds.Count > 0;
        if (!hasUrls && !hasFiles && !hasIds)
            throw IgError.Of(ErrorId.PayloadMissing, $"The row has no media: {choices}.");
        bool isMixture = hasUrls && hasIds && !hasFiles && CountOf(input) > 2;
        if (!isMixture && (hasUrls ? 1 : 0) + (hasFiles ? 1 : 0) + (hasIds ? 1 : 0) > 1)
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"The row has more than one of {choices}.");
    }

    /// <summary>Several images in one message; of anything else a message holds one.</summary>
    private static ImagesPayload Images(MediaInput input)
    {
        int count = CountOf(input);
        if (count > ImagesPayload.Most)
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"The row has {count} media; one message holds at most {ImagesPayload.Most} images.", remedy: "Make two rows of it, or pipe the files in: each is then a message of its own.");
        if (WordRules.MediaType(input.Type) is { } type and not IgMediaType.Image)
            throw NotAllImages(count, $"-Type is {type}");
        if (input.IsDirect && input.Files.Count > 0)
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"The row has {count} files, and -Direct sends one file in its one request.", remedy: "Leave -Direct out: they are then uploaded and sent in one message.");
        return new ImagesPayload(
        [
            .. input.Urls.Select(url => MediaSource.OfUrl(url, Image(UrlType(url, input.Type, IgMediaType.Image), url, count), input.IsReusable)),
            .. input.AttachmentIds.Select(id => MediaSource.OfId(IdRules.Opaque(id, "attachment id"), IgMediaType.Image)),
            .. input.Files.Select(path => ImageFile(Look(input, path, null), count)),
        ]);
    }

    private static MediaSource ImageFile(MediaFile file, int count)
    {
        Image(file.Type, System.IO.Path.GetFileName(file.Path), count);
        return MediaSource.Of(file);
    }

    private static IgMediaType Image(IgMediaType type, string name, int count) =>
        type == IgMediaType.Image ? type : throw NotAllImages(count, $"'{name}' is {MediaWords.Article(type)}");

    private static InstagramApiException NotAllImages(int count, string why) =>
        IgError.Of(ErrorId.PayloadAmbiguous, $"The row has {count} media, and only images go several in one message: {why}.", remedy: "Give one a row: pipe the files in, or name one file instead of a wildcard.");

    /// <param name="otherwise">The type where neither the word nor the address tells it; null where that is an error.</param>
    private static IgMediaType UrlType(string url, string? word, IgMediaType? otherwise = null)
    {
        UrlRules.Require(url, ErrorId.MediaUrlInvalid, "media URL");
        if (WordRules.MediaType(word) is { } type)
            return type;
        return MediaFormats.OfExtension(new Uri(url).AbsolutePath) switch
        {
            { IsSupported: true } format => format.Types[0].Type,
            { } format => throw IgError.Of(ErrorId.MediaFormatNotSupported, $"The media URL '{url}' ends in {format.Name}, which Instagram does not take."),
            null => otherwise ?? throw IgError.Of(ErrorId.TypeUnknown, $"The media URL '{url}' does not end in a known extension, so its type is unknown.", remedy: "Give -Type Image, Audio, Video or File."),
        };
    }
}
