namespace InstagramMessaging.Emulator.Rules;

/// <summary>What happens to a call that is right: the rate limit, and the errors of magic recipients.</summary>
internal static class OutcomeRules
{
    internal static readonly EmulatorRule RateKept = new(
        "An account sends no faster than the limit that the emulator was given, and waits when it was told to.",
        613, 2534040, "Calls to this api have exceeded the rate limit.", RuleSource.Documented, Pages.Rates);

    internal static readonly EmulatorRule RateKeptBare = new(
        "The same refusal without a subcode.",
        613, null, "Calls to this api have exceeded the rate limit.", RuleSource.Observed, "botkit #865");

    internal static readonly EmulatorRule WindowOpen = new(
        "The person wrote within 24 hours, or a person answers with the tag HUMAN_AGENT.",
        10, 2534022, "This message is sent outside of allowed window.", RuleSource.Documented, Pages.ErrorCodes)
    { InstagramStatus = 403 };

    internal static readonly EmulatorRule AgentInTime = new(
        "The tag HUMAN_AGENT answers within 7 days of the person's message.",
        10, 2534022, "This message is sent outside of allowed window.", RuleSource.Documented, Pages.SendApi)
    { InstagramStatus = 403, IsRefusalGuessed = true };

    internal static readonly EmulatorRule UserExists = new(
        "The recipient is known to the account.",
        100, 2534014, "The requested user could not be found", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule UserAvailable = new(
        "The recipient takes messages.",
        551, 1545041, "This person isn't available right now.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule AccountUnrestricted = new(
        "The account may send.",
        10, 1893063, "You are temporarily restricted from sending messages.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule PermissionGranted = new(
        "The token has the permission to send.",
        10, null, "Application does not have permission for this action", RuleSource.Documented, Pages.ErrorHandling);

    internal static readonly EmulatorRule TokenUnexpired = new(
        "The token has not expired.",
        190, 463,
        "Error validating access token: Session has expired on {0:dddd, dd-MMM-yy HH:mm:ss} UTC. "
        + "The current time is {1:dddd, dd-MMM-yy HH:mm:ss} UTC.",
        RuleSource.Documented, Pages.ErrorHandling)
    { HasPrefix = false };

    internal static readonly EmulatorRule MediaTaken = new(
        "Graph can take the media.",
        100, 2018047, "Upload attachment failure.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule UnexpectedError = new(
        "Graph answers a message that it took as an error of its own.",
        2, null, "An unexpected error has occurred. Please retry your request later.",
        RuleSource.Observed, "Public reports; Instagram publishing did so for posts that were live")
    { Status = 500, HasPrefix = false, IsTransient = true };

    internal static readonly EmulatorRule InvalidReply = new(
        "Graph answers a message that it took with 1/1357046: Meta's note says that such messages were all sent.",
        1, 1357046, "Received invalid JSON reply.", RuleSource.Documented, Pages.ErrorCodes);
}
