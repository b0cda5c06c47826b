namespace InstagramMessaging.Emulator.Requests;

/// <summary>A multipart part with a file: what the rules ask about it. Its bytes went through the hash and are gone.</summary>
internal sealed record UploadedFile(string PartName)
{
    /// <summary>The signatures that are looked for are shorter.</summary>
    internal const int HeadLength = 32;

    /// <summary>Null when the part has none.</summary>
    internal string? FileName { get; init; }

    /// <summary>Whether the part has the extended <c>filename*</c>.</summary>
    internal bool HasExtendedName { get; init; }

    /// <summary>Lower case, without parameters; null when the part has none.</summary>
    internal string? ContentType { get; init; }

    /// <summary>In bytes.</summary>
    internal long Size { get; init; }

    /// <summary>Lower-case hex.</summary>
    internal string Sha256 { get; init; } = string.Empty;

    /// <summary>The first bytes, at most <see cref="HeadLength"/>.</summary>
    internal byte[] Head { get; init; } = [];
}
