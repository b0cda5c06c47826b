using System;
using Xunit;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>Asserts that something is refused before any request, with its own id and a remedy.</summary>
internal static class Refusal
{
    public static InstagramApiException Of(string errorId, Func<object?> act)
    {
        InstagramApiException error = Assert.Throws<InstagramApiException>(act);
        Assert.Equal(errorId, error.ErrorId);
        Assert.NotEmpty(error.Remedy);

        // The message ends with the remedy, since Windows PowerShell and 7.4 do not show the recommended action.
        Assert.EndsWith(error.Remedy, error.Message, StringComparison.Ordinal);
        return error;
    }
}
