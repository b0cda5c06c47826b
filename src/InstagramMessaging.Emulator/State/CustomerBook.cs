using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.State;

/// <summary>A person that the emulator was told of.</summary>
internal sealed record Customer(string Id)
{
    internal string? Name { get; init; }

    internal string? UserName { get; init; }

    /// <summary>Null when the person never wrote.</summary>
    internal DateTimeOffset? LastWroteAt { get; init; }

    /// <summary>Whether the person agreed to be read, as who writes does.</summary>
    internal bool Consents { get; init; } = true;

    internal bool IsAvailable { get; init; } = true;
}

/// <summary>Who the customers are, and who may be written to now.</summary>
internal sealed class CustomerBook(TimeProvider clock, bool knownOnly)
{
    internal static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan AgentWindow = TimeSpan.FromDays(7);

    private readonly object _gate = new();
    private readonly Dictionary<string, Customer> _customers = [];

    internal Customer? Find(string id)
    {
        lock (_gate)
            return _customers.TryGetValue(id, out Customer? customer) ? customer : null;
    }

    /// <summary>Adds the person, or puts the new description in the place of the old.</summary>
    internal void Put(Customer customer)
    {
        lock (_gate)
            _customers[customer.Id] = customer;
    }

    /// <summary>The person wrote: this opens the window, and agrees to be read.</summary>
    internal void NoteWriting(string id)
    {
        lock (_gate)
        {
            Customer before = _customers.TryGetValue(id, out Customer? known) ? known : new Customer(id);
            _customers[id] = before with { LastWroteAt = clock.GetUtcNow(), Consents = true };
        }
    }

    /// <summary>Refuses what does not reach the person: unknown, unavailable, or behind a closed window.</summary>
    internal void CheckReach(string id, bool needsWindow, bool isFromAgent)
    {
        if (Find(id) is not { } customer)
        {
            if (knownOnly && MagicRecipients.Find(id) is null)
                throw OutcomeRules.UserExists.Broken();
            return;
        }

        if (!customer.IsAvailable)
            throw OutcomeRules.UserAvailable.Broken();
        if (!needsWindow)
            return;

        TimeSpan? since = clock.GetUtcNow() - customer.LastWroteAt;
        if (isFromAgent && !(since <= AgentWindow))
            throw OutcomeRules.AgentInTime.Broken();
        if (!isFromAgent && !(since <= Window))
            throw OutcomeRules.WindowOpen.Broken();
    }

    /// <summary>What may be told of a person, by who asks for the profile or lists participants.</summary>
    internal Customer Describe(string id)
    {
        Customer known = Find(id) ?? new Customer(id);
        string end = id.Length > 4 ? id.Substring(id.Length - 4) : id;
        return known with { UserName = known.UserName ?? $"customer.{end}", Name = known.Name ?? $"Customer {end}" };
    }

    /// <summary>The person whose profile is asked for; refused where nobody is known or the person never agreed.</summary>
    internal Customer Read(string id, string method)
    {
        Customer? customer = Find(id);
        bool isMagic = MagicRecipients.Find(id) is not null;
        if (customer is null && knownOnly && !isMagic)
            throw ReadRules.ObjectKnown.Broken(method, id);
        if (customer is { Consents: false } || (customer is null && MagicRecipients.IsWithoutConsent(id)))
            throw ReadRules.ConsentGiven.Broken();
        return Describe(id);
    }
}
