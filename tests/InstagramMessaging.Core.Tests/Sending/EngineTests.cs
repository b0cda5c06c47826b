using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Design section 4, "Order" and "Trouble": which row goes when, what ends a recipient's part, and what ends the run.</summary>
public class EngineTests
{
    private const string Closed = "17841400000000777";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_to_one_recipient_arrive_in_the_order_of_the_rows(bool isSorted)
    {
        // 20 messages to each of 20 recipients, with answers that take their own time.
        using var server = new LiveServer(async arrival =>
        {
            await Task.Delay(new Random(arrival.Number).Next(5)).ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 32 });
        SendRequest[] rows = isSorted
            ? [.. Enumerable.Range(0, 400).Select(i => Stage.Text($"{i % 20:00}", Person(i / 20)))]
            : [.. Enumerable.Range(0, 400).Select(i => Stage.Text($"{i / 20:00}", Person(i % 20)))];

        trial.Add(rows);
        await trial.AllEndedAsync();

        string[] inOrder = [.. Enumerable.Range(0, 20).Select(i => $"{i:00}")];
        Assert.All(server.Arrived.GroupBy(arrival => arrival.Recipient), theirs => Assert.Equal(inOrder, theirs.Select(arrival => arrival.Text)));
        Assert.All(trial.Ended.GroupBy(row => row.Request.RecipientId), theirs => Assert.Equal(inOrder, theirs.Select(row => row.Text)));
        Assert.Equal((400, 400), (trial.Count(IgSendStatus.Sent), server.Arrived.Count));
        Assert.InRange(server.Most, 1, 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public async Task As_many_rows_as_the_limit_says_go_side_by_side_and_never_more(int limit)
    {
        using var full = new SemaphoreSlim(0);
        using var server = new LiveServer(async arrival =>
        {
            // The first ones are answered when all of them are there.
            if (arrival.Number == limit)
                full.Release(limit);
            if (arrival.Number <= limit)
                await full.WaitAsync().ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = limit });

        trial.Add(Texts(200));
        await trial.AllEndedAsync();

        Assert.Equal(200, trial.Count(IgSendStatus.Sent));
        Assert.Equal(limit, server.Most);
    }

    [Fact]
    public async Task A_row_whose_recipient_is_busy_holds_back_no_other()
    {
        var release = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            if (arrival.Recipient == Closed)
                await release.Task.ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 2 });

        trial.Add([.. Enumerable.Range(0, 50).Select(i => Stage.Text($"busy {i}", Closed)), .. Texts(50)]);
        await trial.UntilAsync(() => trial.Ended.Count == 50);
        Assert.All(trial.Ended, row => Assert.NotEqual(Closed, row.Request.RecipientId));
        Assert.Single(server.Arrived, arrival => arrival.Recipient == Closed);

        release.SetResult();
        await trial.AllEndedAsync();
        Assert.Equal((100, 0), (trial.Count(IgSendStatus.Sent), trial.Engine.Outstanding));
    }

