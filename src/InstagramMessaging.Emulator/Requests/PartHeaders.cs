using System;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>The headers of one multipart part.</summary>
internal sealed class PartHeaders
{
    internal string Name { get; private set; } = string.Empty;

    internal string? FileName { get; private set; }

    internal bool HasExtendedName { get; private set; }

    internal string? ContentType { get; private set; }

    /// <summary>A file by its filename, or by the name that only a file may have.</summary>
    internal bool IsFile => FileName is not null || HasExtendedName || Name == "filedata";

    internal static PartHeaders Parse(byte[] bytes)
    {
        string text = Utf8Text.Decode(bytes, bytes.Length, "a part's header");
        var headers = new PartHeaders();
        foreach (string line in text.Split(["\r\n"], StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':');
            if (colon <= 0)
                throw BodyRules.MultipartWellFormed.Broken("a part's header has no colon");

            string value = line.Substring(colon + 1).Trim();
            string name = line.Substring(0, colon).Trim();
            if (string.Equals(name, "Content-Disposition", StringComparison.OrdinalIgnoreCase))
                headers.ReadDisposition(value);
            else if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase))
                headers.ContentType = MediaTypeText.Of(value);
        }

        if (headers.Name.Length == 0)
            throw BodyRules.MultipartWellFormed.Broken("a part has no name");
        return headers;
    }

    private void ReadDisposition(string value)
    {
        int semicolon = value.IndexOf(';');
        if (semicolon < 0 || !string.Equals(value.Substring(0, semicolon).Trim(), "form-data", StringComparison.OrdinalIgnoreCase))
            throw BodyRules.MultipartWellFormed.Broken("a part is not form-data");

        for (int at = semicolon + 1; at < value.Length;)
        {
            int equals = value.IndexOf('=', at);
            if (equals < 0)
                throw BodyRules.MultipartWellFormed.Broken("a parameter of a part has no value");

            string name = value.Substring(at, equals - at).Trim();
            at = ReadValue(value, equals + 1, out string text);
            Take(name, text);
        }
    }

    private void Take(string name, string text)
    {
        switch (name)
        {
            case "name":
                Name = text;
                break;
            case "filename":
                FileName = text;
                break;
            case "filename*":
                HasExtendedName = true;
                break;
            default:
                throw BodyRules.MultipartWellFormed.Broken("a part has an unknown parameter");
        }
    }

    // Quoted, or a bare word, as .NET's own client writes it.
    private static int ReadValue(string value, int start, out string text)
    {
        bool isQuoted = start < value.Length && value[start] == '"';
        int end = isQuoted ? value.IndexOf('"', start + 1) : value.IndexOf(';', start);
        if (isQuoted && end < 0)
            throw BodyRules.MultipartWellFormed.Broken("a quote is not closed");
        if (end < 0)
            end = value.Length;

        text = isQuoted ? value.Substring(start + 1, end - start - 1) : value.Substring(start, end - start).Trim();
        int next = isQuoted ? end + 1 : end;
        while (next < value.Length && value[next] == ' ')
            next++;
        if (next < value.Length && value[next] != ';')
            throw BodyRules.MultipartWellFormed.Broken("a parameter of a part goes on after its quote");
        return next + 1;
    }
}
