namespace InstagramMessaging;

/// <summary>Something that the emulator plays or refuses, and how well it is known.</summary>
public sealed class IgEmulatorRule
{
    internal IgEmulatorRule()
    {
    }

    /// <summary>The rule's name, which a refusal carries in its header <c>x-emulator-rule</c>; for an endpoint, verb and path.</summary>
    public string Rule { get; internal init; } = string.Empty;

    /// <summary><c>Endpoint</c> or <c>Rule</c>.</summary>
    public string Kind { get; internal init; } = string.Empty;

    /// <summary>What must hold, or what the endpoint does.</summary>
    public string Statement { get; internal init; } = string.Empty;

    /// <summary>
    /// <c>Documented</c> by a page of Meta, <c>Observed</c> in public code or reports, <c>Guess</c> of ours, or <c>Emulator</c>: a limit of
    /// the emulator, not of Graph.
    /// </summary>
    public string Source { get; internal init; } = string.Empty;

    /// <summary>The page or report.</summary>
    public string Reference { get; internal init; } = string.Empty;

    /// <summary>The <c>code</c> of the error object; null for an endpoint.</summary>
    public int? Code { get; internal init; }

    /// <summary>The <c>error_subcode</c>, or null.</summary>
    public int? Subcode { get; internal init; }

    /// <summary>The HTTP status of the refusal with Facebook login; null for an endpoint.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>Whether code and words of the refusal are a guess, though the rule is not.</summary>
    public bool IsRefusalGuessed { get; internal init; }

    /// <summary>Whether Graph is only suspected to refuse it: <c>Start-IgEmulator -Loose</c> lets it pass.</summary>
    public bool IsSuspected { get; internal init; }

    /// <summary>The name.</summary>
    public override string ToString() => Rule;
}
