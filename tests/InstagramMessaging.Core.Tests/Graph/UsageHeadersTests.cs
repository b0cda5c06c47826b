using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Graph;

/// <summary>What Graph's headers say about limits; one that cannot be read says nothing.</summary>
public class UsageHeadersTests
{
    private const string App = "X-App-Usage";
    private const string Page = "X-Page-Usage";
    private const string Business = "X-Business-Use-Case-Usage";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(App, """{"call_count":28,"total_time":25,"total_cputime":24}""", 28)]
    [InlineData(App, """{"call_count":1,"total_time":96,"total_cputime":24}""", 96)]
    [InlineData(App, """{"call_count":1,"total_time":2,"total_cputime":88.5}""", 88.5)]
    [InlineData("x-app-usage", """{"call_count":"81"}""", 81)]
    [InlineData(App, """{"call_count":"odd","total_time":7}""", 7)]
    [InlineData(App, """{"call_count":250}""", 250)]
    [InlineData(Page, """{"call_count":12,"total_time":13,"total_cputime":14}""", 14)]
    [InlineData(Business, """{"1":[{"type":"messenger","call_count":97,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}""", 97)]
    [InlineData(Business, """{"1":[{"call_count":3},{"call_count":44}],"2":[{"total_time":55}]}""", 55)]
    [InlineData(Business, """{"1":[{"call_count":91}],"1":[{"call_count":3}]}""", 91)]
    [InlineData(Business, """{"1":[7,null,{"call_count":5}],"2":"odd","3":{"call_count":99}}""", 5)]
    public void The_highest_figure_counts(string header, string value, double percent) =>
        Assert.Equal(percent, new UsageHeaders().Percent(Answer((header, value))));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("97")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"call_count":0}""")]
    [InlineData("""{"call_count":-97}""")]
    [InlineData("""{"call_count":"NaN"}""")]
    [InlineData("""{"call_count":null}""")]
    [InlineData("""{"call_count":[97]}""")]
    [InlineData("""{"call_count":"\uD800"}""")]
    [InlineData("""{"\uD800\uD800\uD800\uD800\uD800\uD800":97}""")]
    [InlineData("""{"1":[{"\uD800\uD800\uD800\uD800\uD800\uD800":97}]}""")]
    [InlineData("""{"other":97}""")]
    public void What_makes_no_sense_is_no_figure(string value)
    {
        Assert.All(new[] { App, Page, Business }, header => Assert.Null(new UsageHeaders().Percent(Answer((header, value)))));
        Assert.Null(new UsageHeaders().Wait(Answer((Business, value)), Now));
    }

    [Fact]
    public void Without_a_header_there_is_no_figure_and_no_wait()
    {
        Assert.Null(new UsageHeaders().Percent(Answer()));
        Assert.Null(new UsageHeaders().Wait(Answer(), Now));
    }

    [Fact]
    public void Of_several_headers_the_highest_counts() => Assert.Equal(
        93,
        new UsageHeaders().Percent(Answer((App, """{"call_count":11}"""), (Page, """{"total_time":93}"""), (Business, """{"1":[{"call_count":92}]}"""))));

    [Fact]
    public void Of_one_header_that_comes_twice_the_highest_counts_and_a_bad_one_spoils_nothing()
    {
        Assert.Equal(83, new UsageHeaders().Percent(Answer((App, """{"call_count":11}"""), (App, """{"call_count":83}"""), (App, "odd"))));
        Assert.Equal(TimeSpan.FromMinutes(4), new UsageHeaders().Wait(Answer((Business, """{"1":[{"estimated_time_to_regain_access":4}]}"""), (Business, "{")), Now));
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("Sun, 01 Mar 2026 12:00:40 GMT", 40)]
    public void Retry_after_is_a_number_of_seconds_or_a_date(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new UsageHeaders().Wait(Answer(("Retry-After", value)), Now));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT")]
    [InlineData("Sun, 01 Mar 2026 11:59:00 GMT")]
    public void A_time_that_is_over_is_no_wait(string value) => Assert.Null(new UsageHeaders().Wait(Answer(("Retry-After", value)), Now));

    [Theory]
    [InlineData("5", 2, 120)]
    [InlineData("500", 2, 500)]
    [InlineData("soon", 2, 120)]
    [InlineData("7", 0, 7)]
    public void The_longer_wait_counts(string seconds, int minutes, double wait) => Assert.Equal(
        TimeSpan.FromSeconds(wait),
        new UsageHeaders().Wait(Answer(("Retry-After", seconds), (Business, $$"""{"1":[{"estimated_time_to_regain_access":{{minutes}}}]}""")), Now));

    [Theory]
    [InlineData("1e9")]
    [InlineData("1e300")]
    [InlineData("1e999")]
    public void An_endless_wait_is_a_month(string minutes) => Assert.Equal(
        TimeSpan.FromDays(30),
        new UsageHeaders().Wait(Answer((Business, $$"""{"1":[{"estimated_time_to_regain_access":{{minutes}}}]}""")), Now));

    [Fact]
    public void From_answer_to_answer_each_header_says_what_it_says_now()
    {
        var usage = new UsageHeaders();
        (string, string)[] high = [(App, """{"call_count":96}"""), (Business, """{"1":[{"call_count":97,"estimated_time_to_regain_access":5}]}""")];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(97, usage.Percent(Answer(high)));
            Assert.Equal(TimeSpan.FromMinutes(5), usage.Wait(Answer(high), Now));
            Assert.Equal(96, usage.Percent(Answer(high[0])));
            Assert.Null(usage.Wait(Answer(high[0]), Now));
            Assert.Equal(11, usage.Percent(Answer((App, """{"call_count":11}"""), (Page, """{"call_count":2}"""))));
            Assert.Null(usage.Percent(Answer()));
        }
    }

    [Fact]
    public void Only_the_business_header_tells_when_access_comes_back() =>
        Assert.Null(new UsageHeaders().Wait(Answer((App, """{"estimated_time_to_regain_access":5}""")), Now));

    [Theory]
    [InlineData(App, """{"\uD800\uD800\uD800\uD800\uD800\uD800":97}""")]
    [InlineData(Business, """{"1":[{"\uD800\uD800\uD800\uD800\uD800\uD800":97}]}""")]
    public async Task A_header_that_cannot_be_read_changes_no_outcome(string header, string value)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"1","message_id":"m_1"}""").With(header, value));
        RowOutcome outcome = await stage.SendAsync(Stage.Text());
        Assert.Equal((IgSendStatus.Sent, "m_1"), (outcome.Status, outcome.MessageId));
    }

    private static HttpResponseMessage Answer(params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK);
        foreach (var group in headers.GroupBy(header => header.Name, header => header.Value))
            response.Headers.TryAddWithoutValidation(group.Key, group);
        return response;
    }
}

/// <summary>One half of what the headers say, which is all that a test asks about.</summary>
file static class UsageHalves
{
    public static double? Percent(this UsageHeaders headers, HttpResponseMessage answer) => headers.Read(answer, default).Percent;

    public static TimeSpan? Wait(this UsageHeaders headers, HttpResponseMessage answer, DateTimeOffset now) => headers.Read(answer, now).Wait;
}
