using System;

namespace InstagramMessaging;

/// <summary>An attachment that was uploaded once and can be sent many times: <c>New-IgAttachment … | Send-IgMedia -RecipientId R</c>.</summary>
public sealed class IgAttachment
{
    internal IgAttachment()
    {
    }

    /// <summary>The row's place in the pipeline, from 1.</summary>
    public long Index { get; internal init; }

    /// <summary>Graph's id of the attachment; private to the account that uploaded it.</summary>
    public string AttachmentId { get; internal init; } = string.Empty;

    /// <summary>The type it was uploaded as; a send by id has to name the same.</summary>
    public IgMediaType Type { get; internal init; }

    /// <summary>The URL or file that it was made of.</summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The account that owns it.</summary>
    public string Account { get; internal init; } = string.Empty;

    /// <summary>When Graph gave the id, in UTC.</summary>
    public DateTimeOffset UploadedAt { get; internal init; }

    /// <summary>When Graph forgets the id: 90 days after the upload.</summary>
    /// <remarks>Source: "Saving assets", https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets.</remarks>
    public DateTimeOffset ExpiresAt => UploadedAt.AddDays(90);

    /// <summary>The row that asked for it.</summary>
    public object? InputObject { get; internal init; }

    /// <summary>The attachment's id.</summary>
    public override string ToString() => AttachmentId;
}
