using System.Management.Automation;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>Makes every <see cref="ErrorRecord"/> of the module.</summary>
internal static class ErrorRecords
{
    /// <param name="target">The input row, as it came.</param>
    public static ErrorRecord Of(InstagramApiException error, object? target)
    {
        var category = LanguagePrimitives.ConvertTo<ErrorCategory>(ErrorTable.Of(error.ErrorId).Category);
        return new ErrorRecord(error, error.ErrorId, category, target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.Remedy },
        };
    }
}
