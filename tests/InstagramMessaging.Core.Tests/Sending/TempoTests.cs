using System;
using System.Linq;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>How much of the set rate is used: usage headers slow it from 80 % and pause it at 95 %, throttle answers cut it.</summary>
public class TempoTests
{
    private const double Rate = 100;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(79.9, 1)]
    [InlineData(80, 1)]
    [InlineData(83, 0.8)]
    [InlineData(87.5, 0.5)]
    [InlineData(92, 0.2)]
    [InlineData(94, 1 / 15d)]
    [InlineData(94.9, 0.05)]
    [InlineData(95, 0.05)]
    [InlineData(100, 0.05)]
    [InlineData(1e9, 0.05)]
    [InlineData(double.PositiveInfinity, 0.05)]
    public void The_rate_falls_in_a_line_from_80_to_95_percent(double percent, double factor)
    {
        var tempo = new Tempo(Rate);
        tempo.Heed(percent, 0, TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(factor, tempo.FactorAt(TimeSpan.Zero), 6);
    }

    [Fact]
    public void A_higher_figure_slows_at_once()
    {
        var tempo = new Tempo(Rate);
        double[] factors = [.. new[] { 81.5, 83, 89, 93.5 }.Select(percent => Heed(tempo, percent, Seconds(1)))];
        Assert.Equal([0.9, 0.8, 0.4, 0.1], factors.Select(factor => Math.Round(factor, 6)));
    }

    [Theory]
    [InlineData(94.99, 0)]
    [InlineData(95, 0.75)]
    [InlineData(99, 0.75)]
    [InlineData(250, 0.75)]
    public void From_95_percent_on_nobody_asks_for_most_of_a_second(double percent, double seconds) =>
        Assert.Equal(Seconds(seconds), new Tempo(Rate).Heed(percent, 0, TimeSpan.Zero, TimeSpan.Zero));

    [Fact]
    public void The_pause_doubles_while_answers_begun_after_it_still_say_so()
    {
        var tempo = new Tempo(Rate);
        TimeSpan now = TimeSpan.Zero;
        double[] pauses = [.. Enumerable.Range(0, 10).Select(_ =>
        {
            TimeSpan pause = tempo.Heed(97, 0, now, now);
            now += pause;
            return pause.TotalSeconds;
        })];
        Assert.Equal([0.75, 1.5, 3, 6, 12, 24, 48, 60, 60, 60], pauses);
    }

    [Fact]
    public void Answers_begun_before_the_pause_neither_lengthen_nor_repeat_it()
    {
        var tempo = new Tempo(Rate);
        Assert.Equal(Seconds(0.75), tempo.Heed(96, 0, Seconds(1), Seconds(2)));
        for (int i = 0; i < 20; i++)
            Assert.Equal(TimeSpan.Zero, tempo.Heed(99, 0, Seconds(1.9), Seconds(2.1)));
        Assert.Equal(Seconds(1.5), tempo.Heed(96, 0, Seconds(2.5), Seconds(3)));
    }

    [Fact]
    public void A_figure_below_95_has_the_next_pause_begin_short_again()
    {
        var tempo = new Tempo(Rate);
        tempo.Heed(96, 0, Seconds(1), Seconds(1));
        tempo.Heed(96, 0, Seconds(2), Seconds(2));
        tempo.Heed(94, 0, Seconds(4), Seconds(4));
        Assert.Equal(Seconds(0.75), tempo.Heed(96, 0, Seconds(5), Seconds(5)));
    }

    [Fact]
    public void A_deep_cut_is_given_back_quickly_up_to_the_rate_that_the_figures_give_away()
    {
        // 45 in the second before were 90 %: the limit is 50 a second, and 88 % of that is the aim.
        var tempo = new Tempo(Rate);
        Pass(tempo, 45, TimeSpan.Zero);
        tempo.Heed(90, 0, TimeSpan.Zero, TimeSpan.Zero);
        tempo.Heed(100, 0, TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(0.05, tempo.FactorAt(TimeSpan.Zero), 6);

        Assert.Equal(0.05 * Math.E, Heed(tempo, 10, Seconds(0.125)), 6);
        Assert.Equal(0.44, Heed(tempo, 10, Seconds(2)), 6);

        // Beyond, a hundredth a second.
        Assert.Equal(0.54, Heed(tempo, 10, Seconds(12)), 6);
        Assert.Equal(1, Heed(tempo, 10, Seconds(100)), 6);
    }

    [Fact]
    public void Recovery_never_goes_beyond_what_the_figure_allows()
    {
        var tempo = new Tempo(Rate);
        Pass(tempo, 100, TimeSpan.Zero);
        tempo.Heed(96, 0, TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(0.2, Heed(tempo, 92, Seconds(100)), 6);
        Assert.Equal(0.8, Heed(tempo, 83, Seconds(1_000)), 6);
    }

    [Fact]
    public void Time_alone_gives_nothing_back_that_a_figure_took()
    {
        var tempo = new Tempo(Rate);
        tempo.Heed(89, 0, TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(0.4, tempo.FactorAt(TimeSpan.FromHours(3)), 6);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(40, 0.5)]
    [InlineData(60, 0.54)]
    [InlineData(70, 0.63)]
    [InlineData(83, 0.747)]
    [InlineData(90, 0.75)]
    [InlineData(100, 0.75)]
    public void A_throttle_answer_cuts_to_nine_tenths_of_what_went_through_within_reason(int passed, double factor)
    {
        var tempo = new Tempo(Rate);
        Pass(tempo, passed, Seconds(5));
        tempo.Throttled(Seconds(5.05));
        Assert.Equal(factor, tempo.FactorAt(Seconds(5.05)), 6);
    }

    [Fact]
    public void A_throttle_answer_cuts_what_its_request_went_out_under_and_not_what_the_usage_allows_by_now()
    {
        var tempo = new Tempo(Rate);
        Pass(tempo, 56, Seconds(5));
        tempo.Heed(100, 0, Seconds(5), Seconds(5.04));
        tempo.Throttled(Seconds(5.05));
        Assert.Equal(0.05, tempo.FactorAt(Seconds(5.05)), 6);
        Assert.Equal(0.42, Heed(tempo, 10, Seconds(30)), 6);
    }

    [Fact]
    public void What_passed_more_than_a_second_ago_does_not_count()
    {
        var tempo = new Tempo(Rate);
        Pass(tempo, 70, Seconds(5));
        tempo.Throttled(Seconds(6.1));
        Assert.Equal(0.5, tempo.FactorAt(Seconds(6.1)), 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_passed_within_the_last_second_counts_whether_anything_passed_since(int since)
    {
        var tempo = new Tempo(Rate);
        Pass(tempo, 70 - since, Seconds(5.09));
        Pass(tempo, since, Seconds(6));
        tempo.Throttled(Seconds(6));
        Assert.Equal(0.63, tempo.FactorAt(Seconds(6)), 6);
    }

    [Fact]
    public void Throttle_answers_one_after_another_cut_down_to_a_twentieth()
    {
        var tempo = new Tempo(Rate);
        double[] factors = [.. Enumerable.Range(1, 6).Select(second =>
        {
            tempo.Throttled(Seconds(second));
            return Math.Round(tempo.FactorAt(Seconds(second)), 6);
        })];
        Assert.Equal([0.5, 0.25, 0.125, 0.0625, 0.05, 0.05], factors);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(60, 0.5)]
    [InlineData(61, 0.501)]
    [InlineData(160, 0.6)]
    [InlineData(560, 1)]
    [InlineData(100_000, 1)]
    public void A_cut_is_given_back_slowly_after_a_minute_of_calm(double seconds, double factor)
    {
        var tempo = new Tempo(Rate);
        tempo.Throttled(Seconds(1_000));
        Assert.Equal(factor, tempo.FactorAt(Seconds(1_000 + seconds)), 6);
    }

    [Fact]
    public void A_new_cut_starts_from_what_had_been_given_back_and_begins_the_minute_anew()
    {
        var tempo = new Tempo(Rate);
        tempo.Throttled(Seconds(0));
        tempo.Throttled(Seconds(160));
        Assert.Equal(0.3, tempo.FactorAt(Seconds(160)), 6);
        Assert.Equal(0.3, tempo.FactorAt(Seconds(220)), 6);
        Assert.Equal(0.31, tempo.FactorAt(Seconds(230)), 6);
    }

    [Fact]
    public void Of_both_reasons_the_stricter_counts()
    {
        var tempo = new Tempo(Rate);
        tempo.Heed(83, 0, TimeSpan.Zero, TimeSpan.Zero);
        tempo.Throttled(TimeSpan.Zero);
        Assert.Equal(0.4, tempo.FactorAt(TimeSpan.Zero), 6);
        tempo.Heed(92, 0, TimeSpan.Zero, TimeSpan.Zero);
        Assert.Equal(0.2, tempo.FactorAt(TimeSpan.Zero), 6);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Pass(Tempo tempo, int count, TimeSpan now)
    {
        for (int i = 0; i < count; i++)
            tempo.Passed(i + 1, now);
    }

    private static double Heed(Tempo tempo, double percent, TimeSpan now)
    {
        tempo.Heed(percent, 0, now, now);
        return tempo.FactorAt(now);
    }
}
