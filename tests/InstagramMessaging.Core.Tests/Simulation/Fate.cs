using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>What becomes of one request.</summary>
internal enum Fate
{
    Accepted,
    AcceptedThenReset,
    AcceptedThenSilent,
    AcceptedThen500,
    AcceptedThenHalf,
    AcceptedThenNoId,

    /// <summary>Accepted when the client has long given up.</summary>
    AcceptedLate,
    SilentUnaccepted,
    ResetUnaccepted,
    Error500,
    Html502,
    ThrottledSaying,
    ThrottledMute,
    Html429,
    Refused,
    NoConnection,
    MediaTrouble,
    RowRefused,
    FileGone,
    TokenInvalid,
    ConnectionEnded,
}

internal static class Fates
{
    public static bool IsAccepted(this Fate fate) => fate <= Fate.AcceptedLate;

    /// <summary>Whether no connection comes about: no byte of the request leaves.</summary>
    public static bool IsUnreached(this Fate fate) => fate is Fate.Refused or Fate.NoConnection;

    /// <summary>Whether nothing comes back until the client gives up.</summary>
    public static bool IsSilent(this Fate fate) => fate is Fate.AcceptedThenSilent or Fate.AcceptedLate or Fate.SilentUnaccepted or Fate.NoConnection;

    public static GraphAnswer TimedOut(bool contentAsked) => new() { TransportError = new TaskCanceledException(), ContentAsked = contentAsked };

    /// <summary>The answer as GraphClient makes it of what comes over the wire.</summary>
    public static GraphAnswer Answer(Fate fate, SimRow? row, GraphRequest request, int number) => fate switch
    {
        Fate.Accepted => Ids(request, number),
        Fate.AcceptedThenReset => Broken(new HttpRequestException("Connection reset by peer.")),
        Fate.AcceptedThen500 or Fate.Error500 => Error(500, 2),
        Fate.AcceptedThenHalf when number % 2 == 0 => Broken(new HttpRequestException("The response ended prematurely.")) with { StatusCode = 200 },
        Fate.AcceptedThenHalf => new GraphAnswer { StatusCode = 200, ContentAsked = true },
        Fate.AcceptedThenNoId => new GraphAnswer { StatusCode = 200, ContentAsked = true, IsGraph = true },
        Fate.ResetUnaccepted => Broken(new IOException("Connection reset by peer.")),
        Fate.Html502 => new GraphAnswer { StatusCode = 502, ContentAsked = true },
        Fate.ThrottledSaying or Fate.ThrottledMute => Error(400, number % 3 == 0 ? 4 : 613),
        Fate.Html429 => new GraphAnswer { StatusCode = 429, ContentAsked = true },
        Fate.Refused => new GraphAnswer { TransportError = new HttpRequestException("Connection refused.") },
        Fate.MediaTrouble => Error(400, 100, 2018008),
        Fate.RowRefused => Refusal(row?.Disposition ?? Disposition.ContentRefused),
        Fate.TokenInvalid => Error(401, 190, 463),
        _ => TimedOut(!fate.IsUnreached()),
    };

    private static GraphAnswer Refusal(Disposition disposition) => disposition switch
    {
        Disposition.WindowClosed => Error(400, 10, 2534022),
        Disposition.RecipientNotFound => Error(400, 100, 2534014),
        _ => Error(400, 100, 2018034),
    };

    private static GraphAnswer Ids(GraphRequest request, int number) => new()
    {
        StatusCode = 200,
        ContentAsked = true,
        IsGraph = true,
        MessageId = request.Expects == ExpectedId.Message ? "mid." + number : null,
        RecipientId = request.Expects == ExpectedId.Attachment ? null : "17",
        AttachmentId = request.Expects == ExpectedId.Attachment ? "70" + number : null,
    };

    private static GraphAnswer Broken(Exception trouble) => new() { TransportError = trouble, ContentAsked = true };

    private static GraphAnswer Error(int status, long code, long? subcode = null) =>
        new() { StatusCode = status, ContentAsked = true, IsGraph = true, Error = new GraphError(code, subcode, "OAuthException", "No.", false, null) };
}
