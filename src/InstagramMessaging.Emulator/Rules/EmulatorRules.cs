using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace InstagramMessaging.Emulator.Rules;

/// <summary>All rules of the emulator.</summary>
public static class EmulatorRules
{
    private static readonly Lazy<IReadOnlyList<EmulatorRule>> Listed = new(Collect);

    /// <summary>Every rule, in the order in which a request meets them.</summary>
    public static IReadOnlyList<EmulatorRule> All => Listed.Value;

    // Read from the fields, so that no rule can be forgotten in a list beside them.
    private static EmulatorRule[] Collect()
    {
        Type[] homes =
        [
            typeof(AccessRules), typeof(BodyRules), typeof(EnvelopeRules), typeof(TextRules),
            typeof(AttachmentRules), typeof(FileRules), typeof(ActionRules), typeof(OutcomeRules),
        ];
        return homes
            .SelectMany(home => home.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(EmulatorRule))
            .Select(field => (EmulatorRule)field.GetValue(null)!)
            .ToArray();
    }
}
