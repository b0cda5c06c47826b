using System.Globalization;
using System.Text;

namespace InstagramMessaging.Emulator;

/// <summary>Lower-case hex, as hashes and proofs are written.</summary>
internal static class Hex
{
    internal static string Of(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (byte value in bytes)
            text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
