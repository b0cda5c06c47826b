using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>A parameter with its name as Graph writes it, such as <c>message[attachment][type]</c>.</summary>
/// <param name="isLoose">Whether what is only suspected to be refused passes.</param>
internal readonly struct Param(string path, GraphValue? value, bool isLoose)
{
    /// <summary>Parameters of the Graph API as a whole, which public clients send with every call.</summary>
    private static readonly HashSet<string> GraphWide =
        ["format", "pretty", "locale", "debug", "suppress_http_code", "date_format", "return_ssl_resources", "sdk"];

    internal string Path { get; } = path;

    internal GraphValue? Value { get; } = value;

    internal bool IsGiven => Value is not null;

    internal bool IsArray => Value?.Kind == GraphKind.Array;

    internal Param this[string key] => new(Path.Length == 0 ? key : $"{Path}[{key}]", Value?.Member(key), isLoose);

    internal Param[] Items => Value?.Items.Select(At).ToArray() ?? [];

    /// <summary>All parameters of a call.</summary>
    internal static Param RootOf(CallParameters parameters, bool isLoose) => new(string.Empty, parameters.Root, isLoose);

    internal Param Object(EmulatorRule rule) => Value is { Kind: GraphKind.Object } ? this : throw rule.Broken(Path);

    internal string Text(EmulatorRule rule) => Value is { Kind: GraphKind.String } ? Value.Text : throw rule.Broken(Path);

    /// <summary>The string, or in a loose emulator also the number, as it was written.</summary>
    internal string TextOrNumber(EmulatorRule rule) => isLoose && Value is { Kind: GraphKind.Number } ? Value.Text : Text(rule);

    /// <summary>Refuses, unless the rule is one that a loose emulator lets pass.</summary>
    internal void Refuse(EmulatorRule rule, object? first = null, object? second = null)
    {
        if (!isLoose || !rule.IsSuspected)
            throw rule.Broken(first, second);
    }

    internal void OnlyKeys(params string[] keys)
    {
        foreach (KeyValuePair<string, GraphValue> member in Value!.Members)
        {
            bool isKnown = Array.IndexOf(keys, member.Key) >= 0 || (Path.Length == 0 && GraphWide.Contains(member.Key));
            if (!isKnown)
                Refuse(BodyRules.ParametersKnown, member.Key, Path.Length == 0 ? "request" : Path);
        }
    }

    private Param At(GraphValue value, int index) => new($"{Path}[{index}]", value, isLoose);
}
