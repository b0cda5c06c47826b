namespace InstagramMessaging.Emulator.State;

/// <summary>A message or reaction that is about to be kept.</summary>
internal sealed record Delivery(string RecipientId, string Kind)
{
    internal string? Content { get; init; }

    internal string? AttachmentId { get; init; }

    internal string? Sha256 { get; init; }

    internal string? MessagingType { get; init; }

    internal string? Tag { get; init; }

    internal string? ReplyTo { get; init; }

    /// <summary>The message that a reaction is put on; null for a message, which gets an id of its own.</summary>
    internal string? MessageId { get; init; }
}
