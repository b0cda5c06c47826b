using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>What a message says or shows, when it stood up to the rules.</summary>
internal sealed record Content(string Kind)
{
    /// <summary>Text, URL, post id; for several images one line each.</summary>
    internal string? Text { get; init; }

    /// <summary>The media, unless there are none or several.</summary>
    internal Media? Media { get; init; }

    /// <summary>The images, when there are several.</summary>
    internal IReadOnlyList<Media> Images { get; init; } = [];
}

/// <summary>Holds <c>message</c> against the rules.</summary>
internal sealed class ContentReader(EmulatorState state)
{
    private const int MostChars = 2000;
    private const int MostBytes = 1000;
    private const int MostImages = 10;
    private const int MetadataChars = 1000;

    private readonly MediaReader _media = new(state);

    internal Content Read(Param message, List<UploadedFile> files)
    {
        message.Object(EnvelopeRules.MessageIsObject).OnlyKeys("text", "attachment", "attachments", "quick_replies", "metadata");
        if (message["quick_replies"].IsGiven)
            throw EnvelopeRules.NotPlayed.Broken("quick replies");

        if (message["metadata"].IsGiven && message["metadata"].Text(TextRules.MetadataIsText).Length >= MetadataChars)
            throw TextRules.MetadataIsText.Broken();

        Param text = message["text"];
        Param attachment = message["attachment"];
        Param images = message["attachments"];
        int given = (text.IsGiven ? 1 : 0) + (attachment.IsGiven ? 1 : 0) + (images.IsGiven ? 1 : 0);
        if (given != 1)
            throw (given == 0 ? TextRules.ContentGiven : TextRules.ContentOnce).Broken();

        if (attachment.IsGiven)
            return ReadAttachment(attachment.Object(AttachmentRules.AttachmentIsObject), files);
        if (files.Count > 0)
            throw FileRules.ExactlyOne.Broken();
        return text.IsGiven ? new Content("text") { Text = ReadText(text) } : ReadImages(images);
    }

    private static string ReadText(Param parameter)
    {
        string text = parameter.Text(TextRules.TextIsString);
        if (text.Length == 0)
            throw TextRules.TextNotEmpty.Broken();
        if (text.Length > MostChars)
            throw TextRules.TextChars.Broken();
        if (Utf8Text.CountBytes(text) > MostBytes)
            throw TextRules.TextBytes.Broken();
        return text;
    }

    private Content ReadAttachment(Param attachment, List<UploadedFile> files)
    {
        Param type = attachment["type"];
        string name = type.Text(AttachmentRules.TypeKnown);
        if (MediaReader.TypeOf(name) is { } media)
            return Show(_media.Read(attachment, media, files));
        if (files.Count > 0)
            throw FileRules.ExactlyOne.Broken();

        return name switch
        {
            "MEDIA_SHARE" => ReadShare(attachment),
            "like_heart" => ReadSticker(attachment),
            "template" => throw EnvelopeRules.NotPlayed.Broken("templates"),
            _ => throw AttachmentRules.TypeKnown.Broken(type.Path),
        };
    }

    private static Content ReadSticker(Param attachment)
    {
        if (attachment["payload"].IsGiven)
            attachment.Refuse(AttachmentRules.StickerBare, attachment["payload"].Path);
        attachment.OnlyKeys("type", "payload");
        return new Content("sticker");
    }

    private Content ReadShare(Param attachment)
    {
        attachment.OnlyKeys("type", "payload");
        Param payload = MediaReader.Payload(attachment);
        payload.OnlyKeys("id", "attachment_id");
        Param post = payload["id"];
        Param kept = payload["attachment_id"];
        if (post.IsGiven == kept.IsGiven)
            throw AttachmentRules.ShareHasOneId.Broken();

        return kept.IsGiven ? ShowKept(_media.Find(kept, type: null)) : ReadPost(post);
    }

    private Content ReadPost(Param parameter)
    {
        string id = parameter.Text(AttachmentRules.PostIdIsDigits);
        if (!Digits.AreId(id))
            throw AttachmentRules.PostIdIsDigits.Broken();
        if (id == MagicRecipients.ForeignPost)
            throw AttachmentRules.PostOwned.Broken();

        // The upload document's prose has the attachment id in this place.
        return state.Attachments.Find(id) is null ? new Content("post") { Text = id } : ShowKept(_media.Find(parameter, type: null));
    }

    private Content ReadImages(Param images)
    {
        // The one sample of Instagram login has an object here.
        if (state.Login == IgLogin.Instagram && images.Value!.Kind == GraphKind.Object)
            return Show(ReadImage(images));
        if (!images.IsArray || images.Value!.Items.Count is 0 or > MostImages)
            throw AttachmentRules.ImagesAreArray.Broken();

        Media[] media = images.Items.Select(ReadImage).ToArray();
        return media.Length == 1
            ? Show(media[0])
            : new Content("image") { Text = string.Join("\n", media.Select(image => image.Url ?? image.Kept!.Id)), Images = media };
    }

    private Media ReadImage(Param image)
    {
        Param type = image.Object(AttachmentRules.AttachmentIsObject)["type"];
        if (MediaReader.TypeOf(type.Text(AttachmentRules.TypeKnown)) != IgMediaType.Image)
            throw AttachmentRules.ImagesOnly.Broken(type.Path);
        return _media.Read(image, IgMediaType.Image, []);
    }

    private static Content Show(Media media) =>
        new(Media.Word(media.Type)) { Text = media.Url ?? media.Kept?.Url, Media = media };

    private static Content ShowKept(EmulatorAttachment kept) => Show(new Media(kept.Type) { Kept = kept });
}
