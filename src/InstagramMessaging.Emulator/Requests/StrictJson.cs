using System;
using System.Text;
using System.Text.Json;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>JSON as its standard has it, without null members and repeated keys.</summary>
internal static class StrictJson
{
    /// <param name="bytes">JSON in UTF-8.</param>
    /// <param name="name">What it is, for the refusal.</param>
    internal static GraphValue Parse(byte[] bytes, string name)
    {
        Utf8Text.Check(bytes, name);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            GraphValue value = Read(ref reader, name);

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
    internal static GraphValue? TryParse(string text, string name)
    {
        try
        {
            return Parse(Encoding.UTF8.GetBytes(text), name);
        }
        catch (RuleBrokenException broken) when (broken.Rule == BodyRules.JsonWellFormed)
        {
            return null;
        }
    }

    private static GraphValue Read(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, path),
        JsonTokenType.StartArray => ReadArray(ref reader, path),
        JsonTokenType.String => GraphValue.Of(ReadString(ref reader, path)),
        JsonTokenType.Number => GraphValue.OfNumber(Encoding.ASCII.GetString(reader.ValueSpan.ToArray())),
        JsonTokenType.True => GraphValue.Of(true),
        JsonTokenType.False => GraphValue.Of(false),
        _ => throw BodyRules.JsonWithoutNull.Broken(path),
    };

    private static GraphValue ReadObject(ref Utf8JsonReader reader, string path)
    {
        var value = GraphValue.NewObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = ReadString(ref reader, path);
            string member = $"{path}[{key}]";
            reader.Read();
            if (!value.TryAdd(key, Read(ref reader, member)))
                throw BodyRules.JsonKeysOnce.Broken(member);
        }

        return value;
    }

    private static GraphValue ReadArray(ref Utf8JsonReader reader, string path)
    {
        var value = GraphValue.NewArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            value.Items.Add(Read(ref reader, $"{path}[{value.Items.Count}]"));
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
