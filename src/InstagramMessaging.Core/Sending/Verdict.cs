using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Sending;

/// <summary>What one answer means for the row.</summary>
internal enum Verdict
{
    /// <summary>Graph did it and gave the id.</summary>
    Accepted,

    /// <summary>Wait, then try again.</summary>
    Throttled,

    /// <summary>Nothing was delivered; try again with backoff.</summary>
    Unreachable,

    /// <summary>Graph could not take the media; once more, then failed.</summary>
    MediaTrouble,

    /// <summary>Certainly not delivered.</summary>
    Refused,

    /// <summary>Certainly not delivered, nor will any other row be.</summary>
    Fatal,

    /// <summary>May have been delivered.</summary>
    Doubtful,
}

/// <summary>The table of outcomes: from an answer to what it means. Nothing else in the module decides that.</summary>
internal static class Outcomes
{
    public static Verdict Judge(GraphRequest request, GraphAnswer answer)
    {
        if (answer.TransportError is not null)
            return answer.ContentAsked ? Verdict.Doubtful : Verdict.Unreachable;
        if (answer.Error is { } error)
            return OfClass(ErrorCodes.Classify(error.Code, error.Subcode, answer.StatusCode ?? 0));
        if (answer is { IsGraph: true, StatusCode: >= 200 and < 300 } && ExpectedId(request, answer) is not null)
            return Verdict.Accepted;
        return answer.StatusCode == 429 ? Verdict.Throttled : Verdict.Doubtful;
    }

    /// <summary>The stable error id of an answer that was not accepted.</summary>
    public static string ErrorIdOf(GraphAnswer answer)
    {
        if (answer.TransportError is not null)
            return answer.ContentAsked ? ErrorId.OutcomeUnknown : ErrorId.Unreachable;
        if (answer.Error is not { } error)
            return answer.StatusCode == 429 ? ErrorId.RateLimited : ErrorId.OutcomeUnknown;
        ErrorClass errorClass = ErrorCodes.Classify(error.Code, error.Subcode, answer.StatusCode ?? 0);
        return ErrorCodes.ErrorIdOf(errorClass, error.Code, error.Subcode);
    }

    private static string? ExpectedId(GraphRequest request, GraphAnswer answer) => request.Expects switch
    {
        Graph.ExpectedId.Message => answer.MessageId,
        Graph.ExpectedId.Recipient => answer.RecipientId,
        _ => answer.AttachmentId,
    };

    private static Verdict OfClass(ErrorClass errorClass) => errorClass switch
    {
        ErrorClass.Throttled => Verdict.Throttled,
        ErrorClass.Ambiguous => Verdict.Doubtful,
        ErrorClass.Token or ErrorClass.Permission or ErrorClass.Account => Verdict.Fatal,
        ErrorClass.Media => Verdict.MediaTrouble,
        _ => Verdict.Refused,
    };
}
