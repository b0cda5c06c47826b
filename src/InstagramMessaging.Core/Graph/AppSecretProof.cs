using System.Security.Cryptography;
using System.Text;

namespace InstagramMessaging.Core.Graph;

/// <summary>The proof that a caller knows the app's secret, in its plain form.</summary>
/// <remarks>Source: "Secure Graph API calls", https://developers.facebook.com/docs/graph-api/guides/secure-requests.</remarks>
internal static class AppSecretProof
{
    /// <summary>Lower-case hex of HMAC-SHA256, the app secret as key and the access token as message.</summary>
    public static string Of(string appSecret, string accessToken)
    {
        using var hash = new HMACSHA256(Encoding.UTF8.GetBytes(appSecret));
        byte[] proof = hash.ComputeHash(Encoding.UTF8.GetBytes(accessToken));
        var hex = new StringBuilder(proof.Length * 2);
        foreach (byte value in proof)
            hex.Append(value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return hex.ToString();
    }
}
