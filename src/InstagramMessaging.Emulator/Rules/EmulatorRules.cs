using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace InstagramMessaging.Emulator.Rules;

/// <summary>All rules of the emulator.</summary>
public static class EmulatorRules
{
    private static readonly Lazy<IReadOnlyList<EmulatorRule>> Collected = new(Collect);

    /// <summary>Every rule, in the order in which a request meets them.</summary>
    public static IReadOnlyList<EmulatorRule> All => Collected.Value;

    /// <summary>Every endpoint and every rule, as <c>Get-IgEmulatorRule</c> writes them.</summary>
    internal static IEnumerable<IgEmulatorRule> Listed() =>
    [
        .. EmulatorEndpoint.All.Select(endpoint => new IgEmulatorRule
        {
            Rule = $"{endpoint.Method} {endpoint.Template}",
            Kind = "Endpoint",
            Statement = endpoint.What,
            Source = endpoint.Source.ToString(),
            Reference = endpoint.Reference,
        }),
        .. All.Select(rule => new IgEmulatorRule
        {
            Rule = rule.Id,
            Kind = "Rule",
            Statement = rule.Text,
            Source = rule.Source.ToString(),
            Reference = rule.Reference,
            Code = rule.Code,
            Subcode = rule.Subcode,
            StatusCode = rule.Status,
            IsRefusalGuessed = rule.IsRefusalGuessed,
            IsSuspected = rule.IsSuspected,
        }),
    ];

    // Read from the fields, so that no rule can be forgotten in a list beside them.
    private static EmulatorRule[] Collect()
    {
        Type[] homes =
        [
            typeof(AccessRules), typeof(BodyRules), typeof(EnvelopeRules), typeof(TextRules),
            typeof(AttachmentRules), typeof(FileRules), typeof(ActionRules), typeof(ReadRules), typeof(OutcomeRules),
        ];
        return homes
            .SelectMany(home => home.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(EmulatorRule))
            .Select(field => (EmulatorRule)field.GetValue(null)!)
            .ToArray();
    }
}
