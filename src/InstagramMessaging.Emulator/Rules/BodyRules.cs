namespace InstagramMessaging.Emulator.Rules;

/// <summary>How the parameters of a call are written.</summary>
internal static class BodyRules
{
    internal static readonly EmulatorRule ContentTypeKnown = new(
        "A body is application/json, application/x-www-form-urlencoded or multipart/form-data, in UTF-8.",
        100, null, "The content type of the body is not supported: {0}", RuleSource.Guess, Pages.None);

    internal static readonly EmulatorRule JsonWellFormed = new(
        "JSON has no comment, no trailing comma and no unquoted word; only the query may be as loose as the documents' samples.",
        100, null, "{0} is not valid JSON", RuleSource.Guess, Pages.None);

    internal static readonly EmulatorRule JsonIsObject = new(
        "A JSON body is one object.",
        100, null, "The body must be a JSON object", RuleSource.Guess, Pages.None);

    internal static readonly EmulatorRule JsonKeysOnce = new(
        "No object has a key twice.",
        100, null, "The key {0} is given more than once", RuleSource.Guess, Pages.None)
    { IsSuspected = true };

    internal static readonly EmulatorRule JsonWithoutNull = new(
        "No member is null.",
        100, null, "{0} must not be null", RuleSource.Guess, Pages.None)
    { IsSuspected = true };

    internal static readonly EmulatorRule ParametersOnce = new(
        "No parameter comes twice, be it in the query and the body.",
        100, null, "The parameter {0} is given more than once", RuleSource.Guess, Pages.None)
    { IsSuspected = true };

    internal static readonly EmulatorRule FormWellFormed = new(
        "Query and form are percent-encoded key=value pairs; bracketed keys make one tree.",
        100, null, "{0} is not a well-formed parameter", RuleSource.Guess, Pages.None);

    internal static readonly EmulatorRule MultipartWellFormed = new(
        "A multipart body has its boundary, parts with a Content-Disposition: form-data, and its end.",
        100, null, "The multipart body is malformed: {0}", RuleSource.Guess, Pages.None);

    internal static readonly EmulatorRule ValidUnicode = new(
        "Text is valid UTF-8, without lone surrogates.",
        100, null, "{0} is not valid UTF-8", RuleSource.Documented, Pages.Freeform)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule ParametersKnown = new(
        "There is no parameter and no member that the call does not have; format, locale and the like are taken everywhere.",
        100, null, "Invalid keys \"{0}\" were found in param \"{1}\".", RuleSource.Guess, Pages.None)
    { IsSuspected = true };
}
