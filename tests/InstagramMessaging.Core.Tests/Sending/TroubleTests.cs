using System;
using System.Linq;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Design section 4, "Trouble belongs to the connection": what answers say about all that follow.</summary>
public class TroubleTests
{
    [Fact]
    public void Without_trouble_any_number_goes()
    {
        var line = new Line();
        Pass[] passes = [.. Enumerable.Range(0, 100).Select(_ => line.Begin())];
        Assert.All(passes, pass => Assert.False(pass.IsAlone));
        Assert.True(line.MayPass);
    }

    [Fact]
    public void After_a_throttle_answer_one_goes_alone_when_the_wait_is_over()
    {
        var line = new Line();
        Pass first = line.Begin();

        Assert.True(line.Answer(first, Verdict.Throttled));
        Assert.True(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.FromSeconds(1), line.Wait);

        line.Now = TimeSpan.FromSeconds(0.999);
        Assert.False(line.MayPass);
        line.Now = TimeSpan.FromSeconds(1);
        Assert.True(line.MayPass);

        Assert.True(line.Begin().IsAlone);
        Assert.Equal(System.Threading.Timeout.InfiniteTimeSpan, line.Wait);
    }

    [Fact]
    public void While_mates_are_on_their_way_nobody_goes_alone()
    {
        var line = new Line();
        Pass first = line.Begin(), mate = line.Begin();
        line.Answer(first, Verdict.Throttled);

        line.Now = TimeSpan.FromHours(1);
        Assert.False(line.MayPass);
        line.Answer(mate, Verdict.Accepted);
        Assert.True(line.MayPass);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1.125)]
    [InlineData(1, 1.25)]
    public void A_wait_has_up_to_a_quarter_of_jitter(double random, double seconds)
    {
        var line = new Line(random);
        line.Answer(line.Begin(), Verdict.Throttled);
        Assert.Equal(TimeSpan.FromSeconds(seconds), line.Trouble.Until);
    }

    [Theory]
    [InlineData(0, new[] { 1d, 2, 4, 8, 16, 32, 60, 60, 60 })]
    [InlineData(1, new[] { 1.25, 2.5, 5, 10, 20, 40, 60, 60, 60 })]
    public void The_wait_doubles_to_a_minute_with_each_throttled_probe(double random, double[] waits) =>
        Assert.Equal(waits, new Line(random).WaitsOf(Verdict.Throttled, waits.Length));

    [Fact]
    public void Backoff_stays_a_minute_for_ever()
    {
        var line = new Line(1);
        Assert.All(line.WaitsOf(Verdict.Throttled, 3_000).Skip(8), wait => Assert.Equal(60, wait));
    }

    [Fact]
    public void Throttled_mates_are_no_new_trouble_but_lengthen_the_wait_up_to_a_level()
    {
        var line = new Line();
        Pass[] passes = [.. Enumerable.Range(0, 7).Select(_ => line.Begin())];

        (bool IsNew, double Seconds)[] heard = [.. passes.Select(pass => (line.Answer(pass, Verdict.Throttled), line.Trouble.Until.TotalSeconds))];

        Assert.Equal([(true, 1), (false, 2), (false, 4), (false, 8), (false, 16), (false, 16), (false, 16)], heard);
    }

    [Fact]
    public void A_throttled_mate_does_not_take_back_what_probes_have_built_up()
    {
        var line = new Line();
        Pass mate = line.Begin();
        line.WaitsOf(Verdict.Throttled, 6);
        TimeSpan at = line.Now;

        line.Answer(mate, Verdict.Throttled);

        // The sixth wait, of 32 s, is over; a mate makes it last again, and no longer.
        Assert.Equal(TimeSpan.FromSeconds(32), line.Trouble.Until - at);
    }

    [Theory]
    [InlineData(nameof(Verdict.Accepted))]
    [InlineData(nameof(Verdict.Refused))]
    [InlineData(nameof(Verdict.Fatal))]
    [InlineData(nameof(Verdict.MediaTrouble))]
    [InlineData(nameof(Verdict.Doubtful))]
    [InlineData(nameof(Verdict.Unreachable))]
    public void What_was_begun_before_the_trouble_neither_ends_nor_lengthens_it(string verdict)
    {
        var line = new Line();
        Pass first = line.Begin(), mate = line.Begin();
        line.Answer(first, Verdict.Throttled);
        TimeSpan until = line.Trouble.Until;

        Assert.False(line.Answer(mate, Of(verdict)));

        Assert.True(line.Trouble.IsAlone);
        Assert.Equal(until, line.Trouble.Until);
    }

    [Theory]
    [InlineData(nameof(Verdict.Accepted))]
    [InlineData(nameof(Verdict.Refused))]
    [InlineData(nameof(Verdict.Fatal))]
    [InlineData(nameof(Verdict.MediaTrouble))]
    public void A_real_answer_to_the_probe_opens_the_connection(string verdict)
    {
        var line = new Line();
        line.Answer(line.Begin(), Verdict.Throttled);
        line.Now = TimeSpan.FromSeconds(1);

        Assert.False(line.Answer(line.Begin(), Of(verdict)));

        Assert.False(line.Trouble.IsAlone);
        line.Begin();
        Assert.True(line.MayPass);

        // The next trouble begins at the bottom.
        line.Answer(line.Begin(), Verdict.Throttled);
        Assert.Equal(TimeSpan.FromSeconds(2), line.Trouble.Until);
    }

    [Theory]
    [InlineData(nameof(Verdict.Doubtful))]
    [InlineData(nameof(Verdict.Unreachable))]
    public void A_probe_without_a_clear_answer_leaves_the_connection_alone_and_backs_off(string verdict)
    {
        var line = new Line();
        line.Answer(line.Begin(), Verdict.Throttled);
        line.Now = TimeSpan.FromSeconds(1);

        Assert.False(line.Answer(line.Begin(), Of(verdict)));

        Assert.True(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.FromSeconds(3), line.Trouble.Until);
    }

    [Theory]
    [InlineData(1, 5, 6)]
    [InlineData(2, 5, 6)]
    [InlineData(4, 5, 6)]
    [InlineData(5, 5, 6)]
    [InlineData(6, 5, 8)]
    [InlineData(8, 5, 10)]
    [InlineData(1, 1, 2)]
    [InlineData(1, 0, 1)]
    [InlineData(3, 2, 5)]
    public void So_many_throttled_requests_use_the_connection_up(int inFlight, int retries, int requests)
    {
        var line = new Line();
        Pass[] mates = [.. Enumerable.Range(0, inFlight).Select(_ => line.Begin())];
        int count = 0;
        foreach (Pass mate in mates)
        {
            line.Answer(mate, Verdict.Throttled);
            count++;

            // What was on its way anyway says that there is trouble, not that it lasts; where it is more than the retries by itself, it takes two alone.
            Assert.Equal(retries == 0, line.Trouble.IsUsedUp(retries));
        }

        while (!line.Trouble.IsUsedUp(retries))
        {
            line.Now = line.Trouble.Until;
            line.Answer(line.Begin(), Verdict.Throttled);
            count++;
        }

        Assert.Equal(requests, count);
    }

    [Theory]
    [InlineData(nameof(Verdict.Accepted))]
    [InlineData(nameof(Verdict.Refused))]
    public void A_real_answer_begins_the_count_anew(string verdict)
    {
        var line = new Line();
        line.WaitsOf(Verdict.Throttled, 5);
        line.Answer(line.Begin(), Of(verdict));
        line.WaitsOf(Verdict.Throttled, 5);
        Assert.False(line.Trouble.IsUsedUp(5));
        line.Answer(line.Begin(), Verdict.Throttled);
        Assert.True(line.Trouble.IsUsedUp(5));
    }

    [Fact]
    public void A_mate_that_is_accepted_does_not_begin_the_count_anew()
    {
        var line = new Line();
        Pass mate = line.Begin();
        line.WaitsOf(Verdict.Throttled, 5);
        line.Answer(mate, Verdict.Accepted);
        line.Answer(line.Begin(), Verdict.Throttled);
        Assert.True(line.Trouble.IsUsedUp(5));
    }

    [Fact]
    public void A_throttle_answer_that_comes_after_the_connection_opened_holds_but_isolates_nobody()
    {
        var line = new Line();
        Pass first = line.Begin(), late = line.Begin();
        line.Answer(first, Verdict.Throttled);
        line.Now = TimeSpan.FromSeconds(1);
        line.Answer(line.Begin(), Verdict.Accepted);

        Assert.False(line.Answer(late, Verdict.Throttled));

        Assert.False(line.Trouble.IsAlone);
        Assert.Equal(TimeSpan.FromSeconds(2), line.Trouble.Until);
    }

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

    private static Verdict Of(string verdict) => Enum.Parse<Verdict>(verdict);

    /// <summary>A trouble on a clock that the test sets.</summary>
    private sealed class Line(double random = 0)
    {
        private int _inFlight;

        public Trouble Trouble { get; } = new(() => random);

        public TimeSpan Now { get; set; }

        public bool MayPass => Trouble.MayPass(Now, _inFlight, out _);

        public TimeSpan Wait
        {
            get
            {
                Trouble.MayPass(Now, _inFlight, out TimeSpan wait);
                return wait;
            }
        }

        public Pass Begin()
        {
            _inFlight++;
            return Trouble.Begin(Now);
        }

        public bool Answer(Pass pass, Verdict verdict, TimeSpan? wait = null)
        {
            _inFlight--;
            return Trouble.Heed(pass, verdict, new GraphAnswer { StatusCode = 400, ContentAsked = true, Wait = wait }, Now);
        }

        /// <summary>The seconds to wait after each of some answers that come one after another, each sat out.</summary>
        public double[] WaitsOf(Verdict verdict, int count)
        {
            var waits = new double[count];
            for (int i = 0; i < count; i++)
            {
                Answer(Begin(), verdict);
                waits[i] = Math.Max(0, (Trouble.Until - Now).TotalSeconds);
                Now += TimeSpan.FromSeconds(waits[i]);
            }

            return waits;
        }
    }
}
