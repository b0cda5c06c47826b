using System;
using System.Globalization;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Sending;

/// <summary>Reads in a server's answer what Meta, which fetches from there, would refuse.</summary>
/// <remarks>Source: "Saving assets", https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets (times, sizes, TLS).</remarks>
internal static class UrlFindings
{
    private const string Advice = "Meta fetches from this address, so it must answer everybody, quickly and over valid TLS; where the server only answers HEAD wrongly, leave -CheckUrl out.";

    /// <summary>How long Meta waits for an address of that type: 10 s, for video 75 s.</summary>
    public static TimeSpan TimeFor(IgMediaType type) => TimeSpan.FromSeconds(type == IgMediaType.Video ? 75 : 10);

    /// <summary>What Meta would refuse; null where nothing is known against the address.</summary>
    public static InstagramApiException? FaultOf(string url, IgMediaType type, UrlHead head)
    {
        if (head.TransportError is { } trouble)
            return IgError.Of(ErrorId.MediaUrlInvalid, $"The media URL '{url}' could not be asked: {trouble.GetBaseException().Message.TrimEnd('.')}.", trouble, Advice);

        // A server that does not know the method says nothing about the file.
        if (head.StatusCode is 405 or 501)
            return null;
        if (head.StatusCode is not (>= 200 and < 300))
            return IgError.Of(ErrorId.MediaUrlInvalid, $"The media URL '{url}' answers HTTP {head.StatusCode}.", remedy: Advice);
        return TypeFault(url, type, head.ContentType) ?? LengthFault(url, type, head.Length);
    }

    private static InstagramApiException? TypeFault(string url, IgMediaType type, string? contentType)
    {
        if (contentType is null or "application/octet-stream" or "binary/octet-stream")
            return null;
        MediaFormat? format = MediaFormats.OfContentType(contentType);
        if (format?.CanBe(type) == true)
            return null;
        return format is { IsSupported: false }
            ? IgError.Of(ErrorId.MediaFormatNotSupported, $"The media URL '{url}' is {format.Name} ({contentType}), which Instagram does not take.")
            : IgError.Of(ErrorId.MediaContentMismatch, $"The media URL '{url}' is to be sent as {MediaWords.Article(type)}, but its server says that it is {contentType}.", remedy: "Give the address of the file itself, and the -Type that it has.");
    }

    private static InstagramApiException? LengthFault(string url, IgMediaType type, long? length)
    {
        if (length == 0)
            return IgError.Of(ErrorId.MediaEmpty, $"The media URL '{url}' is empty, by its server.", remedy: Advice);
        long limit = MediaFormats.Limit(type);
        return length > limit
            ? IgError.Of(ErrorId.MediaTooLarge, string.Format(CultureInfo.InvariantCulture, "The media URL '{0}' has {1} bytes; the limit for {2} is {3}.", url, length, MediaWords.Article(type), limit))
            : null;
    }
}
