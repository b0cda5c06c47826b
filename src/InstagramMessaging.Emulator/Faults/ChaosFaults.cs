using System.Collections.Generic;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Faults;

/// <summary>What chance chooses from, each as likely as the others. Silence is left out: it would make a night of timeouts.</summary>
public static class ChaosFaults
{
    /// <summary>The whole list. Half of it accepts the call, half does not; who calls cannot tell which.</summary>
    public static IReadOnlyList<MagicFault> All { get; } =
    [
        new(MagicOutcome.Refused, OutcomeRules.RateKeptBare),
        new(MagicOutcome.Refused, OutcomeRules.UnexpectedError),
        new(MagicOutcome.BadGateway),
        new(MagicOutcome.Reset),
        new(MagicOutcome.AcceptedThenError, OutcomeRules.UnexpectedError),
        new(MagicOutcome.AcceptedThenReset),
        new(MagicOutcome.AcceptedThenHalfAnswer),
        new(MagicOutcome.AcceptedWithoutIds),
    ];
}
