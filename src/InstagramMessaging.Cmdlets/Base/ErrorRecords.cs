using System.Management.Automation;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>Makes every <see cref="ErrorRecord"/> of the module.</summary>
internal static class ErrorRecords
{
    /// <param name="target">The input row, as it came.</param>
    /// <param name="place">Which row it is, for the screen, which shows no target; null where there is no other.</param>
    public static ErrorRecord Of(InstagramApiException error, object? target, string? place = null)
    {
        var category = LanguagePrimitives.ConvertTo<ErrorCategory>(ErrorTable.Of(error.ErrorId).Category);
        return new ErrorRecord(error, error.ErrorId, category, target)
        {
            ErrorDetails = new ErrorDetails(place is null ? error.Message : $"{place}: {error.Message}") { RecommendedAction = error.Remedy },
        };
    }
}
