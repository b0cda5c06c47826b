using System;
using System.Collections.Generic;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>A payload whose media are there, or the reason why they are not.</summary>
/// <param name="Payload">What goes to Graph: files and kept addresses have become ids.</param>
internal sealed record PreparedMedia(Payload Payload) : IDisposable
{
    /// <summary>The ids that were taken from what is shared.</summary>
    public IReadOnlyList<(MediaSource Source, KeptAttachment Attachment)> Taken { get; init; } = [];

    /// <summary>The turn to make the attachment with the message itself; null where there is none to make.</summary>
    public MediaTurn? Turn { get; init; }

    public MediaFailure? Failure { get; init; }

    /// <summary>Whether this row made the call that failed; the others only hear of it.</summary>
    public bool IsOwnFailure { get; init; }

    /// <summary>What ended the tries before they had come to an end; null where nothing did.</summary>
    public Exception? CutShort { get; init; }

    /// <summary>How many uploads were begun for it.</summary>
    public int Uploads { get; init; }

    /// <summary>The one attachment of the message; null where there is none, or several.</summary>
    public KeptAttachment? Attachment => Taken.Count == 1 && Payload is not ImagesPayload ? Taken[0].Attachment : null;

    public void Dispose() => Turn?.Dispose();
}
