namespace InstagramMessaging;

/// <summary>The last that a journal says about a row.</summary>
public enum IgJournalStatus
{
    /// <summary>A request was about to leave, and nothing says how it ended: the run was killed, or is sending the row now. A new run reports it as unknown.</summary>
    Started,

    /// <summary>Certainly not delivered so far, and not tried again yet. A new run sends it.</summary>
    Waiting,

    /// <summary>Graph accepted the message. A new run skips it.</summary>
    Sent,

    /// <summary>Certainly not delivered. A new run sends it.</summary>
    Failed,

    /// <summary>May have been delivered. A new run reports it and does not send it, unless it is told to.</summary>
    Unknown,
}
