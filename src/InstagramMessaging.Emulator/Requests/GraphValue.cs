using System.Collections.Generic;

namespace InstagramMessaging.Emulator.Requests;

internal enum GraphKind
{
    Object,
    Array,
    String,
    Number,
    Boolean,
}

/// <summary>A parameter's value, whichever encoding it came in.</summary>
internal sealed class GraphValue
{
    private GraphValue(GraphKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    internal GraphKind Kind { get; }

    /// <summary>The string, or the number or boolean as it was written.</summary>
    internal string Text { get; }

    internal List<KeyValuePair<string, GraphValue>> Members { get; } = [];

    internal List<GraphValue> Items { get; } = [];

    internal static GraphValue NewObject() => new(GraphKind.Object, string.Empty);

    internal static GraphValue NewArray() => new(GraphKind.Array, string.Empty);

    internal static GraphValue Of(string text) => new(GraphKind.String, text);

    internal static GraphValue OfNumber(string text) => new(GraphKind.Number, text);

    internal static GraphValue Of(bool value) => new(GraphKind.Boolean, value ? "true" : "false");

    internal GraphValue? Member(string key)
    {
        foreach (KeyValuePair<string, GraphValue> member in Members)
        {
            if (member.Key == key)
                return member.Value;
        }

        return null;
    }

    /// <summary>Adds a member; false when there is one of that name already, unless the new one replaces it.</summary>
    internal bool TryAdd(string key, GraphValue value, bool replaces = false)
    {
        if (Member(key) is not null)
        {
            if (!replaces)
                return false;
            Members.RemoveAll(member => member.Key == key);
        }

        Members.Add(new KeyValuePair<string, GraphValue>(key, value));
        return true;
    }
}
