namespace InstagramMessaging.Emulator.Rules;

/// <summary>Which path, which verb, whose token.</summary>
internal static class AccessRules
{
    private const string Unsupported = "Unsupported {0} request. Object with ID '{1}' does not exist, cannot be loaded due to "
        + "missing permissions, or does not support this operation.";

    internal static readonly EmulatorRule VersionKnown = new(
        "The version in the path is one of v20.0 to v26.0, an older one, which answers as v20.0, or there is none.",
        2500, null, "Unknown path components: {0}", RuleSource.Guess, Pages.Versions)
    { Status = 500, HasPrefix = false };

    internal static readonly EmulatorRule PathKnown = new(
        "The path is that of an endpoint in the list.",
        2500, null, "Unknown path components: {0}",
        RuleSource.Observed, "Status 500 and the words: public reports of Graph answers")
    { Status = 500, HasPrefix = false };

    internal static readonly EmulatorRule TokenGiven = new(
        "A call on an account id carries a token: Bearer header, query, form field or JSON member.",
        190, null, "Invalid OAuth access token.", RuleSource.Guess, Pages.ErrorCodes)
    { HasPrefix = false };

    internal static readonly EmulatorRule TokenGivenForMe = new(
        "A call on /me carries a token.",
        2500, null, "An active access token must be used to query information about the current user.",
        RuleSource.Guess, Pages.None)
    { HasPrefix = false };

    internal static readonly EmulatorRule TokenRight = new(
        "Every token of the request is the account's.",
        190, null, "Invalid OAuth access token.", RuleSource.Documented, Pages.ErrorCodes)
    { HasPrefix = false };

    internal static readonly EmulatorRule ProofGiven = new(
        "With an app secret required, the query or form carries appsecret_proof.",
        100, null, "API calls from the server require an appsecret_proof argument", RuleSource.Observed, Pages.Secure)
    { Type = "GraphMethodException", HasPrefix = false };

    internal static readonly EmulatorRule ProofRight = new(
        "appsecret_proof is the lower-case hex of HMAC-SHA256(app secret, token), or (app secret, token|appsecret_time).",
        100, null, "Invalid appsecret_proof provided in the API argument", RuleSource.Observed, Pages.Secure)
    { Type = "GraphMethodException", HasPrefix = false };

    internal static readonly EmulatorRule ProofFresh = new(
        "appsecret_time is at most 5 minutes from now.",
        100, null, "Invalid appsecret_proof provided in the API argument", RuleSource.Documented, Pages.Secure)
    { Type = "GraphMethodException", HasPrefix = false };

    internal static readonly EmulatorRule AccountOwn = new(
        "The id in the path is the token's own account.",
        100, 33,
        Unsupported,
        RuleSource.Documented, Pages.ErrorCodes)
    { Type = "GraphMethodException", HasPrefix = false };

    internal static readonly EmulatorRule MethodKnown = new(
        "Sends and uploads are POST, all else is read with GET (Facebook login).",
        100, 33,
        Unsupported,
        RuleSource.Documented, Pages.ErrorCodes)
    { Type = "GraphMethodException", HasPrefix = false };

    internal static readonly EmulatorRule MethodKnownOnInstagram = new(
        "Sends and uploads are POST, all else is read with GET (Instagram login).",
        100, null, "Unsupported request - method type: {0}",
        RuleSource.Observed, "Public reports of graph.instagram.com answers");
}
