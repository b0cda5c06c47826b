using System;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;

namespace InstagramMessaging.Emulator.Tests.Rules;

/// <summary>A call that breaks one rule in one way, and the refusal that is due. The figures stand here a second time on purpose.</summary>
public sealed record RuleCase(string Rule, string How, int Code, int? Subcode, Func<Api, Task<Answer>> Act)
{
    public int Status { get; init; } = 400;

    public EmulatorOptions Options { get; init; } = new();

    public string Name => $"{Rule}: {How}";
}
