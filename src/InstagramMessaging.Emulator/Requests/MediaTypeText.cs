using System;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>Reads <c>type/subtype; parameter=value</c>.</summary>
internal static class MediaTypeText
{
    /// <summary>The type and subtype, in lower case.</summary>
    internal static string Of(string value)
    {
        int semicolon = value.IndexOf(';');
        return (semicolon < 0 ? value : value.Substring(0, semicolon)).Trim().ToLowerInvariant();
    }

    /// <summary>A parameter without its quotes; null when it is absent.</summary>
    internal static string? Parameter(string value, string name)
    {
        string[] parts = value.Split(';');
        for (int i = 1; i < parts.Length; i++)
        {
            int equals = parts[i].IndexOf('=');
            if (equals > 0 && string.Equals(parts[i].Substring(0, equals).Trim(), name, StringComparison.OrdinalIgnoreCase))
                return parts[i].Substring(equals + 1).Trim().Trim('"');
        }

        return null;
    }
}
