using System;
using System.Net.Http;

namespace InstagramMessaging.Core.Graph;

/// <summary>One call, as often as it has to be made: each attempt makes its content anew.</summary>
/// <param name="Edge">The last part of the path: <c>messages</c> or <c>message_attachments</c>.</param>
/// <param name="Pace">Which of Meta's rates it counts against.</param>
/// <param name="Expects">The id without which a 2xx is not believed.</param>
/// <param name="IsRepeatable">Whether a second delivery does no harm, so that an unknown outcome is tried again.</param>
/// <param name="MakeContent">Makes the body; throws where a file cannot be opened.</param>
internal sealed record GraphRequest(string Edge, PaceKind Pace, ExpectedId Expects, bool IsRepeatable, Func<HttpContent> MakeContent)
{
    public const string Messages = "messages";
    public const string MessageAttachments = "message_attachments";
}

/// <summary>Meta's two send rates.</summary>
/// <remarks>Source: "Rate limits" (Messenger Platform), https://developers.facebook.com/docs/graph-api/overview/rate-limiting.</remarks>
internal enum PaceKind
{
    /// <summary>Text, links, stickers, posts, reactions, images and files.</summary>
    Sends,

    /// <summary>Audio and video.</summary>
    Media,
}

/// <summary>The id that proves that Graph did what was asked.</summary>
internal enum ExpectedId
{
    Message,
    Recipient,
    Attachment,
}
