namespace InstagramMessaging.Core.Graph;

/// <summary>What a Graph error means for the row and the run.</summary>
internal enum ErrorClass
{
    /// <summary>T: wait, then try again.</summary>
    Throttled,

    /// <summary>A: may have been delivered; never repeated blindly.</summary>
    Ambiguous,

    /// <summary>K: the token; the run stops.</summary>
    Token,

    /// <summary>P: permission, app or configuration; the run stops.</summary>
    Permission,

    /// <summary>L: the account is restricted; the run stops.</summary>
    Account,

    /// <summary>W: the 24-hour window is closed.</summary>
    Window,

    /// <summary>U: this recipient.</summary>
    Recipient,

    /// <summary>C: content or parameter.</summary>
    Content,

    /// <summary>M: media that Graph could not take; nothing was sent.</summary>
    Media,

    /// <summary>H: another app controls the conversation.</summary>
    Thread,
}
