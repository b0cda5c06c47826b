using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Faults;

/// <summary>What a magic recipient does to a send that is right in itself.</summary>
public enum MagicOutcome
{
    /// <summary>Refused with an error object; nothing is kept.</summary>
    Refused,

    /// <summary>The first sends are refused, later ones accepted.</summary>
    RefusedAtFirst,

    /// <summary>502 with an HTML page; nothing is kept.</summary>
    BadGateway,

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
}

/// <summary>A recipient id that picks an outcome, so that a CSV alone can rehearse a bad night.</summary>
/// <param name="Id">17 digits.</param>
/// <param name="What">The outcome in words.</param>
/// <param name="Outcome">The outcome.</param>
public sealed record MagicRecipient(string Id, string What, MagicOutcome Outcome)
{
    /// <summary>The error object that is answered, and its source; null when there is none.</summary>
    public EmulatorRule? Error { get; internal init; }

    /// <summary>For <see cref="MagicOutcome.RefusedAtFirst"/>: how many sends are refused.</summary>
    public int Times { get; internal init; }

    /// <summary>Whether the refusal carries usage headers that announce one minute.</summary>
    public bool AnnouncesWait { get; internal init; }
}
