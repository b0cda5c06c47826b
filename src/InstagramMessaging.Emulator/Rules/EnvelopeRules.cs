namespace InstagramMessaging.Emulator.Rules;

/// <summary>The parameters around a message.</summary>
internal static class EnvelopeRules
{
    internal static readonly EmulatorRule RecipientGiven = new(
        "A send has a recipient.",
        100, null, "The parameter recipient is required", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule RecipientIsObject = new(
        "recipient is an object with exactly one key.",
        100, null, "Param recipient must be an object with exactly one key", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule RecipientIdIsString = new(
        "recipient.id is a string: a JSON number loses digits.",
        100, null, "Param recipient[id] must be a string", RuleSource.Guess, Pages.Send)
    { IsSuspected = true };

    internal static readonly EmulatorRule RecipientIdIsDigits = new(
        "An Instagram-scoped id is 1 to 20 digits.",
        100, null, "Invalid FBID.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule NotPlayed = new(
        "Templates, quick replies, private replies and thread control are documented, but this emulator does not play them.",
        100, null, "The emulator does not play {0}", RuleSource.Emulator, Pages.Send);

    internal static readonly EmulatorRule MessageOrAction = new(
        "A send has a message or a sender_action, not both.",
        100, 2018014, "Cannot send both message and state at the same time.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule MessageGiven = new(
        "A send without a sender_action has a message.",
        100, null, "The parameter message is required", RuleSource.Guess, Pages.SendApi);

    internal static readonly EmulatorRule MessageIsObject = new(
        "message is an object.",
        100, null, "Param message must be an object", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule MessagingTypeKnown = new(
        "messaging_type is RESPONSE, UPDATE or MESSAGE_TAG.",
        100, null, "Param messaging_type must be one of RESPONSE, UPDATE, MESSAGE_TAG",
        RuleSource.Documented, Pages.SendApi)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule TagNeedsType = new(
        "tag comes with messaging_type MESSAGE_TAG only.",
        100, null, "Param tag needs messaging_type MESSAGE_TAG", RuleSource.Guess, Pages.SendApi)
    { IsSuspected = true };

    internal static readonly EmulatorRule TypeNeedsTag = new(
        "messaging_type MESSAGE_TAG comes with a tag.",
        100, null, "The parameter tag is required", RuleSource.Documented, Pages.SendApi)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule TagIsHumanAgent = new(
        "HUMAN_AGENT is the only tag on Instagram; the others ended on 2026-04-27.",
        100, null, "Message tag {0} is not supported", RuleSource.Documented, Pages.Changes);

    internal static readonly EmulatorRule NotificationTypeKnown = new(
        "notification_type is REGULAR, SILENT_PUSH or NO_PUSH; the page was written for Messenger.",
        100, null, "Param notification_type must be one of REGULAR, SILENT_PUSH, NO_PUSH",
        RuleSource.Documented, Pages.SendApi)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule ReplyToIsObject = new(
        "reply_to is an object with a mid of at least one character, as a string.",
        100, null, "Param reply_to[mid] must be a string", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule ReplyToKnown = new(
        "reply_to.mid names a message of this conversation.",
        100, 2534015, "Invalid message data", RuleSource.Guess, Pages.ErrorCodes)
    { IsSuspected = true };
}
