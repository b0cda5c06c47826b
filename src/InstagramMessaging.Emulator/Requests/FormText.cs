using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>Percent-encoded pairs, as in a query and in a form.</summary>
internal static class FormText
{
    private const int MostPairs = 200;

    internal static List<KeyValuePair<string, string>> Parse(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (text.Length == 0)
            return pairs;

        foreach (string pair in text.Split('&'))
        {
            if (pair.Length == 0)
                continue;

            int equals = pair.IndexOf('=');
            string key = Decode(equals < 0 ? pair : pair.Substring(0, equals), "a key", plusIsSpace: true);
            string value = equals < 0 ? string.Empty : Decode(pair.Substring(equals + 1), key, plusIsSpace: true);
            if (key.Length == 0 || pairs.Count == MostPairs)
                throw BodyRules.FormWellFormed.Broken(key);
            pairs.Add(new KeyValuePair<string, string>(key, value));
        }

        return pairs;
    }

    internal static string Decode(string text, string name, bool plusIsSpace)
    {
        byte[] bytes = new byte[text.Length];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '%')
            {
                bytes[count++] = Unescape(text, i, name);
                i += 2;
            }
            else
            {
                // Heads are ASCII, and so are forms: whatever else there is was percent-encoded.
                if (c > '~')
                    throw BodyRules.FormWellFormed.Broken(name);
                bytes[count++] = (byte)(plusIsSpace && c == '+' ? ' ' : c);
            }
        }

        return Utf8Text.Decode(bytes, count, name);
    }

    private static byte Unescape(string text, int percent, string name)
    {
        if (percent + 2 >= text.Length || !Uri.IsHexDigit(text[percent + 1]) || !Uri.IsHexDigit(text[percent + 2]))
            throw BodyRules.FormWellFormed.Broken(name);
        return (byte)((Uri.FromHex(text[percent + 1]) * 16) + Uri.FromHex(text[percent + 2]));
    }
}
