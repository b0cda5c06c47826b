using System;
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
    /// <summary>An object of more members is a strange one, and would take a search for each of them.</summary>
    private const int MostSearched = 16;

    private readonly List<KeyValuePair<string, GraphValue>> _members = [];
    private Dictionary<string, int>? _places;

    private GraphValue(GraphKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    internal GraphKind Kind { get; }

    /// <summary>The string, or the number or boolean as it was written.</summary>
    internal string Text { get; }

    /// <summary>In the order in which they came.</summary>
    internal IReadOnlyList<KeyValuePair<string, GraphValue>> Members => _members;

    internal List<GraphValue> Items { get; } = [];

    internal static GraphValue NewObject() => new(GraphKind.Object, string.Empty);

    internal static GraphValue NewArray() => new(GraphKind.Array, string.Empty);

    internal static GraphValue Of(string text) => new(GraphKind.String, text);

    internal static GraphValue OfNumber(string text) => new(GraphKind.Number, text);

    internal static GraphValue Of(bool value) => new(GraphKind.Boolean, value ? "true" : "false");

    internal GraphValue? Member(string key) => PlaceOf(key) is { } place ? _members[place].Value : null;

    /// <summary>Adds a member; false when there is one of that name already, unless the new one replaces it.</summary>
    internal bool TryAdd(string key, GraphValue value, bool replaces = false)
    {
        var member = new KeyValuePair<string, GraphValue>(key, value);
        if (PlaceOf(key) is { } place)
        {
            if (replaces)
                _members[place] = member;
            return replaces;
        }

        _members.Add(member);
        _places?.Add(key, _members.Count - 1);
        return true;
    }

    private int? PlaceOf(string key)
    {
        if (_places is null && _members.Count > MostSearched)
        {
            _places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int place = 0; place < _members.Count; place++)
                _places.Add(_members[place].Key, place);
        }

        if (_places is not null)
            return _places.TryGetValue(key, out int known) ? known : null;
        int found = _members.FindIndex(member => member.Key == key);
        return found < 0 ? null : found;
    }
}
