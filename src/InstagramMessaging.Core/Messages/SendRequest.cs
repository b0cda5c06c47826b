using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Messages;

/// <summary>One row, valid and ready: what goes to whom, and how it is labelled.</summary>
/// <param name="RecipientId">The Instagram-scoped id; null for an upload, which has no recipient.</param>
internal sealed record SendRequest(string? RecipientId, Payload Payload, Envelope Envelope);

/// <summary>What stands beside the message: why it is sent and what it answers.</summary>
/// <remarks>Source: "Send API", https://developers.facebook.com/docs/messenger-platform/reference/send-api.</remarks>
internal sealed record Envelope(string? MessagingType = null, string? Tag = null, string? ReplyTo = null)
{
    public static Envelope None { get; } = new();
}

/// <summary>What is sent. The kinds are those of the two documents that the module implements.</summary>
internal abstract record Payload(IgOperation Operation)
{
    /// <summary>How many bytes of text or file leave this machine with the message itself.</summary>
    public virtual long Bytes => 0;

    /// <summary>The attachments that it needs before the message; each is made once for all rows that need it.</summary>
    public virtual IEnumerable<MediaSource> Uploads => [];

    /// <summary>A clause for <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    public abstract string Describe();
}

/// <summary>A text, or a link that Instagram shows with a preview.</summary>
internal sealed record TextPayload(string Text, int Utf8Bytes, bool IsLink) : Payload(IsLink ? IgOperation.Link : IgOperation.Text)
{
    public override long Bytes => Utf8Bytes;

    public override string Describe() => IsLink ? $"Send the link {Text}" : $"Send the text '{Beginning()}' ({Bytes} bytes)";

    /// <summary>Enough of it, in one line, to see what a mail merge made.</summary>
    private string Beginning()
    {
        const int Longest = 60;
        string line = Text.Replace("\r\n", " ").Replace('\n', ' ').Replace('\r', ' ');
        if (line.Length <= Longest)
            return line;
        int length = char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest;
        return $"{line.Substring(0, length)}…";
    }
}

/// <summary>Media that Meta fetches from a URL.</summary>
internal sealed record MediaUrlPayload(IgMediaType Type, string Url, bool IsReusable) : Payload(IgOperation.Media)
{
    public override string Describe() => $"Send {MediaWords.Article(Type)} from {Url}";
}

/// <summary>Media uploaded before. Without a type it goes as <c>MEDIA_SHARE</c>, as the upload page shows it.</summary>
internal sealed record MediaIdPayload(string AttachmentId, IgMediaType? Type) : Payload(IgOperation.Media)
{
    public override string Describe() => $"Send {(Type is { } type ? MediaWords.Article(type) : "the attachment")} {AttachmentId}";
}

/// <summary>A file on this machine: uploaded first and sent by id, or sent in one multipart request.</summary>
internal sealed record MediaFilePayload(MediaFile File, bool IsDirect) : Payload(IgOperation.Media)
{
    public override long Bytes => IsDirect ? File.Length : 0;

    public override IEnumerable<MediaSource> Uploads => IsDirect ? [] : [MediaSource.Of(File)];

    public override string Describe() => IsDirect ? $"Send {File.Describe()}" : $"Upload and send {File.Describe()}";
}

/// <summary>A post that the account owns.</summary>
internal sealed record PostPayload(string PostId) : Payload(IgOperation.Post)
{
    public override string Describe() => $"Send the post {PostId}";
}

/// <summary>The heart.</summary>
internal sealed record StickerPayload() : Payload(IgOperation.Sticker)
{
    public override string Describe() => "Send the heart sticker";
}

/// <summary>A reaction to a message, or its removal when there is none.</summary>
internal sealed record ReactionPayload(string MessageId, string? Reaction) : Payload(Reaction is null ? IgOperation.Unreact : IgOperation.React)
{
    public override string Describe() => Reaction is null ? $"Remove the reaction to {MessageId}" : $"React with '{Reaction}' to {MessageId}";
}

/// <summary>Several images in one message, of any mixture of sources.</summary>
/// <remarks>Source: "Send a message", https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message.</remarks>
internal sealed record ImagesPayload(IReadOnlyList<MediaSource> Images) : Payload(IgOperation.Media)
{
    /// <summary>The most that one message holds.</summary>
    public const int Most = 10;

    public override IEnumerable<MediaSource> Uploads => Images.Where(image => image.IsUpload);

    public override string Describe() => $"Send {Images.Count} images: {string.Join(", ", Images.Select(image => image.Describe()))}";
}

/// <summary>An attachment made for later sends.</summary>
internal sealed record UploadPayload(MediaSource Source) : Payload(IgOperation.Upload)
{
    public override IEnumerable<MediaSource> Uploads => [Source];

    public override string Describe() => Source.File is null ? $"Make {MediaWords.Article(Source.Type)} attachment of {Source.Url}" : $"Upload {Source.Describe()}";
}

/// <summary>Where media come from: a file, a URL, or an attachment that there is already. One of the three is given.</summary>
/// <param name="IsUpload">Whether an attachment is made of it before the message.</param>
internal sealed record MediaSource(IgMediaType Type, MediaFile? File, string? Url, string? AttachmentId, bool IsUpload)
{
    /// <summary>What it is known by: two sources with one key are one attachment.</summary>
    public MediaKey Key => new(File?.Sha256 ?? Url ?? AttachmentId!, Type);

    public static MediaSource Of(MediaFile file) => new(file.Type, file, null, null, IsUpload: true);

    public static MediaSource OfUrl(string url, IgMediaType type, bool isUpload) => new(type, null, url, null, isUpload);

    public static MediaSource OfId(string attachmentId, IgMediaType type) => new(type, null, null, attachmentId, IsUpload: false);

    public string Describe() => File?.Describe() ?? Url ?? AttachmentId!;
}
