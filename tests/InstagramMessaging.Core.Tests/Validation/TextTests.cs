using System;
using System.Linq;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Xunit;

namespace InstagramMessaging.Core.Tests.Validation;

/// <summary>Design section 5, "Text".</summary>
public class TextTests
{
    /// <summary>Texts of exactly 1000 bytes: one byte each, and two, three and four bytes at the limit.</summary>
    public static TheoryData<string, string> AtTheLimit => new()
    {
        { "ascii", new string('a', 1000) },
        { "umlauts", string.Concat(Enumerable.Repeat("\u00FC", 500)) },
        { "kana", "a" + string.Concat(Enumerable.Repeat("\u3042", 333)) },
        { "emoji", string.Concat(Enumerable.Repeat("\U0001F600", 250)) },
        { "an emoji last", new string('a', 996) + "\U0001F600" },
        { "a family last", new string('a', 982) + "\U0001F468\u200D\U0001F469\u200D\U0001F467" },
        { "line breaks", string.Concat(Enumerable.Repeat("\r\n", 500)) + string.Empty },
    };

    [Theory]
    [MemberData(nameof(AtTheLimit))]
    public void A_thousand_bytes_pass_and_one_more_does_not(string what, string text)
    {
        // A text of line breaks alone would be an empty one.
        text = what == "line breaks" ? "a" + text[1..] : text;
        TextPayload payload = PayloadRules.Text(text, null);
        Assert.Equal((text, 1000L), (payload.Text, payload.Bytes));

        InstagramApiException error = Refusal.Of("IgTextTooLong", () => PayloadRules.Text(text + "a", null));
        Assert.Matches("1[,.]?001", error.Message);
    }

    [Fact]
    public void An_emoji_over_the_limit_counts_its_four_bytes()
    {
        InstagramApiException error = Refusal.Of("IgTextTooLong", () => PayloadRules.Text(new string('a', 997) + "\U0001F600", null));
        Assert.Matches("1[,.]?001", error.Message);
    }

    [Fact]
    public void A_thousand_characters_of_two_bytes_are_too_long() =>
        Refusal.Of("IgTextTooLong", () => PayloadRules.Text(new string('\u00E9', 1000), null));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\r\n\t ")]
    [InlineData("\u00A0\u3000")]
    public void A_text_of_white_space_is_empty(string text) => Refusal.Of("IgTextEmpty", () => PayloadRules.Text(text, null));

    [Theory]
    [InlineData("gr\uFFFD\uFFFDe")]
    [InlineData("\uFFFD")]
    public void An_ansi_file_read_as_utf8_is_told(string text)
    {
        InstagramApiException error = Refusal.Of("IgTextInvalid", () => PayloadRules.Text(text, null));
        Assert.Contains("encoding", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("cut \uD83D")]
    [InlineData("\uDE00 cut")]
    [InlineData("\uD83D\uD83D\uDE00")]
    [InlineData("\uDE00\uD83D")]
    [InlineData("a\uD83Db")]
    public void Half_an_emoji_is_refused(string text) => Refusal.Of("IgTextInvalid", () => PayloadRules.Text(text, null));

    [Theory]
    [InlineData("nul \0")]
    [InlineData("bell \u0007")]
    [InlineData("escape \u001B[31m")]
    [InlineData("vertical \u000B tab")]
    [InlineData("form \u000C feed")]
    [InlineData("delete \u007F")]
    [InlineData("next line \u0085")]
    [InlineData("ansi dash \u0096")]
    public void Control_characters_are_refused(string text) => Refusal.Of("IgTextInvalid", () => PayloadRules.Text(text, null));

    [Theory]
    [InlineData("tab\tand\r\nlines\rand\nmore")]
    [InlineData("joiner \u200D and marks \u200F\u200E\u2066")]
    [InlineData("separators \u2028\u2029")]
    [InlineData("private \uE000 and \U000F0000")]
    [InlineData("0")]
    [InlineData("\U0001F600")]
    public void What_is_valid_unicode_passes_unchanged(string text) => Assert.Equal(text, PayloadRules.Text(text, null).Text);

    [Theory]
    [InlineData("Hi {Name}")]
    [InlineData("Hi {{Name}}, welcome")]
    [InlineData("Hi {{ user.first_name }}")]
    [InlineData("{{}}")]
    [InlineData("Dear {First Name}!")]
    [InlineData("Hi {first_name}")]
    [InlineData("Bonjour {Pr\u00E9nom}")]
    [InlineData("Hallo {\u00DCbername}")]
    [InlineData("\u041F\u0440\u0438\u0432\u0435\u0442, {\u0418\u043C\u044F}!")]
    public void A_left_over_placeholder_is_doubted_and_not_refused(string text)
    {
        Assert.NotEmpty(TextRules.Doubts(text));
        Assert.Equal(text, PayloadRules.Text(text, null).Text);
    }

    [Theory]
    [InlineData("Look at http://exa mple")]
    [InlineData("Look at https:/example.com/a")]
    [InlineData("Look at https://localhostt/a")]
    [InlineData("Look at http://")]
    [InlineData("htps://example.com/sale")]
    public void A_doubtful_address_in_a_text_is_doubted_and_not_refused(string text)
    {
        Assert.NotEmpty(TextRules.Doubts(text));
        Assert.Equal(text, PayloadRules.Text(text, null).Text);
    }

    [Theory]
    [InlineData("Hello, it is 10:30 :-) {")]
    [InlineData("a } b { c")]
    [InlineData("See https://example.com.")]
    [InlineData("See (https://example.com/a?b=c&d=e#f), or http://example.org!")]
    [InlineData("\"https://example.com/a\"")]
    [InlineData("https://example.com/a, https://example.com/b; and more")]
    [InlineData("http://localhost:8080/x")]
    [InlineData("mail me: anna@example.com")]
    [InlineData("{\"json\": 1}")]
    public void An_ordinary_text_is_not_doubted(string text) => Assert.Empty(TextRules.Doubts(text));

    [Fact]
    public void An_object_is_not_sent_as_the_name_of_its_type()
    {
        InstagramApiException error = Refusal.Of("IgTextInvalid", () => PayloadRules.Text(CellValue.NotText(typeof(Uri)), null));
        Assert.Contains("System.Uri", error.Message, StringComparison.Ordinal);
    }
}
