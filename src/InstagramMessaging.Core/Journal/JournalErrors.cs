using System;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Journal;

/// <summary>The errors about a journal as a whole that several places make.</summary>
internal static class JournalErrors
{
    /// <summary>The journal as errors name it.</summary>
    public static string Name(string path) => $"The journal '{path}'";

    public static InstagramApiException Unwritable(string name, Exception cause) =>
        IgError.Of(ErrorId.JournalUnwritable, $"{name} cannot be written: {cause.Message.TrimEnd('.')}.", cause);

    /// <summary>Why a file could not be opened to write it.</summary>
    public static InstagramApiException Unopened(string name, Exception cause) =>
        JournalLock.IsTaken(cause)
            ? IgError.Of(ErrorId.JournalInUse, $"{name} is in use by another process.", cause)
            : Unwritable(name, cause);
}
