using System;
using System.Management.Automation;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>Turns a path as PowerShell knows it, relative and through drives, into one of the file system.</summary>
internal static class FilePaths
{
    /// <param name="errorId">The error where it is none.</param>
    /// <exception cref="InstagramApiException">The error.</exception>
    public static string Literal(SessionState session, string path, string errorId)
    {
        ProviderInfo provider;
        string full;
        try
        {
            full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception trouble) when (trouble is RuntimeException or NotSupportedException or ArgumentException)
        {
            throw IgError.Of(errorId, $"'{path}' is no path: {trouble.Message.TrimEnd('.')}.", trouble);
        }

        return string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase)
            ? full
            : throw IgError.Of(errorId, $"'{path}' is in the provider {provider.Name}, not a file.");
    }
}
