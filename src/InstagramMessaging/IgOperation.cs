namespace InstagramMessaging;

/// <summary>What a row asked for.</summary>
public enum IgOperation
{
    /// <summary>A text message.</summary>
    Text,

    /// <summary>A link, sent as text.</summary>
    Link,

    /// <summary>An image, audio, video or file.</summary>
    Media,

    /// <summary>A post that the account owns.</summary>
    Post,

    /// <summary>The heart sticker.</summary>
    Sticker,

    /// <summary>A reaction to a message.</summary>
    React,

    /// <summary>The removal of a reaction.</summary>
    Unreact,

    /// <summary>The upload of an attachment, without a message.</summary>
    Upload,
}
