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
    /// <summary>How many bytes of text or file leave this machine.</summary>
    public virtual long Bytes => 0;

    /// <summary>How many uploads it needs before the message.</summary>
    public virtual int Uploads => 0;

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
    public override long Bytes => File.Length;

    public override int Uploads => IsDirect ? 0 : 1;

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

/// <summary>An upload for later sends, from a URL.</summary>
internal sealed record UploadUrlPayload(IgMediaType Type, string Url) : Payload(IgOperation.Upload)
{
    public override int Uploads => 1;

    public override string Describe() => $"Make {MediaWords.Article(Type)} attachment of {Url}";
}

/// <summary>An upload for later sends, from a file.</summary>
internal sealed record UploadFilePayload(MediaFile File) : Payload(IgOperation.Upload)
{
    public override long Bytes => File.Length;

    public override int Uploads => 1;

    public override string Describe() => $"Upload {File.Describe()}";
}
