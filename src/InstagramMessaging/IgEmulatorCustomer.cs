using System;

namespace InstagramMessaging;

/// <summary>A customer that an emulator knows.</summary>
public sealed class IgEmulatorCustomer
{
    internal IgEmulatorCustomer()
    {
    }

    /// <summary>The Instagram-scoped id of the customer.</summary>
    public string RecipientId { get; internal init; } = string.Empty;

    /// <summary>The name that a profile shows.</summary>
    public string DisplayName { get; internal init; } = string.Empty;

    /// <summary>The user name.</summary>
    public string UserName { get; internal init; } = string.Empty;

    /// <summary>When the customer last wrote, in UTC by the emulator's clock; null for never.</summary>
    public DateTimeOffset? LastWroteAt { get; internal init; }

    /// <summary>When the 24-hour window closes, or closed; null for a customer who never wrote.</summary>
    public DateTimeOffset? WindowClosesAt { get; internal init; }

    /// <summary>Whether the profile may be read.</summary>
    public bool Consents { get; internal init; }

    /// <summary>Whether the customer takes messages.</summary>
    public bool IsAvailable { get; internal init; }

    /// <summary>The id.</summary>
    public override string ToString() => RecipientId;
}
