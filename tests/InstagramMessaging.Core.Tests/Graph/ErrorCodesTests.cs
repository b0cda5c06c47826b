using InstagramMessaging.Core.Graph;
using Xunit;

namespace InstagramMessaging.Core.Tests.Graph;

/// <summary>graph-contract 5.2 and 5.3, without a wire.</summary>
public class ErrorCodesTests
{
    [Theory]
    [MemberData(nameof(DocumentedCodes.Table), MemberType = typeof(DocumentedCodes))]
    [MemberData(nameof(DocumentedCodes.UnlistedSubcodes), MemberType = typeof(DocumentedCodes))]
    public void Every_row_of_the_table_has_its_class_and_error_id(long code, long? subcode, char expected) => Check(code, subcode, 400, expected);

    [Theory]
    [MemberData(nameof(DocumentedCodes.SubcodesAsCodes), MemberType = typeof(DocumentedCodes))]
    public void A_subcode_that_arrives_as_the_code_counts_as_listed(long code, long? subcode, char expected) => Check(code, subcode, 400, expected);

    [Theory]
    [MemberData(nameof(DocumentedCodes.Swapped), MemberType = typeof(DocumentedCodes))]
    public void Code_and_subcode_may_stand_in_each_others_field(long code, long? subcode, char expected) => Check(code, subcode, 400, expected);

    [Theory]
    [MemberData(nameof(DocumentedCodes.CodesAsSubcodes), MemberType = typeof(DocumentedCodes))]
    public void A_code_that_arrives_as_the_subcode_counts_as_listed(long code, long? subcode, char expected) => Check(code, subcode, 400, expected);

    [Theory]
    [MemberData(nameof(DocumentedCodes.Table), MemberType = typeof(DocumentedCodes))]
    public void The_status_changes_nothing_about_a_listed_code(long code, long? subcode, char expected)
    {
        Check(code, subcode, 200, expected);
        Check(code, subcode, 403, expected);
        Check(code, subcode, 500, expected);
    }

    [Theory]
    [InlineData(20, 400, 'C')]
    [InlineData(20, 403, 'C')]
    [InlineData(20, 500, 'A')]
    [InlineData(20, 503, 'A')]
    [InlineData(9, 400, 'C')]
    [InlineData(9, 502, 'A')]
    [InlineData(5_000_000_000, 404, 'C')]
    [InlineData(777777, 500, 'A')]
    [InlineData(0, 400, 'C')]
    [InlineData(199, 400, 'C')]
    [InlineData(300, 400, 'C')]
    public void A_code_that_is_not_listed_goes_by_the_status(long code, int status, char expected) => Check(code, null, status, expected);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public void An_unlisted_code_on_a_2xx_is_never_called_certain(int status) => Check(777777, null, status, 'A');

    [Fact]
    public void A_subcode_of_zero_is_no_subcode() => Check(10, 0, 400, 'P');

    private static void Check(long code, long? subcode, int status, char expected)
    {
        ErrorClass actual = ErrorCodes.Classify(code, subcode, status);
        Assert.Equal(expected, LetterOf(actual));
        Assert.Equal(DocumentedCodes.ErrorId(expected, code, subcode), ErrorCodes.ErrorIdOf(actual, code, subcode));
    }

    private static char LetterOf(ErrorClass errorClass) => errorClass switch
    {
        ErrorClass.Throttled => 'T',
        ErrorClass.Ambiguous => 'A',
        ErrorClass.Token => 'K',
        ErrorClass.Permission => 'P',
        ErrorClass.Account => 'L',
        ErrorClass.Window => 'W',
        ErrorClass.Recipient => 'U',
        ErrorClass.Content => 'C',
        ErrorClass.Media => 'M',
        _ => 'H',
    };
}
