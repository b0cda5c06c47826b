using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Faults;

/// <summary>What becomes of a call that is right in itself.</summary>
public enum MagicOutcome
{
    /// <summary>Refused with an error object; nothing is kept.</summary>
    Refused,

    /// <summary>The first sends are refused, later ones accepted.</summary>
    RefusedAtFirst,

    /// <summary>502 with an HTML page; nothing is kept.</summary>
    BadGateway,

    /// <summary>The connection is reset without an answer; nothing is kept.</summary>
    Reset,

    /// <summary>Accepted and kept; answered with an error object.</summary>
    AcceptedThenError,

    /// <summary>Accepted and kept; the connection is reset without an answer.</summary>
    AcceptedThenReset,

    /// <summary>Accepted and kept; never answered.</summary>
    AcceptedThenSilence,

    /// <summary>Accepted and kept; the answer ends in the middle.</summary>
    AcceptedThenHalfAnswer,

    /// <summary>Accepted and kept; 200 with an empty object.</summary>
    AcceptedWithoutIds,

    /// <summary>Accepted and kept; answered late.</summary>
    AcceptedSlowly,

    /// <summary>Accepted and kept; the token expires some calls later.</summary>
    AcceptedAndTokenExpires,

    /// <summary>Accepted and kept; only a read of the profile is refused.</summary>
    Unreadable,
}

/// <summary>A fault: what happens, and with which error object.</summary>
/// <param name="Outcome">What happens.</param>
/// <param name="Error">The error object that is answered, and its source; null when there is none.</param>
public sealed record MagicFault(MagicOutcome Outcome, EmulatorRule? Error = null);

/// <summary>A recipient id that picks an outcome, so that a CSV alone can rehearse a bad night.</summary>
/// <param name="Id">17 digits; <c>nnn</c> at the end stands for a number.</param>
/// <param name="What">The outcome in words.</param>
/// <param name="Fault">The outcome.</param>
public sealed record MagicRecipient(string Id, string What, MagicFault Fault)
{
    /// <summary>How many sends are refused, or after how many calls the token expires.</summary>
    public int Times { get; internal init; }

    /// <summary>Whether the refusal announces one minute, for which the account is blocked.</summary>
    public bool AnnouncesWait { get; internal init; }
}
