using System.Globalization;
using System.Runtime.CompilerServices;

namespace InstagramMessaging.Emulator.Rules;

/// <summary>How well a rule is known.</summary>
public enum RuleSource
{
    /// <summary>A page of Meta's documentation states it.</summary>
    Documented,

    /// <summary>Seen in public code, tests or issues.</summary>
    Observed,

    /// <summary>Our own reading: either the rule itself or the shape of its refusal is nowhere stated.</summary>
    Guess,

    /// <summary>A limit of this emulator, not of Graph.</summary>
    Emulator,
}

/// <summary>One thing that the emulator refuses, with the error object that it answers and where both come from.</summary>
public sealed record EmulatorRule
{
    private readonly string _message;
    private readonly int? _instagramStatus;

    internal EmulatorRule(
        string text,
        int code,
        int? subcode,
        string message,
        RuleSource source,
        string reference,
        [CallerMemberName] string id = "")
    {
        Id = id;
        Text = text;
        Code = code;
        Subcode = subcode;
        _message = message;
        Source = source;
        Reference = reference;
    }

    /// <summary>Its name, which the header <c>x-emulator-rule</c> of a refusal carries.</summary>
    public string Id { get; }

    /// <summary>What must hold.</summary>
    public string Text { get; }

    /// <summary>How well it is known.</summary>
    public RuleSource Source { get; }

    /// <summary>Whether code, subcode and words of the refusal are our guess, though the rule is not.</summary>
    public bool IsRefusalGuessed { get; init; }

    /// <summary>Whether Graph is only suspected to refuse what breaks it, so that a loose emulator lets it pass.</summary>
    public bool IsSuspected { get; init; }

    /// <summary>The page or report that it comes from.</summary>
    public string Reference { get; }

    /// <summary>The <c>code</c> of its error object.</summary>
    public int Code { get; }

    /// <summary>The <c>error_subcode</c>, or null.</summary>
    public int? Subcode { get; }

    /// <summary>The HTTP status on Facebook login.</summary>
    public int Status { get; init; } = 400;

    /// <summary>The HTTP status on Instagram login.</summary>
    public int InstagramStatus
    {
        get => _instagramStatus ?? Status;
        init => _instagramStatus = value;
    }

    /// <summary>The <c>type</c> on Facebook login; Instagram login always says <c>IGApiException</c>.</summary>
    internal string Type { get; init; } = "OAuthException";

    /// <summary>Whether the message begins with <c>(#code) </c> on Facebook login; Instagram login never does.</summary>
    internal bool HasPrefix { get; init; } = true;

    /// <summary>The <c>is_transient</c> of the error object; null leaves it out.</summary>
    internal bool? IsTransient { get; init; }

    /// <summary>The refusal, with what stands in the place of <c>{0}</c> and <c>{1}</c>.</summary>
    internal RuleBrokenException Broken(object? first = null, object? second = null) =>
        new(this, string.Format(CultureInfo.InvariantCulture, _message, first, second));
}
