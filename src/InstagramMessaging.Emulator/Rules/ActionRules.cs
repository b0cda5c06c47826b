namespace InstagramMessaging.Emulator.Rules;

/// <summary>Reactions, typing and seen.</summary>
internal static class ActionRules
{
    internal static readonly EmulatorRule ActionKnown = new(
        "sender_action is react, unreact, typing_on, typing_off or mark_seen.",
        100, null, "Param sender_action must be one of react, unreact, typing_on, typing_off, mark_seen",
        RuleSource.Documented, Pages.Send)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule NothingElse = new(
        "typing_on, typing_off and mark_seen come with the recipient and nothing else.",
        100, null, "Param {0} must not be given with sender_action {1}", RuleSource.Documented, Pages.Send)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule ReactionAlone = new(
        "A reaction is no reply and has no tag: reply_to, messaging_type and tag belong to messages.",
        100, null, "Param {0} must not be given with sender_action {1}", RuleSource.Guess, Pages.Send)
    { IsSuspected = true };

    internal static readonly EmulatorRule PayloadNeedsAction = new(
        "payload beside a message belongs to a sender_action only.",
        100, null, "Invalid keys \"payload\" were found in param \"request\".", RuleSource.Guess, Pages.Send)
    { IsSuspected = true };

    internal static readonly EmulatorRule ReactionPayloadGiven = new(
        "A reaction has a payload.",
        100, null, "The parameter payload is required", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule ReactionPayloadIsObject = new(
        "A reaction's payload is an object.",
        100, null, "Param payload must be an object", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule MessageIdGiven = new(
        "A reaction's payload has a message_id, as a string.",
        100, null, "Param payload[message_id] must be a string", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule ReactionGiven = new(
        "react has a reaction, as a string of at least one character; any word or emoji will do.",
        100, null, "Param payload[reaction] must be a string", RuleSource.Guess, Pages.SendIg);

    internal static readonly EmulatorRule UnreactWithoutReaction = new(
        "unreact names no reaction.",
        100, null, "Param payload[reaction] must not be given with sender_action unreact",
        RuleSource.Guess, Pages.Send)
    { IsSuspected = true };

    internal static readonly EmulatorRule MessageKnown = new(
        "message_id names a message of this conversation.",
        100, 2534015, "Invalid message data", RuleSource.Guess, Pages.ErrorCodes)
    { IsSuspected = true };
}
