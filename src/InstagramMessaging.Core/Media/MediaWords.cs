namespace InstagramMessaging.Core.Media;

/// <summary>The media types in Graph's spelling and in a sentence.</summary>
internal static class MediaWords
{
    public static string Graph(IgMediaType type) => type switch
    {
        IgMediaType.Image => "image",
        IgMediaType.Audio => "audio",
        IgMediaType.Video => "video",
        _ => "file",
    };

    public static string Article(IgMediaType type) => type is IgMediaType.Image or IgMediaType.Audio ? "an " + Graph(type) : "a " + Graph(type);
}
