using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace InstagramMessaging.Core.Tests.Graph;

/// <summary>The table of codes, row by row as graph-contract 5.2 has it, with the decisions of 5.3 where a row has two classes or none.</summary>
public static class DocumentedCodes
{
    private static readonly (long Code, long? Subcode, char Class)[] Rows =
    [
        (-1, null, 'A'),
        (1, null, 'A'),
        (1, 99, 'A'),
        (1, 1357046, 'A'),
        (2, null, 'A'),
        (2, 1545133, 'A'),
        (2, 2018344, 'P'),
        (3, null, 'P'),
        (4, null, 'T'),
        (4, 1349210, 'T'),
        (4, 2018022, 'T'),
        (4, 2018354, 'T'),
        (9, 2018352, 'T'),
        (10, null, 'P'),
        (10, 1404170, 'U'),
        (10, 1893015, 'U'),
        (10, 1893063, 'L'),
        (10, 2018065, 'W'),
        (10, 2018108, 'U'),
        (10, 2018278, 'W'),
        (10, 2018300, 'H'),
        (10, 2018336, 'U'),
        (10, 2534022, 'W'),
        (10, 2534077, 'P'),
        (17, null, 'T'),
        (32, null, 'T'),
        (341, null, 'T'),
        (100, null, 'C'),
        (100, 33, 'P'),
        (100, 2018001, 'U'),
        (100, 2018008, 'M'),
        (100, 2018014, 'C'),
        (100, 2018032, 'C'),
        (100, 2018034, 'C'),
        (100, 2018047, 'M'),
        (100, 2018074, 'C'),
        (100, 2018109, 'C'),
        (100, 2018164, 'P'),
        (100, 2018294, 'M'),
        (100, 2018320, 'C'),
        (100, 2018328, 'C'),
        (100, 2534001, 'U'),
        (100, 2534013, 'P'),
        (100, 2534014, 'U'),
        (100, 2534015, 'C'),
        (100, 2534025, 'U'),
        (100, 2534029, 'L'),
        (100, 2534037, 'H'),
        (100, 2534068, 'C'),
        (10, 2534068, 'C'),
        (102, null, 'K'),
        (190, null, 'K'),
        (190, 458, 'K'),
        (190, 459, 'K'),
        (190, 460, 'K'),
        (190, 463, 'K'),
        (190, 464, 'K'),
        (190, 467, 'K'),
        (190, 492, 'K'),
        (200, null, 'P'),
        (200, 1545041, 'U'),
        (200, 2018021, 'P'),
        (200, 2018027, 'P'),
        (200, 2018028, 'P'),
        (200, 2534041, 'P'),
        (200, 2534066, 'P'),
        (201, null, 'P'),
        (230, null, 'P'),
        (299, null, 'P'),
        (368, null, 'L'),
        (551, null, 'U'),
        (551, 1545041, 'U'),
        (613, null, 'T'),
        (613, 1996, 'T'),
        (613, 2534040, 'T'),
        (613, 2018338, 'L'),
        (613, 1893016, 'C'),
        (1200, null, 'A'),
        (2022, null, 'L'),
        (2500, null, 'C'),
        (10303, null, 'C'),
        (10900, null, 'U'),
        (10903, null, 'U'),
        (10903, 1893049, 'U'),
        (10904, null, 'P'),
        (10904, 1893050, 'P'),
        (36103, null, 'P'),
        (80001, null, 'T'),
        (80002, null, 'T'),
        (80006, null, 'T'),
        (2018321, null, 'H'),
        (9000001, null, 'C'),
    ];

    /// <summary>The rules of 5.3 for what the table does not list.</summary>
    private static readonly (long Code, long? Subcode, char Class)[] Unlisted =
    [
        (100, 9999999, 'C'),
        (10, 9999999, 'C'),
        (190, 9999999, 'K'),
        (190, 2534022, 'K'),
        (4, 9999999, 'T'),
        (17, 9999999, 'T'),
        (32, 9999999, 'T'),
        (613, 9999999, 'T'),
        (80001, 9999999, 'T'),
        (80002, 9999999, 'T'),
        (80006, 9999999, 'T'),
        (341, 9999999, 'T'),
        (200, 9999999, 'P'),
        (250, 9999999, 'P'),
        (299, 9999999, 'P'),
        (368, 9999999, 'L'),
        (551, 9999999, 'U'),
        (1, 9999999, 'A'),
        (2, 9999999, 'A'),
        (-1, 9999999, 'A'),
    ];

    public static TheoryData<long, long?, char> Table => Data(Rows);

    public static TheoryData<long, long?, char> UnlistedSubcodes => Data(Unlisted);

    /// <summary>Each subcode alone in the code's place: "match the number in either field". Small numbers mean something else as codes.</summary>
    public static TheoryData<long, long?, char> SubcodesAsCodes =>
        Data(Rows.Where(row => row.Subcode > 10_000).DistinctBy(row => row.Subcode).Select(row => (row.Subcode!.Value, (long?)null, row.Class)));

    /// <summary>The pair with its two fields swapped.</summary>
    public static TheoryData<long, long?, char> Swapped =>
        Data(Rows.Where(row => row.Subcode is not null).Select(row => (row.Subcode!.Value, (long?)row.Code, row.Class)));

    /// <summary>A bare code that arrives as the subcode of another code.</summary>
    public static TheoryData<long, long?, char> CodesAsSubcodes => Data([(100, 2018321, 'H'), (10, 2018321, 'H'), (100, 9000001, 'C'), (100, 80002, 'T')]);

    /// <summary>The error id of 5.3 for a class, with its exceptions.</summary>
    public static string ErrorId(char errorClass, params long?[] numbers) => errorClass switch
    {
        'T' => "IgRateLimited",
        'A' => "IgOutcomeUnknown",
        'K' => "IgTokenInvalid",
        'P' => "IgPermissionDenied",
        'W' => "IgWindowClosed",
        'U' => numbers.Any(number => number is 2018001 or 2534014 or 2534001) ? "IgRecipientNotFound" : "IgRecipientUnavailable",
        'C' => numbers.Contains(2018074) ? "IgAttachmentUnknown" : numbers.Contains(2018109) ? "IgMediaTooLarge" : "IgRequestRejected",
        'M' => "IgMediaRejected",
        'H' => "IgThreadControlled",
        _ => "IgAccountRestricted",
    };

    private static TheoryData<long, long?, char> Data(IEnumerable<(long Code, long? Subcode, char Class)> rows)
    {
        var data = new TheoryData<long, long?, char>();
        foreach ((long code, long? subcode, char errorClass) in rows)
            data.Add(code, subcode, errorClass);
        return data;
    }
}
