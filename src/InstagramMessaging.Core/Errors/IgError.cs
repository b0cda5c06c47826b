using System;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Errors;

/// <summary>Makes every exception of the module, so that id and remedy always come from the one table.</summary>
internal static class IgError
{
    /// <summary>An error that no server was asked about.</summary>
    /// <param name="remedy">A remedy that fits this case better than the table's general one.</param>
    public static InstagramApiException Of(string id, string message, Exception? cause = null, string? remedy = null) =>
        Make(id, message, remedy ?? ErrorTable.Of(id).Remedy, cause, null);

    /// <summary>An error that Graph's answer, or the lack of one, caused.</summary>
    public static InstagramApiException Of(string id, string message, GraphAnswer answer, string? remedy = null) =>
        Make(id, message, remedy ?? ErrorTable.Of(id).Remedy, answer.TransportError, answer);

    /// <summary>The error of a whole run, with what Graph said about its cause.</summary>
    public static InstagramApiException Of(string id, string message, InstagramApiException cause) =>
        new($"{message} {cause.Message}", cause)
        {
            ErrorId = id,
            Remedy = cause.Remedy,
            Code = cause.Code,
            Subcode = cause.Subcode,
            GraphType = cause.GraphType,
            StatusCode = cause.StatusCode,
            FbTraceId = cause.FbTraceId,
            IsTransient = cause.IsTransient,
            RetryAfter = cause.RetryAfter,
        };

    /// <summary>The message ends with the remedy, since not every PowerShell shows the recommended action.</summary>
    private static InstagramApiException Make(string id, string message, string remedy, Exception? cause, GraphAnswer? answer) =>
        new($"{message} {remedy}", cause)
        {
            ErrorId = id,
            Remedy = remedy,
            Code = answer?.Error?.Code,
            Subcode = answer?.Error?.Subcode,
            GraphType = answer?.Error?.Type,
            StatusCode = answer?.StatusCode,
            FbTraceId = answer?.Error?.FbTraceId,
            IsTransient = answer?.Error?.IsTransient ?? false,
            RetryAfter = answer?.Wait,
        };
}
