using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>What a run that loses rows still risks.</summary>
public class RunBrakesTests
{
    private static readonly RowOutcome Lost = new(IgSendStatus.Unknown, IgError.Of(ErrorId.OutcomeUnknown, "lost"));
    private static readonly RowOutcome Unreached = new(IgSendStatus.Failed, IgError.Of(ErrorId.Unreachable, "not reached"));

    [Theory]
    [InlineData(0, 64, 64)]
    [InlineData(1, 64, 64)]
    [InlineData(9, 11, 11)]
    [InlineData(1, 10, 9)]
    [InlineData(1, 5, 5)]
    [InlineData(6, 5, 4)]
    [InlineData(9, 5, 1)]
    public void No_more_rows_are_on_their_way_than_may_still_be_lost(int lost, int throttleLimit, int expected)
    {
        var brakes = new RunBrakes(maximumUnknown: 10, halt: () => { });
        for (int i = 0; i < lost; i++)
            brakes.Heed($"{i}", i % 2 == 0 ? Lost : Unreached);

        Assert.Equal(expected, brakes.MostAtOnce(throttleLimit));
        Assert.Null(brakes.StopReason);
    }

    [Fact]
    public void A_failure_that_another_row_met_says_nothing_of_the_connection()
    {
        var brakes = new RunBrakes(maximumUnknown: 1, halt: () => { });

        brakes.Heed("1", Unreached with { IsHearsay = true });

        Assert.Null(brakes.StopReason);
        Assert.Equal(5, brakes.MostAtOnce(5));
    }
}
