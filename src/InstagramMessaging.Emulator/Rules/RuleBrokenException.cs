using System;

namespace InstagramMessaging.Emulator.Rules;

/// <summary>A request that breaks a rule; becomes the error object of the answer.</summary>
internal sealed class RuleBrokenException(EmulatorRule rule, string message) : Exception(message)
{
    internal EmulatorRule Rule { get; } = rule;
}
