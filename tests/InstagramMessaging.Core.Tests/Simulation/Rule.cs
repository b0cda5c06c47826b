namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>What must hold in every world.</summary>
internal enum Rule
{
    /// <summary>Nothing is accepted twice, unless it does no harm or -ResendUnknown was used for it.</summary>
    AcceptedTwice,

    /// <summary>Nothing that was or will be accepted is called Failed or NotTried.</summary>
    CalledUndelivered,

    /// <summary>What was accepted is Sent, Skipped or Unknown in the end.</summary>
    Forgotten,

    /// <summary>Nothing is called Sent that was not accepted.</summary>
    SentUnaccepted,

    /// <summary>Nothing is called Unknown by the engine that left no doubt.</summary>
    UnknownForNothing,

    /// <summary>What goes to one person goes in the order of the input, one after another.</summary>
    OutOfOrder,

    /// <summary>In any second no more than the rate.</summary>
    PaceExceeded,

    /// <summary>Never more on their way than -ThrottleLimit.</summary>
    TooManyAtOnce,

    /// <summary>Nobody goes before a time that Graph named is over.</summary>
    WaitIgnored,

    /// <summary>After a throttle answer or three doubts requests go one at a time.</summary>
    NotAlone,

    /// <summary>Nothing begins after a stop.</summary>
    LeftAfterStop,

    /// <summary>No request leaves before its started line would survive a power cut.</summary>
    LeftUnrecorded,

    /// <summary>Each row ends.</summary>
    OutcomeMissing,

    /// <summary>Each row ends once.</summary>
    OutcomeRepeated,

    /// <summary>A brake holds, and a crash costs no more rows than were in work.</summary>
    TooManyUnknown,

    /// <summary>A throttle block costs a few requests.</summary>
    BlockTooDear,

    /// <summary>A run ends, and so does the last of its re-runs, with a journal that it can read.</summary>
    NoEnd,

    /// <summary>Nothing leaves the simulation's thread: it could not be replayed.</summary>
    Escaped,
}

/// <summary>A rule that was broken.</summary>
internal sealed record Violation(Rule Rule, string Text);
