using System;
using System.Collections.Generic;
using System.Text.Json;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>Writes one field of a node, or nothing where the node has nothing to tell.</summary>
internal delegate void FieldWriter<in T>(Utf8JsonWriter writer, T node, Field field);

/// <summary>The fields of one kind of node. The id always comes, asked for or not, and last.</summary>
/// <param name="typeName">As Graph names the kind in its errors.</param>
/// <param name="defaults">What comes when no fields are asked for.</param>
internal sealed class NodeShape<T>(string typeName, Func<T, string> id, params string[] defaults)
{
    private readonly Dictionary<string, FieldWriter<T>> _writers = [];

    internal NodeShape<T> With(string name, FieldWriter<T> writer)
    {
        _writers[name] = writer;
        return this;
    }

    internal NodeShape<T> WithText(string name, Func<T, string?> text) => With(name, (writer, node, _) =>
    {
        if (text(node) is { } value)
            writer.WriteString(name, value);
    });

    internal NodeShape<T> WithNumber(string name, Func<T, long> number) =>
        With(name, (writer, node, _) => writer.WriteNumber(name, number(node)));

    internal NodeShape<T> WithFlag(string name, Func<T, bool> flag) =>
        With(name, (writer, node, _) => writer.WriteBoolean(name, flag(node)));

    /// <summary>The members, inside an object that has been begun.</summary>
    /// <param name="fields">Null for the default ones.</param>
    internal void WriteMembers(Utf8JsonWriter writer, T node, IReadOnlyList<Field>? fields)
    {
        foreach (Field field in fields ?? Array.ConvertAll(defaults, name => new Field(name)))
        {
            if (field.Name == "id")
                continue;
            if (!_writers.TryGetValue(field.Name, out FieldWriter<T>? write))
                throw ReadRules.FieldsKnown.Broken(field.Name, typeName);
            write(writer, node, field);
        }

        writer.WriteString("id", id(node));
    }

    internal void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<T> nodes, IReadOnlyList<Field>? fields)
    {
        writer.WriteStartArray(name);
        foreach (T node in nodes)
        {
            writer.WriteStartObject();
            WriteMembers(writer, node, fields);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
