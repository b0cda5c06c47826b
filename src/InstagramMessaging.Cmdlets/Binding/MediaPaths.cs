using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>Finds the files that a row names, as PowerShell's own cmdlets find them: relative to the current location, through drives.</summary>
internal static class MediaPaths
{
    /// <param name="paths">May hold wildcards.</param>
    /// <param name="literalPaths">Are taken as they are.</param>
    /// <returns>Full paths of the file system.</returns>
    /// <exception cref="InstagramApiException"><c>IgMediaNotFound</c> or <c>IgMediaUnreadable</c>.</exception>
    public static IReadOnlyList<string> Resolve(SessionState session, IEnumerable<string> paths, IEnumerable<string> literalPaths)
    {
        var files = new List<string>();
        foreach (string path in paths)
            files.AddRange(WildcardPattern.ContainsWildcardCharacters(path) ? Matching(session, path) : [Literal(session, path)]);
        foreach (string path in literalPaths)
            files.Add(Literal(session, path));
        return files;
    }

    private static Collection<string> Matching(SessionState session, string path)
    {
        Collection<string> found = Guarded(path, () =>
        {
            Collection<string> all = session.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            RequireFileSystem(provider, path);
            return all;
        });
        return found.Count > 0 ? found : throw IgError.Of(ErrorId.MediaNotFound, $"No file matches '{path}'.", remedy: "Check the path; where * ? [ ] are part of the name use -LiteralPath, for an address on the web -Url.");
    }

    private static string Literal(SessionState session, string path) => Guarded(path, () =>
    {
        string full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        RequireFileSystem(provider, path);
        return full;
    });

    private static T Guarded<T>(string path, Func<T> resolve)
    {
        if (CellValue.NotTextType(path) is { } type)
            throw IgError.Of(ErrorId.MediaNotFound, $"The path is an object ({type}), not text.");
        try
        {
            return resolve();
        }
        catch (Exception trouble) when (trouble is RuntimeException or NotSupportedException or ArgumentException or System.IO.IOException or UnauthorizedAccessException)
        {
            // An address such as https://… ends here too, since to PowerShell it names a drive that does not exist; and a broken wildcard.
            throw IgError.Of(ErrorId.MediaNotFound, $"There is no file '{path}': {trouble.Message.TrimEnd('.')}.", trouble);
        }
    }

    private static void RequireFileSystem(ProviderInfo provider, string path)
    {
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
            throw IgError.Of(ErrorId.MediaUnreadable, $"'{path}' is in the provider {provider.Name}, not a file.");
    }
}
