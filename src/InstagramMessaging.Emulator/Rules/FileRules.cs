namespace InstagramMessaging.Emulator.Rules;

/// <summary>The bytes of an upload.</summary>
internal static class FileRules
{
    internal static readonly EmulatorRule ExactlyOne = new(
        "Where bytes are due, there is exactly one part with a file, or with the name filedata.",
        100, null, "Incorrect number of files uploaded. Must upload exactly one file.",
        RuleSource.Observed, "pimax/fb-messenger-php #142");

    internal static readonly EmulatorRule IsFiledata = new(
        "The file's part is named filedata.",
        100, null, "Incorrect number of files uploaded. Must upload exactly one file.",
        RuleSource.Documented, Pages.Saving)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule HasFileName = new(
        "The file's part has a filename.",
        100, null, "Incorrect number of files uploaded. Must upload exactly one file.",
        RuleSource.Documented, Pages.Saving)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule FileNameAscii = new(
        "The filename is ASCII.",
        100, 2018047, "Upload attachment failure.", RuleSource.Documented, Pages.Send)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule FileNamePlain = new(
        "The extended filename* is not used.",
        100, 2018047, "Upload attachment failure.",
        RuleSource.Guess, "The contract's caution about .NET's MultipartFormDataContent")
    { IsSuspected = true };

    internal static readonly EmulatorRule HasContentType = new(
        "The file's part has a Content-Type.",
        100, 2018047, "Upload attachment failure.", RuleSource.Observed, "Public reports of uploads without a type");

    internal static readonly EmulatorRule ContentTypeFits = new(
        "The part's Content-Type is a format of the attachment's type: png, jpeg, gif; aac, m4a, wav, mp4; mp4, ogg, avi, mov, webm; pdf.",
        100, 2018047, "Upload attachment failure.", RuleSource.Documented, Pages.Upload);

    internal static readonly EmulatorRule ContentFits = new(
        "The first bytes are those of the part's Content-Type.",
        100, 2018047, "Upload attachment failure.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule SizeFits = new(
        "An image has at most 8 MB (8 × 1024 × 1024 bytes), other media 25 MB.",
        100, 2018109, "Attachment size exceeds allowable limit", RuleSource.Documented, Pages.ErrorCodes);
}
