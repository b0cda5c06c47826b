using System;

namespace InstagramMessaging.Core.Sending;

/// <summary>How a row ended.</summary>
/// <param name="Status">Sent, Skipped, Failed, Unknown or NotTried.</param>
/// <param name="Error">Null only for Sent and Skipped.</param>
internal sealed record RowOutcome(
    IgSendStatus Status,
    InstagramApiException? Error = null,
    string? MessageId = null,
    string? AttachmentId = null,
    int Attempts = 0,
    TimeSpan Duration = default,
    DateTimeOffset? SentAt = null)
{
    /// <summary>Whether the row only heard of a failure that another one met, and says nothing new about the connection.</summary>
    public bool IsHearsay { get; init; }
}
