using System;
using System.Linq;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Doubts in a row, and the waits that answers ask for.</summary>
public partial class TroubleTests
{
    [Theory]
    [InlineData(nameof(Verdict.Doubtful), nameof(Verdict.Doubtful), nameof(Verdict.Doubtful))]
    [InlineData(nameof(Verdict.Unreachable), nameof(Verdict.Unreachable), nameof(Verdict.Unreachable))]
    [InlineData(nameof(Verdict.Doubtful), nameof(Verdict.Unreachable), nameof(Verdict.Doubtful))]
    public void Three_doubts_in_a_row_have_requests_go_alone(string first, string second, string third)
    {
        var line = new Line();
        Assert.False(line.Answer(line.Begin(), Of(first)));
        Assert.False(line.Answer(line.Begin(), Of(second)));
        Assert.False(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.Zero, line.Trouble.Until);

        Assert.True(line.Answer(line.Begin(), Of(third)));
        Assert.True(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.FromSeconds(1), line.Trouble.Until);
    }

    [Theory]
    [InlineData(nameof(Verdict.Doubtful), 0, new[] { 1d, 2, 4, 8, 16, 32, 60, 60 })]
    [InlineData(nameof(Verdict.Unreachable), 0, new[] { 1d, 2, 4, 8, 16, 32, 60, 60 })]
    [InlineData(nameof(Verdict.Doubtful), 1, new[] { 1.25, 2.5, 5, 10, 20, 40, 60, 60 })]
    public void From_the_third_doubt_on_the_wait_doubles_to_a_minute(string verdict, double random, double[] waits)
    {
        var line = new Line(random);
        Assert.Equal([0d, 0, .. waits], line.WaitsOf(Of(verdict), waits.Length + 2));
    }

    [Fact]
    public void Three_doubts_of_requests_that_went_together_isolate_once_and_the_rest_say_nothing()
    {
        var line = new Line();
        Pass[] passes = [.. Enumerable.Range(0, 8).Select(_ => line.Begin())];

        Assert.Equal([false, false, true, false, false, false, false, false], passes.Select(pass => line.Answer(pass, Verdict.Doubtful)));

        Assert.Equal(TimeSpan.FromSeconds(1), line.Trouble.Until);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void After_a_doubt_no_more_go_than_could_make_it_three(int doubts, int most)
    {
        var line = new Line();
        for (int i = 0; i < doubts; i++)
            line.Answer(line.Begin(), Verdict.Doubtful);

        for (int i = 0; i < most; i++)
        {
            Assert.True(line.MayPass);
            Assert.False(line.Begin().IsAlone);
        }

        Assert.False(line.MayPass);
        Assert.Equal(System.Threading.Timeout.InfiniteTimeSpan, line.Wait);
    }

    [Fact]
    public void An_accepted_message_forgets_the_doubts()
    {
        var line = new Line();
        for (int i = 0; i < 10; i++)
        {
            line.Answer(line.Begin(), Verdict.Doubtful);
            line.Answer(line.Begin(), Verdict.Unreachable);
            Assert.False(line.Answer(line.Begin(), Verdict.Accepted));
        }

        Assert.False(line.Trouble.IsAlone);
        Pass[] many = [.. Enumerable.Range(0, 9).Select(_ => line.Begin())];
        Assert.True(line.MayPass);
        Assert.Equal(9, many.Length);
    }

    [Fact]
    public void An_accepted_message_that_was_begun_before_a_doubtful_one_forgets_no_doubt()
    {
        // It says how the connection was, not how it is; at an outage each such answer would send others after the lost ones.
        var line = new Line();
        Pass early = line.Begin(), lost = line.Begin();
        line.Answer(lost, Verdict.Doubtful);
        line.Answer(early, Verdict.Accepted);
        line.Answer(line.Begin(), Verdict.Doubtful);
        Assert.True(line.Answer(line.Begin(), Verdict.Doubtful));
    }

    [Theory]
    [InlineData(nameof(Verdict.Refused))]
    [InlineData(nameof(Verdict.MediaTrouble))]
    public void A_refusal_between_doubts_forgets_none(string refusal)
    {
        // The rule says: with no Sent between.
        var line = new Line();
        line.Answer(line.Begin(), Verdict.Doubtful);
        line.Answer(line.Begin(), Of(refusal));
        line.Answer(line.Begin(), Verdict.Doubtful);
        line.Answer(line.Begin(), Of(refusal));
        Assert.True(line.Answer(line.Begin(), Verdict.Doubtful));
    }

    [Fact]
    public void A_throttle_answer_waits_as_long_as_Graph_asks_and_not_longer()
    {
        var line = new Line(1);
        line.Answer(line.Begin(), Verdict.Throttled, TimeSpan.FromSeconds(0.25));
        Assert.Equal(TimeSpan.FromSeconds(0.25), line.Trouble.Until);
        line.Now = line.Trouble.Until;
        line.Answer(line.Begin(), Verdict.Throttled, TimeSpan.FromMinutes(90));
        Assert.Equal(TimeSpan.FromSeconds(0.25) + TimeSpan.FromMinutes(90), line.Trouble.Until);
    }

    [Theory]
    [InlineData(nameof(Verdict.Doubtful))]
    [InlineData(nameof(Verdict.Unreachable))]
    [InlineData(nameof(Verdict.Accepted))]
    public void The_wait_of_any_answer_holds_without_isolation(string verdict)
    {
        var line = new Line();
        Assert.False(line.Answer(line.Begin(), Of(verdict), TimeSpan.FromMinutes(5)));
        Assert.False(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.FromMinutes(5), line.Trouble.Until);
        Assert.False(line.MayPass);
        line.Now = TimeSpan.FromMinutes(5);
        Assert.True(line.MayPass);
    }

    [Fact]
    public void The_wait_of_an_accepted_answer_holds_even_when_it_was_begun_before_the_trouble()
    {
        var line = new Line();
        Pass first = line.Begin(), mate = line.Begin();
        line.Answer(first, Verdict.Throttled);
        line.Answer(mate, Verdict.Accepted, TimeSpan.FromMinutes(3));
        Assert.Equal(TimeSpan.FromMinutes(3), line.Trouble.Until);
        Assert.True(line.Trouble.IsAlone);
    }

    [Fact]
    public void An_accepted_probe_that_asks_to_wait_opens_the_connection_after_that_wait()
    {
        var line = new Line();
        line.Answer(line.Begin(), Verdict.Throttled);
        line.Now = TimeSpan.FromSeconds(1);
        line.Answer(line.Begin(), Verdict.Accepted, TimeSpan.FromSeconds(9));
        Assert.False(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.FromSeconds(9), line.Wait);
    }

    [Fact]
    public void The_longest_wait_counts_with_its_cause()
    {
        var line = new Line();
        var why = new GraphAnswer { StatusCode = 503, ContentAsked = true };
        line.Trouble.Hold(TimeSpan.FromSeconds(10), why, "the long one");
        line.Trouble.Hold(TimeSpan.FromSeconds(4), null, "the short one");
        Assert.Equal((TimeSpan.FromSeconds(10), why, "the long one"), (line.Trouble.Until, line.Trouble.Cause, line.Trouble.Why));

        line.Answer(line.Begin(), Verdict.Throttled);
        Assert.Equal("the long one", line.Trouble.Why);
    }

    [Fact]
    public void A_wait_says_in_whole_milliseconds_what_is_left_of_it()
    {
        var line = new Line();
        line.Trouble.Hold(TimeSpan.FromTicks(10_001), null, "x");
        Assert.Equal(TimeSpan.FromMilliseconds(2), line.Wait);
    }
}
