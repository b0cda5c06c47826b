namespace InstagramMessaging.Emulator.Rules;

/// <summary>Attachments by URL or id, posts, stickers, and the upload call's parameters.</summary>
internal static class AttachmentRules
{
    internal static readonly EmulatorRule AttachmentIsObject = new(
        "attachment is an object.",
        100, null, "Param {0} must be an object", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule TypeKnown = new(
        "An attachment's type is image, audio, video or file (upper case too, as in the documents' prose), MEDIA_SHARE or like_heart.",
        100, null, "Param {0} must be one of image, audio, video, file, template, MEDIA_SHARE, like_heart",
        RuleSource.Documented, Pages.Send)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule PayloadGiven = new(
        "An attachment other than like_heart has a payload, be it empty.",
        100, null, "The parameter {0} is required", RuleSource.Observed, "pimax/fb-messenger-php #20");

    internal static readonly EmulatorRule PayloadIsObject = new(
        "payload is an object.",
        100, null, "Param {0} must be an object", RuleSource.Guess, Pages.Saving);

    internal static readonly EmulatorRule StickerBare = new(
        "like_heart has no payload.",
        100, null, "Param {0} must not be given for like_heart", RuleSource.Guess, Pages.Send)
    { IsSuspected = true };

    internal static readonly EmulatorRule OneSource = new(
        "Media come from exactly one of a url, an attachment_id and uploaded bytes.",
        100, 2018032, "Invalid data", RuleSource.Guess, Pages.Saving);

    internal static readonly EmulatorRule UrlAbsolute = new(
        "url is an absolute http or https address.",
        100, null, "Param {0} should represent a valid URL", RuleSource.Guess, Pages.Freeform);

    internal static readonly EmulatorRule ReusableIsBoolean = new(
        "is_reusable is true or false, as a boolean or a string.",
        100, null, "Param {0} must be a boolean", RuleSource.Documented, Pages.Upload)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule IdIsString = new(
        "attachment_id is a string.",
        100, null, "Param {0} must be a string", RuleSource.Guess, Pages.Upload)
    { IsSuspected = true };

    internal static readonly EmulatorRule IdKnown = new(
        "attachment_id was given by this account and is still kept.",
        100, 2018074, "Possible invalid ID or you do not own the attachment.", RuleSource.Documented, Pages.ErrorCodes);

    internal static readonly EmulatorRule IdFresh = new(
        "An attachment lives 90 days.",
        100, 2018074, "Possible invalid ID or you do not own the attachment.", RuleSource.Documented, Pages.Saving)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule IdOfType = new(
        "An attachment is sent as the type that it was uploaded as, or as MEDIA_SHARE.",
        100, 2018074, "Possible invalid ID or you do not own the attachment.",
        RuleSource.Observed, "BuilderBot PR #1232")
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule ShareHasOneId = new(
        "The payload of MEDIA_SHARE has exactly one of id and attachment_id.",
        100, 2018032, "Invalid data", RuleSource.Guess, Pages.Upload);

    internal static readonly EmulatorRule PostIdIsDigits = new(
        "The id of a post is a string of 1 to 20 digits.",
        100, null, "Invalid FBID.", RuleSource.Guess, Pages.Send);

    internal static readonly EmulatorRule PostOwned = new(
        "The account owns the post; all are its own but the magic one.",
        100, 2018074, "Possible invalid ID or you do not own the attachment.", RuleSource.Documented, Pages.Freeform)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule ImagesAreArray = new(
        "attachments is an array of 1 to 10 (with Instagram login also one object, as its sample has it).",
        100, null, "Param message[attachments] must be an array of 1 to 10 images", RuleSource.Documented, Pages.Send)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule ImagesOnly = new(
        "attachments holds images only.",
        100, null, "Param {0} must be image", RuleSource.Documented, Pages.Send)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule PlatformIsInstagram = new(
        "platform is instagram; without it an upload is taken as well, as Messenger's page on saving assets has it.",
        100, null, "Param platform must be instagram", RuleSource.Documented, Pages.Upload)
    { IsRefusalGuessed = true };

    internal static readonly EmulatorRule UploadTypeKnown = new(
        "image, audio, video and file can be uploaded, one in a call.",
        100, null, "Param message[attachment][type] must be one of image, audio, video, file",
        RuleSource.Documented, Pages.Upload)
    { IsRefusalGuessed = true };
}
