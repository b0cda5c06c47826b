using System;
using System.IO;
using System.Text;
using System.Text.Json;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Writes the JSON of answers. What is not ASCII is escaped, as Graph does.</summary>
internal static class GraphJson
{
    internal static string Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Some strings; those that are null are left out.</summary>
    internal static string Strings(params (string Name, string? Value)[] members) => Write(writer =>
    {
        foreach ((string name, string? value) in members)
        {
            if (value is not null)
                writer.WriteString(name, value);
        }
    });

    internal static string Error(RuleBrokenException broken, EmulatorState state, string traceId) => Write(writer =>
    {
        EmulatorRule rule = broken.Rule;
        bool isInstagram = state.Login == IgLogin.Instagram;
        writer.WriteStartObject("error");
        writer.WriteString("message", rule.HasPrefix && !isInstagram ? $"(#{rule.Code}) {broken.Message}" : broken.Message);
        writer.WriteString("type", isInstagram ? "IGApiException" : rule.Type);
        writer.WriteNumber("code", rule.Code);
        if (rule.Subcode is not null)
            writer.WriteNumber("error_subcode", rule.Subcode.Value);
        if (rule.IsTransient is not null)
            writer.WriteBoolean("is_transient", rule.IsTransient.Value);
        writer.WriteString("fbtrace_id", traceId);
        writer.WriteEndObject();
    });
}
