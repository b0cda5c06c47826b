namespace InstagramMessaging.Emulator.Rules;

/// <summary>What a GET asks for.</summary>
internal static class ReadRules
{
    internal static readonly EmulatorRule FieldsWellFormed = new(
        "fields is a list of names, each with modifiers such as .limit(5) and with fields of its own in braces.",
        2500, null, "Syntax error \"{0}\" at character {1} of fields", RuleSource.Observed, Pages.Reports)
    { HasPrefix = false };

    internal static readonly EmulatorRule FieldsKnown = new(
        "fields names fields that the node has.",
        100, null, "Tried accessing nonexisting field ({0}) on node type ({1})", RuleSource.Observed, Pages.Reports);

    internal static readonly EmulatorRule ObjectKnown = new(
        "The id in the path is that of a conversation or message of the account, or of a person who may be read.",
        100, 33,
        "Unsupported {0} request. Object with ID '{1}' does not exist, cannot be loaded due to missing permissions, or does not "
        + "support this operation.",
        RuleSource.Documented, Pages.ErrorCodes)
    { Type = "GraphMethodException", HasPrefix = false };

    internal static readonly EmulatorRule PlatformKnown = new(
        "platform is instagram or messenger; Messenger's conversations, which a Page lists without it, are none here.",
        100, null, "Param platform must be one of {{instagram, messenger}}", RuleSource.Documented, Pages.Conversations)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule UserIdIsDigits = new(
        "user_id is an Instagram-scoped id.",
        100, null, "Invalid FBID.", RuleSource.Guess, Pages.Conversations);

    internal static readonly EmulatorRule LimitIsNumber = new(
        "limit is a number from 1; more than 100 count as 100.",
        100, null, "Param limit must be an integer greater than 0", RuleSource.Guess, Pages.Paging);

    internal static readonly EmulatorRule CursorKnown = new(
        "after and before are cursors of an earlier page, and only one of them is given.",
        100, null, "Invalid cursor for param {0}", RuleSource.Guess, Pages.Paging);

    internal static readonly EmulatorRule DetailsKept = new(
        "Details are told of a conversation's 20 newest messages only.",
        9000001, null, "This Message has been deleted by the user or the business.", RuleSource.Documented, Pages.Conversations);

    internal static readonly EmulatorRule ConsentGiven = new(
        "The person agreed to be read, by writing to the account.",
        230, null, "User consent is required to access user profile", RuleSource.Documented, Pages.Profile);

    internal static readonly EmulatorRule InputTokenGiven = new(
        "debug_token has an input_token.",
        100, null, "The parameter input_token is required", RuleSource.Guess, Pages.Tokens);

    internal static readonly EmulatorRule ReadsPaced = new(
        "Conversations are listed no faster than the limit that the emulator was given.",
        613, 2534040, "Calls to this api have exceeded the rate limit.", RuleSource.Documented, Pages.Rates);
}
