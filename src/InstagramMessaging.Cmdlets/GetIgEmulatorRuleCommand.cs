using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Cmdlets;

/// <summary>Lists what the emulator plays and what it refuses, and how well each is known. It needs no emulator.</summary>
[Cmdlet(VerbsCommon.Get, "IgEmulatorRule")]
[OutputType(typeof(IgEmulatorRule))]
public sealed class GetIgEmulatorRuleCommand : IgCommand
{
    /// <summary>Only those with such a name.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Rule { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        WildcardPattern[] wanted = [.. Rule.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        foreach (IgEmulatorRule rule in EmulatorRules.Listed())
        {
            if (wanted.Any(pattern => pattern.IsMatch(rule.Rule)))
                WriteObject(rule);
        }
    }
}
