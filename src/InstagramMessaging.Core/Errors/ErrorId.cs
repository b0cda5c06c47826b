namespace InstagramMessaging.Core.Errors;

/// <summary>The stable ids of every error of the module. Each has one line in <see cref="ErrorTable"/>.</summary>
internal static class ErrorId
{
    // Input: what is wrong is said before anything is sent.
    public const string RecipientInvalid = "IgRecipientInvalid";
    public const string TextEmpty = "IgTextEmpty";
    public const string TextTooLong = "IgTextTooLong";
    public const string TextInvalid = "IgTextInvalid";
    public const string LinkInvalid = "IgLinkInvalid";
    public const string PayloadMissing = "IgPayloadMissing";
    public const string PayloadAmbiguous = "IgPayloadAmbiguous";
    public const string TypeUnknown = "IgTypeUnknown";
    public const string IdInvalid = "IgIdInvalid";
    public const string MediaUrlInvalid = "IgMediaUrlInvalid";
    public const string MediaNotFound = "IgMediaNotFound";
    public const string MediaEmpty = "IgMediaEmpty";
    public const string MediaUnreadable = "IgMediaUnreadable";
    public const string MediaTooLarge = "IgMediaTooLarge";
    public const string MediaFormatNotSupported = "IgMediaFormatNotSupported";
    public const string MediaContentMismatch = "IgMediaContentMismatch";
    public const string MediaTruncated = "IgMediaTruncated";
    public const string MediaChanged = "IgMediaChanged";

    // Graph: what Meta answered.
    public const string WindowClosed = "IgWindowClosed";
    public const string RecipientNotFound = "IgRecipientNotFound";
    public const string RecipientUnavailable = "IgRecipientUnavailable";
    public const string TokenInvalid = "IgTokenInvalid";
    public const string PermissionDenied = "IgPermissionDenied";
    public const string RateLimited = "IgRateLimited";
    public const string MediaRejected = "IgMediaRejected";
    public const string AttachmentUnknown = "IgAttachmentUnknown";
    public const string ThreadControlled = "IgThreadControlled";
    public const string AccountRestricted = "IgAccountRestricted";
    public const string RequestRejected = "IgRequestRejected";

    // Transport: what the network did.
    public const string OutcomeUnknown = "IgOutcomeUnknown";
    public const string Unreachable = "IgUnreachable";

    // Run: the cmdlet as a whole.
    public const string NotConnected = "IgNotConnected";
    public const string ConnectionInvalid = "IgConnectionInvalid";
    public const string RunStopped = "IgRunStopped";
    public const string NotTried = "IgNotTried";
    public const string KeyRepeated = "IgKeyRepeated";
    public const string JournalInUse = "IgJournalInUse";
    public const string JournalForeign = "IgJournalForeign";
    public const string JournalUnwritable = "IgJournalUnwritable";
    public const string ExcludePathInvalid = "IgExcludePathInvalid";
    public const string CachePathInvalid = "IgCachePathInvalid";
    public const string FailedPathUnwritable = "IgFailedPathUnwritable";
    public const string EmulatorFailed = "IgEmulatorFailed";
}
