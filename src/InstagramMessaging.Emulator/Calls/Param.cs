using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>A parameter with its name as Graph writes it, such as <c>message[attachment][type]</c>.</summary>
internal readonly struct Param(string path, GraphValue? value)
{
    internal string Path { get; } = path;

    internal GraphValue? Value { get; } = value;

    internal bool IsGiven => Value is not null;

    internal bool IsArray => Value?.Kind == GraphKind.Array;

    internal Param this[string key] => new(Path.Length == 0 ? key : $"{Path}[{key}]", Value?.Member(key));

    internal IReadOnlyList<GraphValue> Items => Value?.Items ?? [];

    internal Param Object(EmulatorRule rule) => Value is { Kind: GraphKind.Object } ? this : throw rule.Broken(Path);

    internal string Text(EmulatorRule rule) => Value is { Kind: GraphKind.String } ? Value.Text : throw rule.Broken(Path);

    internal void OnlyKeys(params string[] keys)
    {
        foreach (KeyValuePair<string, GraphValue> member in Value!.Members)
        {
            if (Array.IndexOf(keys, member.Key) < 0)
                throw BodyRules.ParametersKnown.Broken(member.Key, Path.Length == 0 ? "request" : Path);
        }
    }
}
