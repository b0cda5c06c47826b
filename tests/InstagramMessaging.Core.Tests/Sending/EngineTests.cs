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
public partial class EngineTests
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
    public async Task The_oldest_row_that_may_go_goes_first_so_that_one_at_a_time_they_go_in_the_order_of_the_table()
    {
        var allAdded = new TaskCompletionSource();
        using var server = new LiveServer(async arrival =>
        {
            await allAdded.Task.ConfigureAwait(false);
            return LiveServer.Accept(arrival);
        });
        using var stage = new Stage(baseUri: server.BaseUri);
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 1 });
        int[] people = [1, 1, 2, 1, 3, 2, 4, 1];

        trial.Add(people.Select((person, i) => Stage.Text($"{i}", Person(person))));
        allAdded.SetResult();
        await trial.AllEndedAsync();

        Assert.Equal(Enumerable.Range(0, people.Length).Select(i => $"{i}"), server.Arrived.Select(arrival => arrival.Text));
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

    private static string Person(int number) => $"1784140{number:0000000000}";

    private static SendRequest[] Texts(int count) => [.. Enumerable.Range(0, count).Select(i => Stage.Text($"text {i:00}", Person(i)))];
}
