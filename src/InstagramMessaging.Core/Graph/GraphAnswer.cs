using System;

namespace InstagramMessaging.Core.Graph;

/// <summary>What came back from one attempt: Graph's ids, its error, or how the transport failed.</summary>
internal sealed record GraphAnswer
{
    /// <summary>The HTTP status; null when no answer began.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Graph's error object, on any status.</summary>
    public GraphError? Error { get; init; }

    public string? MessageId { get; init; }

    public string? RecipientId { get; init; }

    public string? AttachmentId { get; init; }

    /// <summary>Whether the whole answer arrived and is a JSON object of Graph's.</summary>
    public bool IsGraph { get; init; }

    /// <summary>How long Graph asks to wait, from <c>Retry-After</c> or <c>estimated_time_to_regain_access</c>.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The highest percentage of a limit that the usage headers report; null without one.</summary>
    public double? Usage { get; init; }

    /// <summary>
    /// Whether the request's content was asked for its bytes. If not, nothing was delivered for certain; a connect timeout and an
    /// answer that never comes are the same exception otherwise.
    /// </summary>
    public bool ContentAsked { get; init; }

    /// <summary>Why no whole answer arrived.</summary>
    public Exception? TransportError { get; init; }

    /// <summary>What happened, in a clause for people.</summary>
    public string Describe() =>
        Error is { } error ? $"Graph says: {error.Message} (code {error.Code}{(error.Subcode is { } sub ? "/" + sub : string.Empty)})"
        : TransportError is { } trouble ? TransportText(trouble)
        : IsGraph ? $"Graph answered HTTP {StatusCode} without an id"
        : $"the answer (HTTP {StatusCode}) is not Graph's";

    private string TransportText(Exception trouble) =>
        trouble is OperationCanceledException
            ? ContentAsked ? "no answer came in time" : "no connection was made in time"
            : trouble.GetBaseException().Message.TrimEnd('.');
}
