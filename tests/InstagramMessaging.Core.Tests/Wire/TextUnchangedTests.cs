using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Microsoft.FSharp.Core;
using Xunit;

namespace InstagramMessaging.Core.Tests.Wire;

/// <summary>A text arrives as it was written: no escape of ours may reach the customer.</summary>
public class TextUnchangedTests
{
    [Theory]
    [InlineData("emoji \U0001F600 \U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F44D\U0001F3FD \U0001F1E9\U0001F1EA")]
    [InlineData("\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD \u200F(42)\u200E")]
    [InlineData("\"quoted\" 'single' `tick` \u201Ccurly\u201D")]
    [InlineData("back\\slash \\n \\u0041 C:\\temp")]
    [InlineData("two\r\nlines\nand\ta tab\rmore")]
    [InlineData("separators \u2028 and \u2029")]
    [InlineData("<b>&amp;'+%20%</b> a=b;c")]
    [InlineData("{\"text\":\"not json\"} }")]
    [InlineData(" leading and trailing ")]
    [InlineData("e\u0301 is not \u00E9")]
    [InlineData("\uFEFFbyte-order mark first")]
    [InlineData("\u65E5\u672C\u8A9E \uFF21\uFF22\uFF23")]
    public async Task A_text_arrives_unchanged(string text)
    {
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text(text));
        Assert.Equal(text, TextOf([.. stage.OnlyRequest.Body]));
    }

    [Fact]
    public async Task Plain_signs_are_sent_as_they_are()
    {
        // Escapes would be right JSON too, but triple the bytes and hide the text from whoever reads a capture.
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text("<>&'+ \u00E9\u05E9"));
        Assert.Contains("<>&'+ \u00E9\u05E9", stage.OnlyRequest.Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Any_valid_text_arrives_unchanged()
    {
        Gen<string> rune = Gen.Choose(0, 0x10FFFF)
            .Select(value => value is >= 0xD800 and <= 0xDFFF or 0xFFFD || (value < 0xA0 && char.IsControl((char)value)) ? "\n" : new Rune(value).ToString());
        Arbitrary<string> texts = Arb.From(rune.ArrayOf().Select(string.Concat).Where(text => !string.IsNullOrWhiteSpace(text) && text[0] != '\uFDD0' && Encoding.UTF8.GetByteCount(text) <= 1000));
        Config config = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20261001, 3), null)));

        Check.One(config, Prop.ForAll(texts, text =>
        {
            byte[] body = GraphJson.Message(new SendRequest(Stage.Recipient, TextRules.Text(text), Envelope.None));
            return TextOf(body) == text;
        }));
    }

    private static string? TextOf(byte[] body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("message").GetProperty("text").GetString();
    }
}
