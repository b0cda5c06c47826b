using System.Collections.Generic;
using System.Linq;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>A field that a read asks for, such as <c>messages.limit(5){id,from}</c>.</summary>
/// <param name="Name">Its name.</param>
internal sealed record Field(string Name)
{
    /// <summary>The fields in its braces; null without braces.</summary>
    internal IReadOnlyList<Field>? Inner { get; init; }

    /// <summary>What stands behind its dots, with the argument.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Modifiers { get; init; } = [];

    internal string? Modifier(string name) => Modifiers.Where(one => one.Key == name).Select(one => one.Value).FirstOrDefault();
}
