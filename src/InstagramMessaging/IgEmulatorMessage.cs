using System;

namespace InstagramMessaging;

/// <summary>A message or reaction that the emulator accepted, as the customer would see it, or that a customer wrote.</summary>
public sealed class IgEmulatorMessage
{
    internal IgEmulatorMessage()
    {
    }

    /// <summary>The order of arrival, from 1.</summary>
    public long Number { get; internal init; }

    /// <summary>When it was accepted, in UTC.</summary>
    public DateTimeOffset ReceivedAt { get; internal init; }

    /// <summary>The Instagram-scoped id of the customer.</summary>
    public string RecipientId { get; internal init; } = string.Empty;

    /// <summary>Whether the customer wrote it, by <c>Receive-IgEmulatorMessage</c>; otherwise the account did.</summary>
    public bool IsFromCustomer { get; internal init; }

    /// <summary>The id that was given for it; for a reaction, of the message reacted to.</summary>
    public string MessageId { get; internal init; } = string.Empty;

    /// <summary>What it is: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>, <c>post</c>, <c>sticker</c>, <c>react</c> or <c>unreact</c>.</summary>
    public string Kind { get; internal init; } = string.Empty;

    /// <summary>The text, the URL, the id of the post, or the reaction.</summary>
    public string? Content { get; internal init; }

    /// <summary>The attachment that it shows, if it was sent by id or uploaded with the message.</summary>
    public string? AttachmentId { get; internal init; }

    /// <summary>The SHA-256 of the bytes that were uploaded for it, in lower-case hex; null when it has none.</summary>
    public string? Sha256 { get; internal init; }

    /// <summary><c>RESPONSE</c>, <c>UPDATE</c>, <c>MESSAGE_TAG</c>, or null.</summary>
    public string? MessagingType { get; internal init; }

    /// <summary>The message tag, or null.</summary>
    public string? MessageTag { get; internal init; }

    /// <summary>The message that it answers, or null.</summary>
    public string? ReplyTo { get; internal init; }

    /// <summary>The kind and the recipient.</summary>
    public override string ToString() => IsFromCustomer ? $"{Kind} from {RecipientId}" : $"{Kind} to {RecipientId}";
}
