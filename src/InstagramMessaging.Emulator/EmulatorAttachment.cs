using System;

namespace InstagramMessaging.Emulator;

/// <summary>Media that was uploaded, or made reusable by a send.</summary>
/// <param name="Id">The attachment id that was given.</param>
/// <param name="Type">The type that it can be sent as.</param>
/// <param name="CreatedAt">When it was accepted, in UTC; it lives 90 days.</param>
public sealed record EmulatorAttachment(string Id, IgMediaType Type, DateTimeOffset CreatedAt)
{
    /// <summary>Where Graph was told to fetch it; null when its bytes were uploaded.</summary>
    public string? Url { get; init; }

    /// <summary>What is known of the bytes that were uploaded; null when it came by URL.</summary>
    public EmulatorUpload? Upload { get; init; }
}

/// <summary>What is kept of uploaded bytes.</summary>
/// <param name="FileName">The name given with the part.</param>
/// <param name="ContentType">The content type given with the part.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record EmulatorUpload(string FileName, string ContentType, long Size, string Sha256);
