namespace InstagramMessaging;

/// <summary>The attachment types that Instagram takes, in Graph's words.</summary>
/// <remarks>Source: "Send API for Instagram", https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message.</remarks>
public enum IgMediaType
{
    /// <summary>png, jpeg or gif, at most 8 MB.</summary>
    Image,

    /// <summary>aac, m4a, wav or mp4, at most 25 MB.</summary>
    Audio,

    /// <summary>mp4, ogg, avi, mov or webm, at most 25 MB.</summary>
    Video,

    /// <summary>pdf, at most 25 MB.</summary>
    File,
}
