using System.Collections.Generic;

namespace InstagramMessaging.Emulator.State;

/// <summary>A message or reaction that is about to be kept.</summary>
/// <param name="PersonId">The person on the other side.</param>
/// <param name="Kind">As <see cref="IgEmulatorMessage.Kind"/>.</param>
internal sealed record Delivery(string PersonId, string Kind)
{
    /// <summary>Whether the person wrote it.</summary>
    internal bool IsFromCustomer { get; init; }

    internal string? Content { get; init; }

    internal IReadOnlyList<MessageMedia> Media { get; init; } = [];

    internal string? AttachmentId { get; init; }

    internal string? Sha256 { get; init; }

    internal string? MessagingType { get; init; }

    internal string? Tag { get; init; }

    internal string? ReplyTo { get; init; }

    /// <summary>The message that a reaction is put on; null for a message, which gets an id of its own.</summary>
    internal string? MessageId { get; init; }
}
