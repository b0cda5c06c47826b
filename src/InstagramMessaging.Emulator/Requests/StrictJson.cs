using System;
using System.Text;
using System.Text.Json;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>JSON as its standard has it, without null members and repeated keys unless it is read loosely: then a null is left out, and the last of two counts.</summary>
internal static class StrictJson
{
    /// <param name="bytes">JSON in UTF-8.</param>
    /// <param name="name">What it is, for the refusal.</param>
    /// <param name="isLoose">Whether what is only suspected to be refused passes.</param>
    internal static GraphValue Parse(byte[] bytes, string name, bool isLoose)
    {
        Utf8Text.Check(bytes, name);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            GraphValue value = Read(ref reader, name, isLoose) ?? throw BodyRules.JsonWithoutNull.Broken(name);

            // Nothing but white space may follow; Read throws at anything else.
            reader.Read();
            return value;
        }
        catch (JsonException)
        {
            throw BodyRules.JsonWellFormed.Broken(name);
        }
    }

    /// <summary>The value, or null when the text is not JSON; what is JSON but breaks a rule of ours is refused.</summary>
    internal static GraphValue? TryParse(string text, string name, bool isLoose)
    {
        try
        {
            return Parse(Encoding.UTF8.GetBytes(text), name, isLoose);
        }
        catch (RuleBrokenException broken) when (broken.Rule == BodyRules.JsonWellFormed)
        {
            return null;
        }
    }

    /// <summary>The value; null for one that is left out.</summary>
    private static GraphValue? Read(ref Utf8JsonReader reader, string path, bool isLoose) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, path, isLoose),
        JsonTokenType.StartArray => ReadArray(ref reader, path, isLoose),
        JsonTokenType.String => GraphValue.Of(ReadString(ref reader, path)),
        JsonTokenType.Number => GraphValue.OfNumber(Encoding.ASCII.GetString(reader.ValueSpan.ToArray())),
        JsonTokenType.True => GraphValue.Of(true),
        JsonTokenType.False => GraphValue.Of(false),
        _ => isLoose ? null : throw BodyRules.JsonWithoutNull.Broken(path),
    };

    private static GraphValue ReadObject(ref Utf8JsonReader reader, string path, bool isLoose)
    {
        var value = GraphValue.NewObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = ReadString(ref reader, path);
            string member = $"{path}[{key}]";
            reader.Read();
            if (Read(ref reader, member, isLoose) is { } child && !value.TryAdd(key, child, replaces: isLoose))
                throw BodyRules.JsonKeysOnce.Broken(member);
        }

        return value;
    }

    private static GraphValue ReadArray(ref Utf8JsonReader reader, string path, bool isLoose)
    {
        var value = GraphValue.NewArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Read(ref reader, $"{path}[{value.Items.Count}]", isLoose) is { } item)
                value.Items.Add(item);
        }

        return value;
    }

    private static string ReadString(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped surrogate without its other half.
            throw BodyRules.ValidUnicode.Broken(path);
        }
    }
}
