using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>How long is waited before a try is repeated: as long as Graph asks, and never longer than 30 minutes.</summary>
public class WaitTests
{
    private const string Usage = "X-Business-Use-Case-Usage";

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("retry-after", "1", 1)]
    [InlineData("Retry-After", "1800", 1800)]
    [InlineData(Usage, """{"1":[{"type":"messenger","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":19}]}""", 19 * 60)]
    [InlineData(Usage, """{"1":[{"type":"pages","estimated_time_to_regain_access":2},{"type":"instagram","estimated_time_to_regain_access":7}]}""", 7 * 60)]
    [InlineData(Usage, """{"1":[{"type":"pages","estimated_time_to_regain_access":3}],"1":[{"type":"pages","estimated_time_to_regain_access":0}]}""", 3 * 60)]
    [InlineData(Usage, """{"1":[{"type":"pages","estimated_time_to_regain_access":"4"}],"2":"odd","3":[7,null]}""", 4 * 60)]
    [InlineData(Usage, """{"1":[{"type":"pages","estimated_time_to_regain_access":30}]}""", 30 * 60)]
    public async Task A_throttled_send_waits_as_long_as_Graph_asks(string header, string value, int seconds)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With(header, value));

        Task<RowOutcome> sending = stage.Run(retries: 1).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(seconds), await stage.Clock.NextWaitAsync());
        Assert.Single(stage.Requests);
        stage.Clock.Move(TimeSpan.FromSeconds(seconds));

        Assert.Equal((IgSendStatus.Sent, 2), await StatusAsync(stage, sending));
    }

    [Fact]
    public async Task A_date_to_retry_after_is_a_wait_until_then()
    {
        using var stage = new Stage();
        string date = stage.Clock.GetUtcNow().AddSeconds(40).ToString("R", CultureInfo.InvariantCulture);
        stage.Server.Next(new Reply(429, string.Empty).With("Retry-After", date));

        Task<RowOutcome> sending = stage.Run(retries: 1).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(40), await stage.Clock.NextWaitAsync());
        stage.Clock.Move(TimeSpan.FromSeconds(40));

        Assert.Equal((IgSendStatus.Sent, 2), await StatusAsync(stage, sending));
    }

    [Fact]
    public async Task Of_two_waits_asked_for_the_longer_one_counts()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With("Retry-After", "5").With(Usage, """{"1":[{"estimated_time_to_regain_access":2}]}"""));

        Task<RowOutcome> sending = stage.Run(retries: 1).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        Assert.Equal(TimeSpan.FromMinutes(2), await stage.Clock.NextWaitAsync());
        stage.Clock.Move(TimeSpan.FromMinutes(2));

        Assert.Equal((IgSendStatus.Sent, 2), await StatusAsync(stage, sending));
    }

    [Theory]
    [InlineData("Retry-After", "1801")]
    [InlineData("Retry-After", "2147483647")]
    [InlineData(Usage, """{"1":[{"estimated_time_to_regain_access":31}]}""")]
    [InlineData(Usage, """{"1":[{"estimated_time_to_regain_access":1e300}]}""")]
    public async Task A_wait_of_more_than_half_an_hour_is_not_taken_and_the_run_stops(string header, string value)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With(header, value));
        SendRun run = stage.Run(retries: 5);

        RowOutcome outcome = await run.SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None).WaitAsync(WatchedClock.Patience);

        Assert.Equal((IgSendStatus.Failed, "IgRateLimited"), (outcome.Status, outcome.Error?.ErrorId));
        Assert.True(outcome.Error!.RetryAfter > new EngineOptions().MaximumWait);
        Assert.Equal("IgRateLimited", run.StopReason?.ErrorId);
        Assert.Single(stage.Requests);
    }

    [Fact]
    public async Task What_may_be_repeated_does_not_wait_for_more_than_half_an_hour_either()
    {
        using var stage = new Stage();
        stage.Server.Next(new Reply(503, "<html>maintenance</html>").With("Retry-After", "86400"));

        // Either the reaction ends, or it waits for something sensible; a day is neither.
        Task<RowOutcome> reacting = stage.Run(retries: 1).SendAsync(Stage.React(), CancellationToken.None, CancellationToken.None);
        Task<TimeSpan> wait = stage.Clock.NextWaitAsync();
        if (await Task.WhenAny(reacting, wait) == wait)
            Assert.InRange(await wait, TimeSpan.Zero, new EngineOptions().MaximumWait);
    }

    [Theory]
    [InlineData("Retry-After", "soon")]
    [InlineData("Retry-After", "-5")]
    [InlineData("Retry-After", "0")]
    [InlineData("Retry-After", "99999999999999999999")]
    [InlineData("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")]
    [InlineData(Usage, "not json")]
    [InlineData(Usage, "[]")]
    [InlineData(Usage, "{\"1\":{\"estimated_time_to_regain_access\":5}}")]
    [InlineData(Usage, "{\"1\":[{\"estimated_time_to_regain_access\":-5}]}")]
    [InlineData(Usage, "{\"1\":[{\"estimated_time_to_regain_access\":\"NaN\"}]}")]
    [InlineData(Usage, "{\"1\":[{\"estimated_time_to_regain_access\":\"\\uD800\"}]}")]
    [InlineData(Usage, "{\"1\":[{\"estimated_time_to_regain_access\":{}}]}")]
    [InlineData(Usage, "{\"1\":[")]
    public async Task A_wait_that_makes_no_sense_is_a_short_one(string header, string value)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With(header, value));

        Task<RowOutcome> sending = stage.Run(retries: 1).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);

        Assert.Equal((IgSendStatus.Sent, 2), await StatusAsync(stage, sending));
        Assert.True(stage.Clock.GetUtcNow() - stage.Clock.Start < TimeSpan.FromMinutes(1.1));
    }

    [Fact]
    public async Task Headers_on_an_accepted_send_do_no_harm()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"1","message_id":"m_1"}""").With(Usage, "{\"1\":[{\"estimated_time_to_regain_access\":\"NaN\"}]}").With("Retry-After", "x"));
        Assert.Equal(IgSendStatus.Sent, (await stage.SendAsync(Stage.Text())).Status);
    }

    [Fact]
    public async Task A_throttle_answer_holds_back_everything_on_the_connection()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, 613).With("Retry-After", "17"));
        Task<RowOutcome> sending = stage.Run(retries: 1).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(17), await stage.Clock.NextWaitAsync());

        Task<RowOutcome> other = stage.Run().SendAsync(Stage.Text("another cmdlet"), CancellationToken.None, CancellationToken.None);
        Task<RowOutcome> video = stage.Run().SendAsync(Stage.MediaUrl("https://example.com/a.mp4"), CancellationToken.None, CancellationToken.None);
        stage.Clock.Move(TimeSpan.FromSeconds(16.9));
        Assert.Single(stage.Requests);

        stage.Clock.Move(TimeSpan.FromSeconds(0.11));
        Assert.Equal(IgSendStatus.Sent, (await StatusAsync(stage, sending)).Status);
        Assert.Equal(IgSendStatus.Sent, (await StatusAsync(stage, other)).Status);
        Assert.Equal(IgSendStatus.Sent, (await StatusAsync(stage, video)).Status);
    }

    [Fact]
    public async Task Backoff_grows_to_a_minute_and_no_further()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        Task<RowOutcome> sending = stage.Run(retries: 12).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);

        TimeSpan total = TimeSpan.Zero;
        while (await Task.WhenAny(sending, stage.Clock.NextWaitAsync()) is Task<TimeSpan> next)
        {
            TimeSpan wait = await next;
            Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(60));
            total += wait;
            stage.Clock.Move(wait + TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(13, (await sending).Attempts);

        // Without growth twelve waits of a second or so are under half a minute.
        Assert.True(total > TimeSpan.FromMinutes(2), total.ToString());
    }

    private static async Task<(IgSendStatus Status, int Attempts)> StatusAsync(Stage stage, Task<RowOutcome> sending)
    {
        RowOutcome outcome = await stage.Clock.SitThroughAsync(sending);
        return (outcome.Status, outcome.Attempts);
    }
}
