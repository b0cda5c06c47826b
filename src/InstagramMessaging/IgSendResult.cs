using System;

namespace InstagramMessaging;

/// <summary>
/// What became of one row. It carries no <c>Text</c>, <c>Url</c>, <c>Path</c> or <c>Type</c>, so that a result piped on never
/// becomes somebody's payload.
/// </summary>
public sealed class IgSendResult
{
    internal IgSendResult()
    {
    }

    /// <summary>The row's place in the pipeline, from 1. Rows that PowerShell could not bind, because a script block threw, are not counted: no cmdlet sees them.</summary>
    public long Index { get; internal init; }

    /// <summary>The Instagram-scoped id of the person, as the row gave it.</summary>
    public string? RecipientId { get; internal init; }

    /// <summary>How the row ended.</summary>
    public IgSendStatus Status { get; internal init; }

    /// <summary>What the row asked for.</summary>
    public IgOperation Operation { get; internal init; }

    /// <summary>Graph's id of the message; for a reaction, of the message reacted to.</summary>
    public string? MessageId { get; internal init; }

    /// <summary>The id of the attachment that was uploaded, made reusable, or sent.</summary>
    public string? AttachmentId { get; internal init; }

    /// <summary>How many times the message was asked for over the network; uploads before it not counted.</summary>
    public int Attempts { get; internal init; }

    /// <summary>From the first byte of the first request to the end of the last answer, waits included.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>When Graph's answer arrived, in UTC; null unless the row was sent.</summary>
    public DateTimeOffset? SentAt { get; internal init; }

    /// <summary>The row's key in a journal; null without one.</summary>
    public string? Key { get; internal init; }

    /// <summary>The account that sent.</summary>
    public string? Account { get; internal init; }

    /// <summary>The stable id of the error; null when there is none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>The row itself, as it came down the pipeline.</summary>
    public object? InputObject { get; internal init; }

    /// <summary>The status and the recipient.</summary>
    public override string ToString() => $"{Status} {RecipientId}";
}
