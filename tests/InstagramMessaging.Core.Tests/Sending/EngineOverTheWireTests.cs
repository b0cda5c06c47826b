using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Whole runs against a server that fails: what each row is told, and what the trouble costs.</summary>
public partial class EngineOverTheWireTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 10)]
    [InlineData(3, 10)]
    [InlineData(5, 10)]
    public async Task A_server_that_answers_500_for_a_minute_costs_few_rows(int limit, int most)
    {
        // From the 200th request on.
        Stage? stage = null;
        DateTimeOffset? begun = null;
        var lost = new HashSet<string>();
        using var server = new LiveServer(arrival =>
        {
            lock (lost)
            {
                DateTimeOffset now = stage!.Clock.GetUtcNow();
                if (arrival.Number >= 200)
                    begun ??= now;
                if (begun is null || now >= begun + TimeSpan.FromMinutes(1))
                    return LiveServer.Accept(arrival);
                lost.Add(arrival.Text);
                return Reply.Error(500, 2);
            }
        });
        using (stage = new Stage(baseUri: server.BaseUri))
        {
            using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = limit });
            trial.Add(Texts(500));
            await trial.SitThroughAsync();

            Assert.InRange(lost.Count, 3, most);
            Assert.Equal(lost.Order(), trial.Ended.Where(row => row.Status == IgSendStatus.Unknown).Select(row => row.Text).Order());
            Assert.Equal(server.Arrived.Count, server.Arrived.Select(arrival => arrival.Text).Distinct().Count());
            Assert.Equal(server.Arrived.Count - lost.Count, trial.Count(IgSendStatus.Sent));
            Assert.Equal(0, trial.Count(IgSendStatus.Failed));
            if (trial.StopReason is { } reason)
                Assert.Equal((10, "IgOutcomeUnknown"), (lost.Count, reason.ErrorId));
            else
                Assert.Equal(500, server.Arrived.Count);
            if (limit == 1)
                Assert.Null(trial.StopReason);
        }
    }

    [Fact]
    public async Task Answers_from_before_an_outage_that_come_late_cost_no_further_rows()
    {
        // Four were taken before the outage. Each is answered late, after two that were lost, so that there are never three in a row.
        var taken = new ConcurrentQueue<TaskCompletionSource>();
        var lost = new ConcurrentQueue<TaskCompletionSource>();
        bool isOver = false;
        using var server = new LiveServer(async arrival =>
        {
            var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (arrival.Number <= 4 ? taken : lost).Enqueue(release);
            if (!Volatile.Read(ref isOver))
                await release.Task.ConfigureAwait(false);
            return arrival.Number <= 4 ? LiveServer.Accept(arrival) : Reply.Error(500, 2);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage);
        trial.Add(Texts(100));
        await trial.UntilAsync(() => (taken.Count, lost.Count) == (4, 1));
        while (!taken.IsEmpty)
        {
            for (int doubts = 0; doubts < 2 && !lost.IsEmpty; doubts++)
                await AnswerAsync(lost);
            await AnswerAsync(taken);
        }

        isOver = true;
        while (lost.TryDequeue(out TaskCompletionSource? rest))
            rest.SetResult();
        await trial.SitThroughAsync();

        Assert.Equal((4, 10), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.Unknown)));

        async Task AnswerAsync(ConcurrentQueue<TaskCompletionSource> waiting)
        {
            int ended = trial.Ended.Count;
            Assert.True(waiting.TryDequeue(out TaskCompletionSource? next));
            next.SetResult();
            await trial.UntilAsync(() => trial.Ended.Count > ended);

            // Whoever may go now arrives in that time; if not, the test is easier and not wrong.
            await Task.Delay(50);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_throttle_block_of_an_hour_costs_at_most_six_requests(int limit)
    {
        int throttled = 0;
        using var server = new LiveServer(arrival =>
        {
            if (arrival.Number < 100)
                return LiveServer.Accept(arrival);
            Interlocked.Increment(ref throttled);
            return Reply.Error(400, 613, 2534040);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = limit });

        trial.Add(Texts(300));
        await trial.SitThroughAsync();

        Assert.Equal(6, throttled);
        Assert.Equal("IgRateLimited", trial.StopReason?.ErrorId);
        Assert.Equal(99, trial.Count(IgSendStatus.Sent));
        Assert.All(trial.Ended.Where(row => row.Status == IgSendStatus.Failed), row => Assert.Equal("IgRateLimited", row.ErrorId));
        Assert.InRange(trial.Count(IgSendStatus.Failed), 1, limit);
        Assert.Equal(201, trial.Count(IgSendStatus.Failed) + trial.Count(IgSendStatus.NotTried));
    }

    [Fact]
    public async Task A_block_of_an_hour_that_Graph_announces_is_sat_out_where_that_is_wanted()
    {
        Stage? stage = null;
        DateTimeOffset? open = null;
        int throttled = 0;
        using var server = new LiveServer(arrival =>
        {
            DateTimeOffset now = stage!.Clock.GetUtcNow();
            if (arrival.Number >= 50)
                open ??= now + TimeSpan.FromHours(1);
            if (open is null || now >= open)
                return LiveServer.Accept(arrival);
            Interlocked.Increment(ref throttled);
            return Reply.Error(400, 613).With("X-Business-Use-Case-Usage", """{"1":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":60}]}""");
        });
        using (stage = new Stage(baseUri: server.BaseUri))
        {
            using var trial = new EngineTrial(stage, new EngineOptions { MaximumWait = TimeSpan.FromHours(2) });
            trial.Add(Texts(300));
            await trial.SitThroughAsync();

            Assert.Equal(300, trial.Count(IgSendStatus.Sent));
            Assert.InRange(throttled, 1, 5);
            Assert.Equal(300 + throttled, server.Arrived.Count);
            Assert.All(trial.Said, said => Assert.Contains("code 613", said, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_throttle_answer_pauses_all_and_no_request_leaves_before_its_time_is_over()
    {
        Stage? stage = null;
        var arrivals = new List<(int Number, TimeSpan At)>();
        var full = new TaskCompletionSource();
        int alone = 0;
        using var server = new LiveServer(async arrival =>
        {
            lock (arrivals)
                arrivals.Add((arrival.Number, stage!.Clock.GetUtcNow() - stage.Clock.Start));
            if (arrival.Number == 5)
                full.SetResult();
            if (arrival.Number == 1)
            {
                await full.Task.ConfigureAwait(false);
                return Reply.Error(400, 613).With("Retry-After", "17");
            }

            // The probe takes its time; whoever went beside it would be there before it is answered.
            if (arrival.Number == 6)
            {
                await Task.Delay(100).ConfigureAwait(false);
                lock (arrivals)
                    alone = arrivals.Count;
            }

            return LiveServer.Accept(arrival);
        });
        using (stage = new Stage(baseUri: server.BaseUri))
        {
            TimeSpan begin = stage.Clock.GetUtcNow() - stage.Clock.Start;
            using var trial = new EngineTrial(stage);

            // Five go before the first answer; then nobody, whether he was there already or comes now.
            trial.Add(Texts(5));
            await trial.UntilAsync(() => trial.Ended.Count == 4 && trial.InFlight == 0);
            trial.Add(Texts(30));
            await trial.SitThroughAsync();

            Assert.Equal(35, trial.Count(IgSendStatus.Sent));
            Assert.Equal(36, arrivals.Count);
            Assert.All(arrivals.Where(arrival => arrival.Number <= 5), arrival => Assert.Equal(begin, arrival.At));
            Assert.All(arrivals.Where(arrival => arrival.Number > 5), arrival => Assert.True(arrival.At >= begin + TimeSpan.FromSeconds(17), $"Request {arrival.Number} left after {arrival.At}."));
            Assert.Equal(6, alone);
        }
    }

    [Theory]
    [InlineData(2, 50)]
    [InlineData(0, 1_000)]
    public async Task Where_nobody_listens_no_row_is_in_doubt(int retries, int maximumUnknown)
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { MaximumRetryCount = retries, MaximumUnknown = maximumUnknown });
        trial.Add(Texts(40));
        await trial.SitThroughAsync();

        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Failed, "IgUnreachable", retries + 1), (row.Status, row.ErrorId, row.Outcome.Attempts)));
        Assert.Null(trial.StopReason);
    }

    [Fact]
    public async Task Where_nobody_listens_a_run_ends_after_ten_rows()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        using var trial = new EngineTrial(stage);
        trial.Add(Texts(400));
        await trial.SitThroughAsync();

        Assert.Equal("IgUnreachable", trial.StopReason?.ErrorId);
        Assert.Equal(0, trial.Count(IgSendStatus.Unknown));
        Assert.InRange(trial.Count(IgSendStatus.Failed), 10, 15);
        Assert.All(trial.Ended.Where(row => row.Status == IgSendStatus.Failed), row => Assert.Equal("IgUnreachable", row.ErrorId));
    }

    [Fact]
    public async Task Rows_that_found_nobody_go_when_somebody_listens_again()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        using var trial = new EngineTrial(stage);
        trial.Add(Texts(60));
        await trial.UntilAsync(() => trial.Said.Count >= 2);

        nobody.Dispose();
        using var server = new LiveServer(LiveServer.Accept, nobody.Number);
        await trial.SitThroughAsync();

        Assert.Equal(60, trial.Count(IgSendStatus.Sent));
        Assert.Equal(60, server.Arrived.Count);
        Assert.Contains(trial.Rows, row => row.Outcome.Attempts > 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public async Task Whatever_the_server_does_every_row_ends_in_the_right_status_and_nobody_gets_a_message_twice(int limit)
    {
        using var stage = new Stage();
        Way[] ways = [.. Ways()];
        var rows = new List<(Way Way, SendRequest Request)>();
        for (int i = 0; i < 500; i++)
        {
            Way way = ways[i % ways.Length];
            string text = string.Create(CultureInfo.InvariantCulture, $"row-{i:0000};");
            stage.Server.When(text, way.Replies);
            rows.Add((way, Stage.Text(text, Person(i))));
        }

        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = limit, MaximumRetryCount = 30, MaximumUnknown = 10_000 });
        HashSet<string> silent = [.. rows.Where(row => row.Way.IsSilent).Select(row => ((TextPayload)row.Request.Payload).Text)];
        var hanging = new HashSet<string>();
        int seen = 0;
        trial.Add(rows.Select(row => row.Request));
        await trial.SitThroughAsync(body =>
        {
            if (!silent.Contains(TextOf(body)))
                return false;
            IReadOnlyList<RecordedRequest> requests = stage.Requests;
            for (; seen < requests.Count; seen++)
                hanging.Add(TextOf(requests[seen].Text));
            return hanging.Contains(TextOf(body));
        });

        Dictionary<string, int> arrived = stage.Requests.GroupBy(request => TextOf(request.Text)).ToDictionary(group => group.Key, group => group.Count());
        Assert.Null(trial.StopReason);
        Assert.All(trial.Rows, row =>
        {
            Way way = rows[row.Row].Way;
            Assert.Equal((way.Name, way.Status, way.ErrorId, way.Requests), (way.Name, row.Status, row.ErrorId, row.Outcome.Attempts));
            Assert.Equal((way.Name, way.Requests), (way.Name, arrived[row.Text]));
        });
    }

    /// <summary>Each line of the table of outcomes; a refused connection has tests of its own, since a port refuses all or none.</summary>
    private static IEnumerable<Way> Ways()
    {
        Reply throttle = Reply.Error(400, 613, 2534040), media = Reply.Error(400, 100, 2018008);
        yield return new("accepted", IgSendStatus.Sent, null, 1, []);
        yield return new("accepted, then reset", IgSendStatus.Unknown, "IgOutcomeUnknown", 1, [Reply.Cut(Ending.Reset)]);
        yield return new("accepted, then silence", IgSendStatus.Unknown, "IgOutcomeUnknown", 1, [Reply.Cut(Ending.Silence)]) { IsSilent = true };
        yield return new("accepted, then code 2", IgSendStatus.Unknown, "IgOutcomeUnknown", 1, [Reply.Error(500, 2)]);
        yield return new("half an answer", IgSendStatus.Unknown, "IgOutcomeUnknown", 1, [Reply.Cut(Ending.Half)]);
        yield return new("a gateway's page", IgSendStatus.Unknown, "IgOutcomeUnknown", 1, [new Reply(502, "<html>Bad gateway</html>")]);
        yield return new("200 without ids", IgSendStatus.Unknown, "IgOutcomeUnknown", 1, [Reply.Json("{}")]);
        yield return new("throttled once", IgSendStatus.Sent, null, 2, [throttle]);
        yield return new("throttled three times", IgSendStatus.Sent, null, 4, [throttle, new Reply(429, string.Empty), throttle.With("Retry-After", "3")]);
        yield return new("throttled, then in doubt", IgSendStatus.Unknown, "IgOutcomeUnknown", 2, [throttle, Reply.Error(500, 1)]);
        yield return new("media trouble once", IgSendStatus.Sent, null, 2, [media]);
        yield return new("media trouble", IgSendStatus.Failed, "IgMediaRejected", 2, [media, media]);
        yield return new("window closed", IgSendStatus.Failed, "IgWindowClosed", 1, [Reply.Error(400, 10, 2534022)]);
        yield return new("recipient unavailable", IgSendStatus.Failed, "IgRecipientUnavailable", 1, [Reply.Error(400, 551)]);
        yield return new("content refused", IgSendStatus.Failed, "IgRequestRejected", 1, [Reply.Error(400, 100)]);
        yield return new("thread controlled", IgSendStatus.Failed, "IgThreadControlled", 1, [Reply.Error(400, 10, 2018300)]);
        yield return new("accepted as well", IgSendStatus.Sent, null, 1, []);
    }

    private static string Person(int number) => $"1784140{number:0000000000}";

    private static SendRequest[] Texts(int count) => [.. Enumerable.Range(0, count).Select(i => Stage.Text($"text {i:000}", Person(i)))];

    private static string TextOf(string body) => Row().Match(body).Value;

    [GeneratedRegex("row-[0-9]{4};")]
    private static partial Regex Row();

    /// <summary>One way in which a send can go.</summary>
    private sealed record Way(string Name, IgSendStatus Status, string? ErrorId, int Requests, Reply[] Replies)
    {
        public bool IsSilent { get; init; }
    }
}
