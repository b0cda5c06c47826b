using System.Text;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>UTF-8 that refuses what is not, instead of putting U+FFFD in its place.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Exact = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static string Decode(byte[] bytes, int count, string name)
    {
        try
        {
            return Exact.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            throw BodyRules.ValidUnicode.Broken(name);
        }
    }

    internal static void Check(byte[] bytes, string name)
    {
        try
        {
            Exact.GetCharCount(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw BodyRules.ValidUnicode.Broken(name);
        }
    }

    internal static int CountBytes(string text) => Exact.GetByteCount(text);
}
