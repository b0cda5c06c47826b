using System;
using System.Linq;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Design section 4, "Trouble belongs to the connection": what answers say about all that follow.</summary>
public partial class TroubleTests
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
