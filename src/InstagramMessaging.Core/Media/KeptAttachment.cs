using System;

namespace InstagramMessaging.Core.Media;

/// <summary>An attachment that Graph keeps.</summary>
/// <param name="MadeAt">When Graph gave the id, in UTC.</param>
internal sealed record KeptAttachment(string Id, DateTimeOffset MadeAt)
{
    /// <summary>How long Graph keeps it.</summary>
    /// <remarks>Source: "Saving assets", https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets: 90 days.</remarks>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    public DateTimeOffset ExpiresAt => MadeAt + Life;
}

/// <summary>What an attachment is known by.</summary>
/// <param name="Content">The SHA-256 of a file, or a URL.</param>
/// <param name="Type">Graph takes an id only as the type that it was made as.</param>
internal readonly record struct MediaKey(string Content, IgMediaType Type);
