using System;
using InstagramMessaging.Core.Media;

namespace InstagramMessaging.Core.Sending;

/// <summary>What one who asked for an attachment got: the attachment, the reason why there is none, or the turn to make it.</summary>
internal sealed class MediaTurn : IDisposable
{
    private readonly SharedMedia? _media;
    private readonly MediaKey _key;
    private bool _hasEnded;

    public MediaTurn(KeptAttachment attachment) => Attachment = attachment;

    public MediaTurn(MediaFailure failure) => Failure = failure;

    public MediaTurn(SharedMedia media, MediaKey key)
    {
        _media = media;
        _key = key;
    }

    public KeptAttachment? Attachment { get; private set; }

    public MediaFailure? Failure { get; private set; }

    /// <summary>Whether the caller is the one who makes it.</summary>
    public bool IsMine => _media is not null;

    /// <summary>Gives what was made to all who wait.</summary>
    public void Made(KeptAttachment attachment)
    {
        Attachment = attachment;
        End(attachment, new MediaTurn(attachment));
    }

    /// <summary>Tells all who wait that it cannot be made.</summary>
    public void Failed(MediaFailure failure)
    {
        Failure = failure;
        End(null, new MediaTurn(failure));
    }

    /// <summary>Gives the turn to the next one who waits, unless it has ended.</summary>
    public void Dispose() => End(null, null);

    private void End(KeptAttachment? attachment, MediaTurn? told)
    {
        if (_media is null || _hasEnded)
            return;
        _hasEnded = true;
        _media.End(_key, attachment, told);
    }
}