    [Fact]
    public async Task Uploads_have_no_order_and_go_side_by_side()
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage);
        trial.Add([.. Enumerable.Range(0, 20).Select(i => Stage.Upload($"https://cdn.example.com/{i}.png"))]);
        await trial.AllEndedAsync();
        Assert.Equal((20, 20), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments")));
    }

    [Theory]
    [InlineData(500, "<html>oops</html>")]
    [InlineData(500, """{"error":{"message":"m","code":2}}""")]
    [InlineData(200, "{}")]
    public async Task After_an_unknown_row_the_recipients_next_one_goes_on(int status, string body)
    {
        using var stage = new Stage();
        stage.Server.When("first", new Reply(status, body));
        using var trial = new EngineTrial(stage);

        trial.Add(Stage.Text("first"), Stage.Text("second"), Stage.Text("third"));
        await trial.AllEndedAsync();

        Assert.Equal([IgSendStatus.Unknown, IgSendStatus.Sent, IgSendStatus.Sent], trial.Rows.Select(row => row.Status));
        Assert.Equal([0, 1, 2], trial.Ended.Select(row => row.Row));
        Assert.Equal(3, stage.Requests.Count);
    }

    [Theory]
    [InlineData(10, 2534022, "IgWindowClosed")]
    [InlineData(551, null, "IgRecipientUnavailable")]
    [InlineData(100, 2018001, "IgRecipientNotFound")]
    public async Task A_recipient_who_cannot_be_reached_gets_no_further_request(long code, int? subcode, string errorId)
    {
        using var stage = new Stage();
        stage.Server.When("first", Reply.Error(400, code, subcode));
        using var trial = new EngineTrial(stage);

        trial.Add([Stage.Text("before", Closed), Stage.Text("first", Closed), .. Texts(3), Stage.Text("second", Closed), Stage.React(), Stage.Text("third", Closed)]);
        await trial.AllEndedAsync();

        EndedRow[] theirs = [.. trial.Rows.Where(row => row.Request.RecipientId == Closed)];
        Assert.Equal([null, errorId, errorId, errorId], theirs.Select(row => row.ErrorId));
        Assert.Equal([IgSendStatus.Sent, IgSendStatus.Failed, IgSendStatus.Failed, IgSendStatus.Failed], theirs.Select(row => row.Status));
        Assert.Equal([1, 1, 0, 0], theirs.Select(row => row.Outcome.Attempts));
        Assert.Equal(2, stage.Requests.Count(request => request.Text.Contains(Closed, StringComparison.Ordinal)));
        Assert.Equal(5, trial.Count(IgSendStatus.Sent));
        Assert.Null(trial.StopReason);
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(10, 2018300)]
    [InlineData(100, 2018074)]
    public async Task What_was_wrong_with_one_message_closes_no_recipient(long code, int? subcode)
    {
        using var stage = new Stage();
        stage.Server.When("first", Reply.Error(400, code, subcode));
        using var trial = new EngineTrial(stage);
        trial.Add(Stage.Text("first"), Stage.Text("second"));
        await trial.AllEndedAsync();
        Assert.Equal([IgSendStatus.Failed, IgSendStatus.Sent], trial.Rows.Select(row => row.Status));
    }

    [Theory]
    [InlineData(190, 463, "IgTokenInvalid")]
    [InlineData(200, null, "IgPermissionDenied")]
    [InlineData(368, null, "IgAccountRestricted")]
    public async Task What_no_row_survives_stops_the_run(long code, int? subcode, string errorId)
    {
        using var stage = new Stage();
        stage.Server.When("text 03", Reply.Error(400, code, subcode));
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1 });

        trial.Add(Texts(50));
        await trial.AllEndedAsync();
        trial.Add(Stage.Text("much later"));
        await trial.AllEndedAsync();

        Assert.Equal(errorId, trial.StopReason?.ErrorId);
        Assert.Equal((3, 1, 47), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.Failed), trial.Count(IgSendStatus.NotTried)));
        Assert.Equal(errorId, trial.Rows[3].ErrorId);
        Assert.All(trial.Rows.Skip(4), row => Assert.Equal(("IgNotTried", 0), (row.ErrorId, row.Outcome.Attempts)));
        Assert.Equal(4, stage.Requests.Count);
    }

    [Fact]
    public async Task Those_on_their_way_when_the_run_stops_end_as_they_end()
    {
        var full = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            if (arrival.Number == 5)
                full.SetResult();
            if (arrival.Text == "text 00")
            {
                await full.Task.ConfigureAwait(false);
                return Reply.Error(400, 190);
            }

            await stopped.Task.ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage);

        trial.Add(Texts(20));
        await trial.UntilAsync(() => trial.StopReason is not null);
        stopped.SetResult();
        await trial.AllEndedAsync();

        Assert.Equal((4, 1, 15), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.Failed), trial.Count(IgSendStatus.NotTried)));
        Assert.Equal(5, server.Arrived.Count);
    }

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
        using var stage = new Stage(baseUri: Stage.ClosedPort());
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
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Volatile.Read(ref ended) < 400)
            await Task.Delay(2, patience.Token);
        Assert.Equal(400, stage.Requests.Count);
    }

    private static string Person(int number) => $"1784140{number:0000000000}";

    private static SendRequest[] Texts(int count) => [.. Enumerable.Range(0, count).Select(i => Stage.Text($"text {i:00}", Person(i)))];
}
