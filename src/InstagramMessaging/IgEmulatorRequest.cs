using System;
using System.Collections.Generic;

namespace InstagramMessaging;

/// <summary>A request that the emulator answered, and its answer. Tokens, secrets and proofs are blotted out with <c>***</c>.</summary>
public sealed class IgEmulatorRequest
{
    internal IgEmulatorRequest()
    {
    }

    /// <summary>The order of the answers, from 1.</summary>
    public long Number { get; internal set; }

    /// <summary>When it was decided, in UTC, by the emulator's clock.</summary>
    public DateTimeOffset AnsweredAt { get; internal init; }

    /// <summary>The verb.</summary>
    public string Method { get; internal init; } = string.Empty;

    /// <summary>Path and query.</summary>
    public string Target { get; internal init; } = string.Empty;

    /// <summary>The headers of the request.</summary>
    public IReadOnlyDictionary<string, string> RequestHeaders { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The body, cut at 16,384 characters; of a file only name, type, size and hash. Null where there is none.</summary>
    public string? RequestBody { get; internal init; }

    /// <summary>The HTTP status that was decided.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>The id of the rule that it broke, as <c>Get-IgEmulatorRule</c> lists it; null when it broke none.</summary>
    public string? Rule { get; internal init; }

    /// <summary>The fault that a magic recipient or chance chose; null for none.</summary>
    public string? Fault { get; internal init; }

    /// <summary>What the client saw of the answer: <c>Whole</c>, <c>Half</c>, <c>Reset</c> or <c>Silence</c>.</summary>
    public string Ending { get; internal init; } = string.Empty;

    /// <summary>The headers of the answer.</summary>
    public IReadOnlyDictionary<string, string> AnswerHeaders { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The body of the answer, cut at 16,384 characters.</summary>
    public string AnswerBody { get; internal init; } = string.Empty;

    /// <summary>The verb and the target.</summary>
    public override string ToString() => $"{Method} {Target}";
}
