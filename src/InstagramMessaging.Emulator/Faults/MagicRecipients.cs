using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Faults;

/// <summary>The table of magic ids. Any other well-formed id is a customer with an open window.</summary>
/// <remarks>The topic about_IgEmulator has the same table; a test compares them.</remarks>
public static class MagicRecipients
{
    /// <summary>The one post that the account does not own.</summary>
    public const string ForeignPost = "90000000000000404";

    private const string Prefix = "9000000000000";
    private const string Number = "nnn";
    private const string WithoutConsent = Prefix + "0020";

    /// <summary>How late <see cref="MagicOutcome.AcceptedSlowly"/> answers.</summary>
    public static readonly TimeSpan Slowness = TimeSpan.FromSeconds(3);

    private static readonly MagicRecipient[] Table =
    [
        Refused(1, "the 24-hour window is closed; the tag HUMAN_AGENT opens it", OutcomeRules.WindowOpen),
        Refused(2, "no such user", OutcomeRules.UserExists),
        Refused(3, "the person is not available", OutcomeRules.UserAvailable),
        Refused(4, "the account is restricted from sending", OutcomeRules.AccountUnrestricted),
        Refused(5, "the permission is missing", OutcomeRules.PermissionGranted),
        Refused(6, "the token has expired", OutcomeRules.TokenUnexpired),
        Refused(7, "the media are refused, whatever is sent", OutcomeRules.MediaTaken),
        Throttled(8, "throttled once, without headers", OutcomeRules.RateKept, 1),
        Throttled(9, "throttled twice, without headers", OutcomeRules.RateKept, 2),
        Refused(10, "throttled always, without headers", OutcomeRules.RateKept),
        Throttled(11, "throttled once without subcode; headers announce 1 minute, which the account is blocked", OutcomeRules.RateKeptBare, 1, true),
        Other(12, "accepted, then the connection is reset", MagicOutcome.AcceptedThenReset),
        Other(13, "accepted, then never answered", MagicOutcome.AcceptedThenSilence),
        Other(14, "accepted, then HTTP 500 with code 2, is_transient", MagicOutcome.AcceptedThenError, OutcomeRules.UnexpectedError),
        Other(15, "accepted, then half an answer", MagicOutcome.AcceptedThenHalfAnswer),
        Other(16, "502 with an HTML page, not accepted", MagicOutcome.BadGateway),
        Other(17, "accepted, then 200 without ids", MagicOutcome.AcceptedWithoutIds),
        Other(18, "accepted, then code 1/1357046", MagicOutcome.AcceptedThenError, OutcomeRules.InvalidReply),
        Other(19, "accepted after 3 seconds", MagicOutcome.AcceptedSlowly),
        Other(20, "accepted; the profile may not be read (230)", MagicOutcome.Unreadable),
        Other(21, "the connection is reset, not accepted", MagicOutcome.Reset),
        new(Prefix + "1" + Number, "accepted; the token expires with the nnn-th call after it, 000 with this one",
            new MagicFault(MagicOutcome.AcceptedAndTokenExpires, OutcomeRules.TokenUnexpired)),
        new(Prefix + "2" + Number, "throttled nnn times, without headers",
            new MagicFault(MagicOutcome.RefusedAtFirst, OutcomeRules.RateKept)),
    ];

    private static readonly Dictionary<string, MagicRecipient> ById = Table.ToDictionary(magic => magic.Id);

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<MagicRecipient> All => Table;

    internal static MagicRecipient? Find(string recipientId)
    {
        if (!recipientId.StartsWith(Prefix, StringComparison.Ordinal) || recipientId.Length != Prefix.Length + 4)
            return null;
        if (ById.TryGetValue(recipientId, out MagicRecipient? magic))
            return magic;

        string family = recipientId.Substring(0, Prefix.Length + 1);
        string number = recipientId.Substring(family.Length);
        return ById.TryGetValue(family + Number, out magic) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int times)
            ? magic with { Id = recipientId, Times = times }
            : null;
    }

    /// <summary>Whether the person never agreed to be read.</summary>
    internal static bool IsWithoutConsent(string recipientId) => recipientId == WithoutConsent;

    private static MagicRecipient Refused(int number, string what, EmulatorRule error) =>
        new(Id(number), what, new MagicFault(MagicOutcome.Refused, error));

    private static MagicRecipient Throttled(int number, string what, EmulatorRule error, int times, bool announcesWait = false) =>
        new(Id(number), what, new MagicFault(MagicOutcome.RefusedAtFirst, error)) { Times = times, AnnouncesWait = announcesWait };

    private static MagicRecipient Other(int number, string what, MagicOutcome outcome, EmulatorRule? error = null) =>
        new(Id(number), what, new MagicFault(outcome, error));

    private static string Id(int number) => $"{Prefix}{number:D4}";
}
