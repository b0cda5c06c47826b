namespace InstagramMessaging.Emulator.Rules;

/// <summary>The content of a message, and its text.</summary>
internal static class TextRules
{
    internal static readonly EmulatorRule ContentGiven = new(
        "A message has a text or an attachment.",
        100, 2018034, "Message cannot be empty", RuleSource.Observed, "fbmessenger-node #24");

    internal static readonly EmulatorRule ContentOnce = new(
        "A message has one of text, attachment and attachments.",
        100, 2534015, "Invalid message data", RuleSource.Guess, Pages.SendApi);

    internal static readonly EmulatorRule MetadataIsText = new(
        "metadata is a string of fewer than 1000 characters; the page was written for Messenger.",
        100, null, "Param message[metadata] must be a string of less than 1000 characters",
        RuleSource.Documented, Pages.SendApi)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule TextIsString = new(
        "text is a string.",
        100, null, "Param message[text] must be a string", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule TextNotEmpty = new(
        "text has at least one character.",
        100, 2018034, "Message cannot be empty", RuleSource.Observed, "fbmessenger-node #24");

    internal static readonly EmulatorRule TextChars = new(
        "text has at most 2000 characters.",
        100, null, "Length of param message[text] must be less than or equal to 2000",
        RuleSource.Observed, "Two public projects, on Instagram");

    internal static readonly EmulatorRule TextBytes = new(
        "text has at most 1000 bytes of UTF-8.",
        100, 2534015, "Invalid message data", RuleSource.Documented, Pages.Freeform)
    { IsRefusalGuessed = true };
}
