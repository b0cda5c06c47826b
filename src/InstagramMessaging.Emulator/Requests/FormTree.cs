using System;
using System.Collections.Generic;
using System.Globalization;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>Makes one tree of keys such as <c>message[attachment][type]</c>; members named 0, 1, 2… are an array.</summary>
/// <param name="isLoose">Whether of two values of one key the last counts, in place of a refusal.</param>
internal sealed class FormTree(bool isLoose)
{
    private const int Deepest = 8;
    private static readonly char[] Brackets = ['[', ']'];

    private readonly GraphValue _root = GraphValue.NewObject();
    private readonly HashSet<GraphValue> _built = [];

    /// <param name="key">With or without brackets.</param>
    /// <param name="whole">What the value means when the key has no brackets.</param>
    /// <param name="leaf">The value as it stands, for a key with brackets.</param>
    internal void Add(string key, Func<GraphValue> whole, string leaf)
    {
        string[] steps = Steps(key);
        GraphValue parent = _root;
        for (int i = 0; i < steps.Length - 1; i++)
            parent = Enter(parent, steps[i], key);

        GraphValue value = steps.Length == 1 ? whole() : GraphValue.Of(leaf);
        if (!parent.TryAdd(steps[steps.Length - 1], value, replaces: isLoose))
            throw BodyRules.ParametersOnce.Broken(key);
    }

    /// <summary>One object with all parameters.</summary>
    internal GraphValue Finish()
    {
        var whole = GraphValue.NewObject();
        foreach (KeyValuePair<string, GraphValue> parameter in _root.Members)
            whole.TryAdd(parameter.Key, WithArrays(parameter.Value));
        return whole;
    }

    private GraphValue Enter(GraphValue parent, string step, string key)
    {
        GraphValue? child = parent.Member(step);
        if (child is null)
        {
            child = GraphValue.NewObject();
            parent.TryAdd(step, child);
            _built.Add(child);
        }

        return _built.Contains(child) ? child : throw BodyRules.FormWellFormed.Broken(key);
    }

    private static string[] Steps(string key)
    {
        int bracket = key.IndexOf('[');
        if (bracket < 0)
            return [key];
        if (bracket == 0 || key[key.Length - 1] != ']')
            throw BodyRules.FormWellFormed.Broken(key);

        string[] inner = key.Substring(bracket + 1, key.Length - bracket - 2).Split(["]["], StringSplitOptions.None);
        foreach (string step in inner)
        {
            if (step.Length == 0 || step.IndexOfAny(Brackets) >= 0 || inner.Length > Deepest)
                throw BodyRules.FormWellFormed.Broken(key);
        }

        return [key.Substring(0, bracket), .. inner];
    }

    // JSON inside a value is left as it is: an object with the one key "0" there is an object.
    private GraphValue WithArrays(GraphValue value)
    {
        if (!_built.Contains(value))
            return value;

        bool isArray = true;
        var array = GraphValue.NewArray();
        var members = GraphValue.NewObject();
        foreach (KeyValuePair<string, GraphValue> member in value.Members)
        {
            GraphValue child = WithArrays(member.Value);
            isArray &= member.Key == array.Items.Count.ToString(CultureInfo.InvariantCulture);
            array.Items.Add(child);
            members.TryAdd(member.Key, child);
        }

        return isArray ? array : members;
    }
}
