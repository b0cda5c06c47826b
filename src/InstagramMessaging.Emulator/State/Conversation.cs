using System;
using System.Collections.Generic;
using System.Text;

namespace InstagramMessaging.Emulator.State;

/// <summary>A message that is kept, with what a read tells beyond the inbox. Reactions change; all else stays.</summary>
internal sealed class KeptMessage(IgEmulatorMessage message, Conversation conversation, long place, IReadOnlyList<MessageMedia> media)
{
    private volatile string? _ownReaction;
    private volatile string? _customerReaction;

    internal IgEmulatorMessage Message { get; } = message;

    internal Conversation Conversation { get; } = conversation;

    /// <summary>In its conversation, from 1.</summary>
    internal long Place { get; } = place;

    internal IReadOnlyList<MessageMedia> Media { get; } = media;

    /// <summary>Whether it answers a message of its own side.</summary>
    internal bool IsSelfReply { get; init; }

    /// <summary>The account's reaction; null for none.</summary>
    internal string? OwnReaction
    {
        get => _ownReaction;
        set => _ownReaction = value;
    }

    /// <summary>The customer's reaction; null for none.</summary>
    internal string? CustomerReaction
    {
        get => _customerReaction;
        set => _customerReaction = value;
    }
}

/// <summary>Media in a message.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Url">Where it is fetched; null when its bytes were uploaded.</param>
/// <param name="AttachmentId">Its attachment id, if it has one.</param>
internal sealed record MessageMedia(IgMediaType Type, string? Url, string? AttachmentId);

/// <summary>What the account and one person wrote each other. Its owner, the inbox, locks.</summary>
internal sealed class Conversation(string account, string customerId)
{
    /// <summary>Graph tells no details of older ones.</summary>
    internal const int DetailsKept = 20;

    internal string CustomerId { get; } = customerId;

    /// <summary>The same for the same two, as Graph's are.</summary>
    internal string Id { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes($"ig_thread:1:{account}:{customerId}")).TrimEnd('=');

    /// <summary>The messages that are still kept, oldest first.</summary>
    internal Queue<KeptMessage> Messages { get; } = new();

    /// <summary>How many there ever were.</summary>
    internal long Count { get; set; }

    /// <summary>The number of the newest message in the inbox: the order of the list.</summary>
    internal long LastNumber { get; set; }

    internal DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether the account ever wrote; until then it is a request.</summary>
    internal bool IsAnswered { get; set; }
}

/// <summary>A conversation as it was at one moment.</summary>
/// <param name="Newest">The newest messages, newest first.</param>
internal sealed record ConversationView(
    string Id, string CustomerId, DateTimeOffset UpdatedAt, long LastNumber, IReadOnlyList<KeptMessage> Newest);
