using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Validation;

/// <summary>The kinds of slips that a text may hold and still be meant.</summary>
internal enum Doubt
{
    Placeholder,
    Address,
}

/// <summary>What a text message has to be before it may leave.</summary>
/// <remarks>Source: "Send a text or link", https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message: UTF-8, 1000 bytes or less.</remarks>
internal static class TextRules
{
    /// <summary>The longest text, in bytes of UTF-8.</summary>
    public const int LongestText = 1000;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private static readonly char[] Braces = ['{'];
    private static readonly char[] Colons = [':', ';'];
    private static readonly Regex Placeholder = new(@"\{\{[^{}]*\}\}|\{[\p{L}_][\w .-]*\}", RegexOptions.CultureInvariant);

    private static readonly Regex Address = new(@"\b(?:https?|htps?|htttps?)[:;]/*[^\s]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>A text as it will be sent, unchanged.</summary>
    /// <exception cref="InstagramApiException"><c>IgTextEmpty</c>, <c>IgTextInvalid</c> or <c>IgTextTooLong</c>.</exception>
    public static TextPayload Text(string text)
    {
        if (text.All(IsInvisible))
            throw IgError.Of(ErrorId.TextEmpty, text.Trim().Length == 0 ? "The text is empty." : "The text has only invisible characters.");
        if (CellValue.NotTextType(text) is { } type)
            throw IgError.Of(ErrorId.TextInvalid, $"The text is an object ({type}), not text.", remedy: "Give a string or a number; for an object name the property: -Text { $_.Name }.");
        RequireUnicode(text);
        return new TextPayload(text, RequireLength(text, "text"), IsLink: false);
    }

    /// <summary>A link, which Instagram takes as text.</summary>
    /// <exception cref="InstagramApiException"><c>IgLinkInvalid</c> or <c>IgTextTooLong</c>.</exception>
    public static TextPayload Link(string link)
    {
        UrlRules.Require(link, ErrorId.LinkInvalid, "link");
        return new TextPayload(link, RequireLength(link, "link", "Use a shorter address."), IsLink: true);
    }

    /// <summary>What looks like a slip but may be meant, each kind once: a left-over placeholder, an address that leads nowhere.</summary>
    public static IEnumerable<(Doubt Kind, string What)> Doubts(string text)
    {
        // Most texts have neither, and a pattern for each row of a long table costs more than a look.
        if (text.IndexOfAny(Braces) >= 0 && Placeholder.Match(text) is { Success: true } placeholder)
            yield return (Doubt.Placeholder, $"the text still holds the placeholder {placeholder.Value}");
        if (text.IndexOfAny(Colons) < 0)
            yield break;
        foreach (Match match in Address.Matches(text))
        {
            string address = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '"', '\'', '>');
            if (UrlRules.Fault(address) is not null)
            {
                yield return (Doubt.Address, $"the address '{address}' in the text leads nowhere");
                yield break;
            }
        }
    }

    private static bool IsInvisible(char c) => char.IsWhiteSpace(c) || c == '\u2800' || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static int RequireLength(string text, string what, string? remedy = null)
    {
        int bytes = Utf8.GetByteCount(text);
        return bytes <= LongestText
            ? bytes
            : throw IgError.Of(
                ErrorId.TextTooLong,
                string.Format(CultureInfo.InvariantCulture, "The {0} has {1:N0} bytes in UTF-8 ({2:N0} characters); the limit is {3:N0} bytes.", what, bytes, new StringInfo(text).LengthInTextElements, LongestText),
                remedy: remedy);
    }

    private static void RequireUnicode(string text)
    {
        int lone = Surrogates.FirstLone(text);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\uFFFD')
                throw IgError.Of(ErrorId.TextInvalid, $"Character {i + 1} of the text is U+FFFD: the file was read in another encoding than it was saved in (an ANSI file read as UTF-8?).");
            if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
                throw IgError.Of(ErrorId.TextInvalid, $"Character {i + 1} of the text is the control character U+{(int)c:X4}.");
            if (i == lone)
                throw IgError.Of(ErrorId.TextInvalid, $"Character {i + 1} of the text is half of a surrogate pair (U+{(int)c:X4}): an emoji was cut in two.");
        }
    }
}
