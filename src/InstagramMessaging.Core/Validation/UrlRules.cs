using System;
using System.Linq;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Validation;

/// <summary>What an address has to be before it may leave.</summary>
/// <remarks>Source: "Send a text or link", https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message: "Links must be valid formatted URLs".</remarks>
internal static class UrlRules
{
    /// <summary>Refuses an address that is not absolute http or https with a real host.</summary>
    /// <exception cref="InstagramApiException">With the id given.</exception>
    public static void Require(string address, string errorId, string what)
    {
        if (Fault(address) is { } fault)
            throw IgError.Of(errorId, $"The {what} '{address}' {fault}.");
    }

    /// <summary>What is wrong with the address, as the end of a sentence; null when nothing is.</summary>
    public static string? Fault(string address)
    {
        if (CellValue.NotTextType(address) is { } type)
            return $"is an object ({type}), not text";
        if (address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return "has white space in it";
        if (address.Any(c => c == '\uFFFD') || Surrogates.FirstLone(address) >= 0)
            return "has characters that were lost in another encoding";
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
            return "is not an absolute address";
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return $"has the scheme '{uri.Scheme}', not http or https";
        if (!address.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase))
            return "does not go on with '//' after its scheme";
        return HasRealHost(uri) ? null : $"has no host with a dot in it ('{uri.Host}')";
    }

    private static bool HasRealHost(Uri uri)
    {
        if (uri.IsLoopback)
            return true;
        if (uri.HostNameType == UriHostNameType.IPv6)
            return true;

        // As it is written: the class reads the host 12345 as the address 0.0.48.57.
        string host = uri.OriginalString.Substring(uri.Scheme.Length + 3).Split('/', '?', '#')[0].Split('@').Last().Split(':')[0].TrimEnd('.');
        return host.IndexOf('.') > 0 && !host.Contains("..") && uri.HostNameType is (UriHostNameType.Dns or UriHostNameType.IPv4);
    }
}
