using System;

namespace InstagramMessaging;

/// <summary>Any error of this module, with what Graph said about it where Graph was asked.</summary>
/// <remarks>Source of the fields: "Handle errors", https://developers.facebook.com/docs/graph-api/guides/error-handling.</remarks>
public sealed class InstagramApiException : Exception
{
    /// <summary>Makes an error without an id.</summary>
    public InstagramApiException()
        : this("The Instagram request failed.")
    {
    }

    /// <summary>Makes an error without an id.</summary>
    public InstagramApiException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error without an id that another error caused.</summary>
    public InstagramApiException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The stable id, such as <c>IgWindowClosed</c>: what a runbook decides by.</summary>
    public string ErrorId { get; internal init; } = string.Empty;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; internal init; } = string.Empty;

    /// <summary>Graph's <c>code</c>.</summary>
    public long? Code { get; internal init; }

    /// <summary>Graph's <c>error_subcode</c>.</summary>
    public long? Subcode { get; internal init; }

    /// <summary>Graph's <c>type</c>, such as <c>OAuthException</c>; for people, never to decide by.</summary>
    public string? GraphType { get; internal init; }

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>Meta's support id of the request, short-lived.</summary>
    public string? FbTraceId { get; internal init; }

    /// <summary>Graph's <c>is_transient</c>. It is no proof that nothing was delivered.</summary>
    public bool IsTransient { get; internal init; }

    /// <summary>How long Graph asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }
}
