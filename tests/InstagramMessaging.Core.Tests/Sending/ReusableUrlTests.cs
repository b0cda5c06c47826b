using System;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>An address with -Reusable is fetched by Meta once; its id serves the rest.</summary>
public class ReusableUrlTests
{
    private const string Url = "https://cdn.example.com/a.png";
    private const string ByUrl = "\"payload\":{\"url\":\"" + Url + "\",\"is_reusable\":true}";

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task The_first_row_goes_by_url_and_the_others_by_the_id_of_its_answer(int limit)
    {
        using var stage = new Stage();
        stage.Server.When("is_reusable", Kept("77"));
        using var trial = await RunAsync(stage, 50, limit);

        Assert.Equal((50, 50), (trial.Count(IgSendStatus.Sent), stage.Requests.Count));
        Assert.Contains(ByUrl, stage.Requests[0].Text, StringComparison.Ordinal);
        Assert.All(stage.Requests.Skip(1), request => Assert.Contains("\"payload\":{\"attachment_id\":\"77\"}", request.Text, StringComparison.Ordinal));
        Assert.All(trial.Ended, row => Assert.Equal("77", row.Outcome.AttachmentId));
    }

    [Fact]
    public async Task Where_the_first_person_cannot_be_reached_the_next_row_makes_it()
    {
        using var stage = new Stage();
        stage.Server.When("is_reusable", Reply.Error(400, 10, 2534022), Kept("77"));
        using var trial = await RunAsync(stage, 20, 8);

        Assert.Equal((19, 1, 20), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.Failed), stage.Requests.Count));
        Assert.Equal(2, stage.Requests.Count(request => request.Text.Contains(ByUrl, StringComparison.Ordinal)));
        Assert.Equal(18, stage.Requests.Count(request => request.Text.Contains("\"77\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_doubt_the_next_row_makes_it()
    {
        using var stage = new Stage();
        stage.Server.When("is_reusable", Reply.Error(500, 2), Kept("77"));
        using var trial = await RunAsync(stage, 20, 8);
        Assert.Equal((19, 1, 20), (trial.Count(IgSendStatus.Sent), trial.Count(IgSendStatus.Unknown), stage.Requests.Count));
        Assert.Equal(2, stage.Requests.Count(request => request.Text.Contains(ByUrl, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_the_answer_has_no_id_all_go_by_url_side_by_side()
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 8 });
        trial.Add(Row(99));
        await trial.AllEndedAsync();
        stage.Server.Together(8);
        trial.Add([.. Enumerable.Range(0, 24).Select(Row)]);
        await trial.AllEndedAsync();

        Assert.Equal((25, 25, 8), (trial.Count(IgSendStatus.Sent), stage.Requests.Count, stage.Server.MostAtOnce));
        Assert.All(stage.Requests, request => Assert.Contains("\"url\":\"" + Url + "\"", request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_wait_when_an_answer_without_an_id_comes_all_go()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"1","message_id":"m_1"}""").After(100));
        using var trial = await RunAsync(stage, 30, 16);
        Assert.Equal((30, 30), (trial.Count(IgSendStatus.Sent), stage.Requests.Count));
    }

    [Fact]
    public async Task Media_that_Meta_does_not_take_fail_each_row_with_one_error_and_no_further_request()
    {
        using var stage = new Stage();
        stage.Server.When("is_reusable", [.. Enumerable.Repeat(Reply.Error(400, 100, 2018008, "no such thing"), 50)]);
        using var trial = await RunAsync(stage, 20, 8);

        Assert.Equal(2, stage.Requests.Count);
        Assert.All(trial.Ended, row => Assert.Equal((IgSendStatus.Failed, "IgMediaRejected"), (row.Status, row.ErrorId)));
        Assert.All(trial.Ended, row => Assert.Contains("no such thing", row.Outcome.Error!.Message, StringComparison.Ordinal));
        Assert.Null(trial.StopReason);
    }

    [Fact]
    public async Task An_id_that_is_refused_later_is_made_again_by_url_once()
    {
        using var stage = new Stage();
        stage.Server.When("is_reusable", Kept("77"), Kept("78"));
        stage.Server.When("\"77\"", [.. Enumerable.Repeat(Reply.Error(400, 100, 2018074), 50)]);
        using var trial = await RunAsync(stage, 20, 8);

        Assert.Equal(20, trial.Count(IgSendStatus.Sent));
        Assert.Equal(2, stage.Requests.Count(request => request.Text.Contains(ByUrl, StringComparison.Ordinal)));
        Assert.Equal(18, stage.Requests.Count(request => request.Text.Contains("\"78\"", StringComparison.Ordinal)));
        string[] people = [.. stage.Requests.Where(request => request.Answer!.Status == 200).Select(request => request.RecipientId)];
        Assert.Equal((20, 20), (people.Length, people.Distinct().Count()));
    }

    [Fact]
    public async Task Another_run_asks_again_since_what_stands_there_may_have_changed()
    {
        using var stage = new Stage();
        stage.Server.When("is_reusable", Kept("77"), Kept("78"));
        await stage.SendAsync(Row(1));
        Assert.Equal("78", (await stage.SendAsync(Row(2))).AttachmentId);
        Assert.All(stage.Requests, request => Assert.Contains(ByUrl, request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_stopped_behind_the_first_row_ends()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Silence));
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 8 });
        trial.Add([.. Enumerable.Range(0, 20).Select(Row)]);
        await stage.ArrivedAsync(1);
        trial.Engine.Stop();
        trial.Engine.Abort();
        await trial.AllEndedAsync();
        Assert.Equal((1, 19, 1), (trial.Count(IgSendStatus.Unknown), trial.Count(IgSendStatus.NotTried), stage.Requests.Count));
    }

    private static Reply Kept(string id) => Reply.Json("{\"recipient_id\":\"1\",\"message_id\":\"m_" + id + "\",\"attachment_id\":\"" + id + "\"}").After(30);

    private static async Task<EngineTrial> RunAsync(Stage stage, int rows, int limit)
    {
        var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = limit });
        trial.Add([.. Enumerable.Range(0, rows).Select(Row)]);
        await trial.SitThroughAsync();
        return trial;
    }

    private static SendRequest Row(int row) =>
        new($"1784140{row:0000000000}", PayloadRules.Media(new MediaInput([Url], [], [], null, IsReusable: true)), Envelope.None);
}
