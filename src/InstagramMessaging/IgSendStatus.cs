namespace InstagramMessaging;

/// <summary>How a row ended. Graph has no idempotency key, so "failed" and "may have been delivered" are kept apart.</summary>
public enum IgSendStatus
{
    /// <summary>Graph accepted the message and gave its id.</summary>
    Sent,

    /// <summary>Nothing was sent, on purpose.</summary>
    Skipped,

    /// <summary>Certainly not delivered.</summary>
    Failed,

    /// <summary>May have been delivered; never sent again by itself.</summary>
    Unknown,

    /// <summary>The run stopped before this row; no request was made.</summary>
    NotTried,
}
