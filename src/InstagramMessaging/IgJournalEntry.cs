using System;

namespace InstagramMessaging;

/// <summary>What a journal says about one row. It holds no text and no address.</summary>
public sealed class IgJournalEntry
{
    internal IgJournalEntry()
    {
    }

    /// <summary>The row's key: its own, or a hash of account, cmdlet, recipient and content.</summary>
    public string Key { get; internal init; } = string.Empty;

    /// <summary>The Instagram-scoped id of the person, as the row gave it; null where the row has none.</summary>
    public string? RecipientId { get; internal init; }

    /// <summary>What the row asked for; null when its first line was lost.</summary>
    public IgOperation? Operation { get; internal init; }

    /// <summary>The last that the journal says.</summary>
    public IgJournalStatus Status { get; internal init; }

    /// <summary>Graph's id of the message; for a reaction, of the message reacted to.</summary>
    public string? MessageId { get; internal init; }

    /// <summary>The id of the attachment that was uploaded, made reusable, or sent.</summary>
    public string? AttachmentId { get; internal init; }

    /// <summary>The stable id of the last error; null when the last line has none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>Graph's <c>code</c> of the last error.</summary>
    public long? Code { get; internal init; }

    /// <summary>Graph's <c>error_subcode</c> of the last error.</summary>
    public long? Subcode { get; internal init; }

    /// <summary>How many times a request was about to leave, in all runs together.</summary>
    public int Attempts { get; internal init; }

    /// <summary>When the first one was, in UTC.</summary>
    public DateTimeOffset? StartedAt { get; internal init; }

    /// <summary>When the row last ended as sent, failed or unknown, in UTC; null when it never did.</summary>
    public DateTimeOffset? EndedAt { get; internal init; }

    /// <summary>The account that sent.</summary>
    public string Account { get; internal init; } = string.Empty;

    /// <summary>The status and the recipient.</summary>
    public override string ToString() => $"{Status} {RecipientId}";
}
