using System;
using System.Collections.Generic;
using System.Text;

namespace InstagramMessaging.Emulator.Http;

/// <summary>The request line and the headers.</summary>
internal sealed class RequestHead
{
    private const int MostHeaders = 100;
    private static readonly char[] LineBreaks = ['\r', '\n'];
    private static readonly char[] NeverInTarget = ['\r', '\n', '#'];

    private readonly List<KeyValuePair<string, string>> _headers = [];

    private RequestHead(string method, string target, bool isHttp11)
    {
        Method = method;
        IsHttp11 = isHttp11;
        int query = target.IndexOf('?');
        Path = query < 0 ? target : target.Substring(0, query);
        Query = query < 0 ? string.Empty : target.Substring(query + 1);
    }

    internal string Method { get; }

    /// <summary>The path as it was sent, percent escapes included.</summary>
    internal string Path { get; }

    /// <summary>What follows the question mark, as it was sent.</summary>
    internal string Query { get; }

    internal bool IsHttp11 { get; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    internal bool KeepsAlive => IsHttp11 && !HasToken("Connection", "close");

    internal bool ExpectsContinue => IsHttp11 && HasToken("Expect", "100-continue");

    /// <summary>The header's value; null when it is absent. One that comes twice is a fault: none that we read may.</summary>
    internal string? Header(string name)
    {
        string? found = null;
        foreach (KeyValuePair<string, string> header in _headers)
        {
            if (!string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                throw new HttpFaultException(400, $"more than one {name} header");
            found = header.Value;
        }

        return found;
    }

    /// <summary>Reads a head that ends before its empty line.</summary>
    internal static RequestHead Parse(byte[] bytes, int start, int length)
    {
        for (int i = start; i < start + length; i++)
        {
            if (bytes[i] is 0 or > 126 or (< 32 and not (9 or 10 or 13)))
                throw new HttpFaultException(400, "a head holds printable ASCII only");
        }

        string[] lines = Encoding.ASCII.GetString(bytes, start, length).Split(["\r\n"], StringSplitOptions.None);
        if (lines.Length > MostHeaders + 1)
            throw new HttpFaultException(431, "too many headers");

        RequestHead head = ParseRequestLine(lines[0]);
        for (int i = 1; i < lines.Length; i++)
            head._headers.Add(ParseHeader(lines[i]));

        if (head.IsHttp11 && head.Header("Host") is null)
            throw new HttpFaultException(400, "no Host header");
        return head;
    }

    private static RequestHead ParseRequestLine(string line)
    {
        string[] words = line.Split(' ');
        if (words.Length != 3 || !IsToken(words[0]) || words[1].Length == 0)
            throw new HttpFaultException(400, "not a request line");
        if (words[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            throw new HttpFaultException(words[2].StartsWith("HTTP/", StringComparison.Ordinal) ? 505 : 400, "not HTTP/1.1");
        if (words[1][0] != '/' || line.IndexOfAny(NeverInTarget) >= 0)
            throw new HttpFaultException(400, "not a path");
        return new RequestHead(words[0], words[1], words[2] == "HTTP/1.1");
    }

    // A bare CR or LF, a folded line and a space before the colon are how requests are smuggled.
    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0 || !IsToken(line.Substring(0, colon)) || line.IndexOfAny(LineBreaks) >= 0)
            throw new HttpFaultException(400, "not a header");
        return new KeyValuePair<string, string>(line.Substring(0, colon), line.Substring(colon + 1).Trim(' ', '\t'));
    }

    private static bool IsToken(string text)
    {
        const string Marks = "!#$%&'*+-.^_`|~";
        foreach (char c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && Marks.IndexOf(c) < 0)
                return false;
        }

        return text.Length > 0;
    }

    private bool HasToken(string header, string token)
    {
        foreach (string word in (Header(header) ?? string.Empty).Split(','))
        {
            if (string.Equals(word.Trim(), token, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
