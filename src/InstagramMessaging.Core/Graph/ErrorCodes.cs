using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Errors;
using static InstagramMessaging.Core.Graph.ErrorClass;

namespace InstagramMessaging.Core.Graph;

/// <summary>
/// Graph's error codes and what each means here. Decisions are made by <c>code</c> and <c>error_subcode</c> alone: texts are
/// localised, types differ between hosts, and HTTP statuses are not documented.
/// </summary>
/// <remarks>Source: "Error codes" (Messenger Platform), https://developers.facebook.com/docs/messenger-platform/error-codes,
/// and "Handle errors" (Graph API), https://developers.facebook.com/docs/graph-api/guides/error-handling.</remarks>
internal static class ErrorCodes
{
    /// <summary>The class of a code without a subcode, or with one that is not listed.</summary>
    private static readonly Dictionary<long, ErrorClass> Codes = new()
    {
        [-1] = Ambiguous,
        [1] = Ambiguous,
        [2] = Ambiguous,
        [3] = Permission,
        [4] = Throttled,
        [10] = Permission,
        [17] = Throttled,
        [32] = Throttled,
        [100] = Content,
        [102] = Token,
        [190] = Token,
        [200] = Permission,
        [230] = Permission,
        [341] = Throttled,
        [368] = Account,
        [551] = Recipient,
        [613] = Throttled,
        [1200] = Ambiguous,
        [2022] = Account,
        [2500] = Content,
        [10303] = Content,
        [10900] = Recipient,
        [10903] = Recipient,
        [10904] = Permission,
        [36103] = Permission,
        [80001] = Throttled,
        [80002] = Throttled,
        [80006] = Throttled,
        [2018321] = Thread,
        [9000001] = Content,
    };

    /// <summary>The class of a code with a subcode, where the pair says more than the code.</summary>
    private static readonly Dictionary<(long Code, long Subcode), ErrorClass> Pairs = new()
    {
        [(1, 99)] = Ambiguous,
        [(1, 1357046)] = Ambiguous,
        [(2, 1545133)] = Ambiguous,
        [(2, 2018344)] = Permission,
        [(4, 1349210)] = Throttled,
        [(4, 2018022)] = Throttled,
        [(4, 2018354)] = Throttled,
        [(9, 2018352)] = Throttled,
        [(10, 1404170)] = Recipient,
        [(10, 1893015)] = Recipient,
        [(10, 1893063)] = Account,
        [(10, 2018065)] = Window,
        [(10, 2018108)] = Recipient,
        [(10, 2018278)] = Window,
        [(10, 2018300)] = Thread,
        [(10, 2018336)] = Recipient,
        [(10, 2534022)] = Window,
        [(10, 2534077)] = Permission,
        [(100, 33)] = Permission,
        [(100, 2018001)] = Recipient,
        [(100, 2018008)] = ErrorClass.Media,
        [(100, 2018014)] = Content,
        [(100, 2018032)] = Content,
        [(100, 2018034)] = Content,
        [(100, 2018047)] = ErrorClass.Media,
        [(100, 2018074)] = Content,
        [(100, 2018109)] = Content,
        [(100, 2018164)] = Permission,
        [(100, 2018294)] = ErrorClass.Media,
        [(100, 2018320)] = Content,
        [(100, 2018328)] = Content,
        [(100, 2534001)] = Recipient,
        [(100, 2534013)] = Permission,
        [(100, 2534014)] = Recipient,
        [(100, 2534015)] = Content,
        [(100, 2534025)] = Recipient,
        [(100, 2534029)] = Account,
        [(100, 2534037)] = Thread,
        [(100, 2534068)] = Content,
        [(190, 458)] = Token,
        [(190, 459)] = Token,
        [(190, 460)] = Token,
        [(190, 463)] = Token,
        [(190, 464)] = Token,
        [(190, 467)] = Token,
        [(190, 492)] = Token,
        [(200, 1545041)] = Recipient,
        [(200, 2018021)] = Permission,
        [(200, 2018027)] = Permission,
        [(200, 2018028)] = Permission,
        [(200, 2534041)] = Permission,
        [(200, 2534066)] = Permission,
        [(551, 1545041)] = Recipient,
        [(613, 1996)] = Throttled,
        [(613, 1893016)] = Content,
        [(613, 2018338)] = Account,
        [(613, 2534040)] = Throttled,
        [(10903, 1893049)] = Recipient,
        [(10904, 1893050)] = Permission,
    };

    /// <summary>Each subcode by itself: the documentation lists several as bare codes, so the number counts in either field.</summary>
    private static readonly Dictionary<long, ErrorClass> Subcodes = Pairs
        .GroupBy(pair => pair.Key.Subcode)
        .ToDictionary(group => group.Key, group => group.First().Value);

    /// <summary>What Graph's error means.</summary>
    /// <param name="code">Graph's <c>code</c>.</param>
    /// <param name="subcode">Graph's <c>error_subcode</c>, or null.</param>
    /// <param name="status">The HTTP status; it decides only where the numbers say nothing.</param>
    public static ErrorClass Classify(long code, long? subcode, int status)
    {
        long sub = subcode ?? 0;
        if (code == 190)
            return Token;
        if (Pairs.TryGetValue((code, sub), out ErrorClass known) || Pairs.TryGetValue((sub, code), out known))
            return known;

        // An ambiguous code stays ambiguous beside a number that is not documented for it: calling a delivered message failed
        // is the one mistake that cannot be mended. A throttle code stays one, too.
        bool listed = Codes.TryGetValue(code, out ErrorClass byCode);
        if (listed && byCode is (Ambiguous or Throttled))
            return byCode;
        if (Subcodes.TryGetValue(sub, out known) || Subcodes.TryGetValue(code, out known) || Codes.TryGetValue(sub, out known))
            return known;
        if (code == 10 && sub != 0)
            return Content;
        if (listed)
            return byCode;
        return code is >= 200 and <= 299 ? Permission : ByStatus(status);
    }

    private static ErrorClass ByStatus(int status) => status switch
    {
        429 => Throttled,
        >= 400 and < 500 => Content,
        _ => Ambiguous,
    };

    /// <summary>The stable error id for an answer of that class.</summary>
    public static string ErrorIdOf(ErrorClass errorClass, long code, long? subcode)
    {
        return errorClass switch
        {
            Throttled => ErrorId.RateLimited,
            Ambiguous => ErrorId.OutcomeUnknown,
            Token => ErrorId.TokenInvalid,
            Permission => ErrorId.PermissionDenied,
            Account => ErrorId.AccountRestricted,
            Window => ErrorId.WindowClosed,
            Recipient when Is(2018001) || Is(2534014) || Is(2534001) => ErrorId.RecipientNotFound,
            Recipient => ErrorId.RecipientUnavailable,
            ErrorClass.Media => ErrorId.MediaRejected,
            Thread => ErrorId.ThreadControlled,
            _ when Is(2018074) => ErrorId.AttachmentUnknown,
            _ when Is(2018109) => ErrorId.MediaTooLarge,
            _ => ErrorId.RequestRejected,
        };

        bool Is(long number) => code == number || subcode == number;
    }
}
