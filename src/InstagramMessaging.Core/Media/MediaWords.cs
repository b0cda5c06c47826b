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

    /// <summary>The type of a word of Graph's; null for another.</summary>
    public static IgMediaType? OfGraph(string? word) => word switch
    {
        "image" => IgMediaType.Image,
        "audio" => IgMediaType.Audio,
        "video" => IgMediaType.Video,
        "file" => IgMediaType.File,
        _ => null,
    };

    public static string Article(IgMediaType type) => type is IgMediaType.Image or IgMediaType.Audio ? "an " + Graph(type) : "a " + Graph(type);
}
