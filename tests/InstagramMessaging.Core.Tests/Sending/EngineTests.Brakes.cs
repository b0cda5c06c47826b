using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>What ends a run: doubts, time, a stop, a pause that is too long; and many rows that end at once.</summary>
public partial class EngineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task So_many_rows_in_doubt_stop_the_run(int most)
    {
        using var server = new LiveServer(_ => new Reply(500, "<html>oops</html>"));
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1, MaximumUnknown = most });

        trial.Add(Texts(20));
        await trial.SitThroughAsync();

        Assert.Equal((most, 20 - most), (trial.Count(IgSendStatus.Unknown), trial.Count(IgSendStatus.NotTried)));
        Assert.Equal("IgOutcomeUnknown", trial.StopReason?.ErrorId);
        Assert.Contains("-MaximumUnknown", trial.StopReason!.Message, StringComparison.Ordinal);
        Assert.Equal(most, server.Arrived.Count);
    }

    [Fact]
    public async Task Doubts_count_over_the_whole_run_and_accepted_messages_take_none_back()
    {
        using var server = new LiveServer(arrival => arrival.Number % 2 == 0 ? new Reply(500, string.Empty) : LiveServer.Accept(arrival));
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1 });
        trial.Add(Texts(50));
        await trial.SitThroughAsync();
        Assert.Equal((10, 10, 30), (trial.Count(IgSendStatus.Unknown), trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.NotTried)));
        Assert.Empty(trial.Said);
    }

    [Fact]
    public async Task Rows_that_did_not_reach_Graph_count_as_well()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { MaximumRetryCount = 0, MaximumUnknown = 2, ThrottleLimit = 1 });
        trial.Add(Texts(10));
        await trial.SitThroughAsync();
        Assert.Equal((2, 8), (trial.Count(IgSendStatus.Failed), trial.Count(IgSendStatus.NotTried)));
        Assert.Equal("IgUnreachable", trial.StopReason?.ErrorId);
    }

    [Fact]
    public async Task After_its_time_the_run_begins_no_further_row()
    {
        var release = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            if (arrival.Number == 3)
                await release.Task.ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1, StopAfter = TimeSpan.FromSeconds(10) });
        trial.Add(Texts(10));
        await trial.UntilAsync(() => server.Arrived.Count == 3);

        stage.Clock.Move(TimeSpan.FromSeconds(9.9));
        Assert.Null(trial.StopReason);
        stage.Clock.Move(TimeSpan.FromSeconds(0.1));
        Assert.Equal("IgRunStopped", trial.StopReason?.ErrorId);
        release.SetResult();
        await trial.AllEndedAsync();

        Assert.Equal((3, 7), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.NotTried)));
        Assert.Contains("-StopAfter 00:00:10", trial.StopReason!.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Arrived.Count);
    }

    [Fact]
    public async Task The_end_of_its_time_ends_waits_too()
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage, new EngineOptions { StopAfter = TimeSpan.FromSeconds(10) });
        stage.Client.Gate.Pause(TimeSpan.FromMinutes(20));
        trial.Add(Texts(10));
        stage.Clock.Move(TimeSpan.FromSeconds(10));
        await trial.AllEndedAsync();
        Assert.Equal(10, trial.Count(IgSendStatus.NotTried));
        Assert.Empty(stage.Requests);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10_675_199)]
    public async Task A_time_longer_than_any_timer_is_a_time_as_well(int days)
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage, new EngineOptions { StopAfter = TimeSpan.FromDays(days) });
        trial.Add(Texts(3));
        await trial.AllEndedAsync();
        Assert.Equal(3, trial.Count(IgSendStatus.Sent));
    }

    [Fact]
    public async Task A_disposed_engine_forgets_its_time()
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage, new EngineOptions { StopAfter = TimeSpan.FromSeconds(10) });
        trial.Add(Texts(3));
        await trial.AllEndedAsync();
        trial.Engine.Dispose();
        stage.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Null(trial.StopReason);
    }

    [Fact]
    public async Task Stop_begins_nothing_new_and_lets_finish_what_is_on_its_way()
    {
        var release = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            await release.Task.ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage);
        trial.Add(Texts(20));
        await trial.UntilAsync(() => server.Arrived.Count == 5);

        trial.Engine.Stop();
        Assert.Empty(trial.Ended);
        release.SetResult();
        await trial.AllEndedAsync();
        trial.Add(Stage.Text("after that"));
        await trial.AllEndedAsync();

        Assert.Equal((5, 16), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.NotTried)));
        Assert.Equal(5, server.Arrived.Count);
        Assert.Null(trial.StopReason);
        Assert.Equal(0, trial.Engine.Outstanding);
    }

    [Fact]
    public async Task Stop_ends_those_who_wait_for_another_try_as_certainly_not_delivered()
    {
        var both = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            if (arrival.Number == 2)
                both.SetResult();
            await both.Task.ConfigureAwait(false);
            return Reply.Error(400, 613).With("Retry-After", "600");
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 2 });
        trial.Add(Texts(5));
        await trial.UntilAsync(() => trial.Said.Count > 0 && trial.InFlight == 0);

        trial.Engine.Stop();
        await trial.AllEndedAsync();

        Assert.Equal((2, 3), (trial.Count(IgSendStatus.Failed), trial.Count(IgSendStatus.NotTried)));
        Assert.All(trial.Rows.Take(2), row => Assert.Equal("IgRateLimited", row.ErrorId));
    }

    [Fact]
    public async Task Abort_leaves_in_doubt_what_is_on_its_way_and_says_nothing_about_the_connection()
    {
        var never = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            if (arrival.Number <= 5)
                await never.Task.ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage);
        trial.Add(Texts(20));
        await trial.UntilAsync(() => server.Arrived.Count == 5);

        trial.Engine.Stop();
        trial.Engine.Abort();
        await trial.AllEndedAsync();

        Assert.Equal((5, 15), (trial.Count(IgSendStatus.Unknown), trial.Count(IgSendStatus.NotTried)));
        Assert.All(trial.Rows.Take(5), row => Assert.Equal("IgOutcomeUnknown", row.ErrorId));

        // Five doubts in a row would have the next run go one at a time after a wait; the clock stands, so there was none.
        using var next = new EngineTrial(stage);
        next.Add(Texts(20));
        await next.AllEndedAsync();
        Assert.Equal(20, next.Count(IgSendStatus.Sent));
        Assert.Empty(next.Said);
    }

    [Fact]
    public async Task A_pause_that_is_not_sat_out_stops_the_run()
    {
        using var server = new LiveServer(_ => Reply.Error(400, 613).With("Retry-After", "3600"));
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1 });
        trial.Add(Texts(10));
        await trial.AllEndedAsync();

        Assert.Equal((1, 9), (trial.Count(IgSendStatus.Failed), trial.Count(IgSendStatus.NotTried)));
        Assert.Equal("IgRateLimited", trial.StopReason?.ErrorId);
        Assert.Equal(TimeSpan.FromHours(1), trial.StopReason!.RetryAfter);
        Assert.Single(server.Arrived);
    }

    [Fact]
    public async Task A_pause_is_told_once_however_many_rows_sit_it_out()
    {
        using var server = new LiveServer(arrival => arrival.Number == 1 ? Reply.Error(400, 613).With("Retry-After", "17") : LiveServer.Accept(arrival));
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 8 });
        trial.Add(Texts(40));
        await trial.SitThroughAsync();
        Assert.Equal("Waiting 17.0 s: Graph says: refused (code 613).", Assert.Single(trial.Said));
        Assert.Equal(40, trial.Count(IgSendStatus.Sent));
    }

    [Fact]
    public async Task Thousands_of_rows_that_end_at_once_do_not_stand_on_each_other()
    {
        using var stage = new Stage();
        stage.Server.When("first", Reply.Error(400, 10, 2534022));
        using var trial = new EngineTrial(stage);
        stage.Client.Gate.Pause(TimeSpan.FromSeconds(5));

        trial.Add([Stage.Text("first", Closed), .. Enumerable.Range(0, 50_000).Select(_ => Stage.Text("next", Closed))]);
        await trial.SitThroughAsync();

        Assert.Equal(50_001, trial.Count(IgSendStatus.Failed));
        Assert.Equal([.. Enumerable.Range(0, 50_001)], trial.Ended.Select(row => row.Row));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Thousands_of_rows_of_a_run_that_stops_do_not_stand_on_each_other_either()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 190));
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1 });
        stage.Client.Gate.Pause(TimeSpan.FromSeconds(5));

        trial.Add([.. Enumerable.Range(0, 50_000).Select(i => Stage.Text("any", Person(i)))]);
        await trial.SitThroughAsync();

        Assert.Equal((1, 49_999), (trial.Count(IgSendStatus.Failed), trial.Count(IgSendStatus.NotTried)));
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task Rows_may_be_added_from_any_thread_while_others_end()
    {
        using var stage = new Stage();
        int ended = 0;
        using var engine = new SendEngine<int>(stage.Client, new EngineOptions { ThrottleLimit = 16 }, _ => { }, (_, _, _) => Interlocked.Increment(ref ended));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
                engine.Add(i, Stage.Text($"{worker}-{i}", Person(i % 7)));
        })));
        using var patience = new CancellationTokenSource(WatchedClock.Patience);
        while (Volatile.Read(ref ended) < 400)
            await Task.Delay(2, patience.Token);
        Assert.Equal(400, stage.Requests.Count);
    }
}
