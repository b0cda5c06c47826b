using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Wire;

/// <summary>Path, query and headers: what is there, and what must not be.</summary>
public class RequestHeadTests
{
    [Fact]
    public void The_proof_is_that_of_the_documented_test_vector() => Assert.Equal(
        "1f4515764686013c9650a5040fa7c9ed061a986b984449ac6668230076c93205",
        AppSecretProof.Of("0123456789abcdef0123456789abcdef", "EAABtestToken123"));

    [Fact]
    public async Task The_proof_stands_in_the_query_of_every_call_when_there_is_a_secret()
    {
        const string Query = "?appsecret_proof=1f4515764686013c9650a5040fa7c9ed061a986b984449ac6668230076c93205";
        using var stage = new Stage(appSecret: Stage.AppSecret);

        await stage.SendAsync(Stage.Text());
        await stage.SendAsync(Stage.React());
        await stage.SendAsync(Stage.Upload());

        Assert.Equal(
            [$"/v25.0/{Stage.Account}/messages{Query}", $"/v25.0/{Stage.Account}/messages{Query}", $"/v25.0/{Stage.Account}/message_attachments{Query}"],
            stage.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_query()
    {
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text());
        Assert.Equal($"/v25.0/{Stage.Account}/messages", stage.OnlyRequest.Target);
    }

    [Theory]
    [InlineData("v24.0", "")]
    [InlineData("v26.0", "/")]
    [InlineData("v26.0", "/mirror")]
    [InlineData("v26.0", "/mirror/")]
    public async Task The_path_is_base_version_and_account(string version, string path)
    {
        using var stage = new Stage();
        using var other = new Stage(baseUri: new Uri(stage.Server.BaseUri, path.Length == 0 ? "/" : path), version: version);
        await other.SendAsync(Stage.Text());
        Assert.Equal($"{path.TrimEnd('/')}/{version}/{Stage.Account}/messages", stage.OnlyRequest.Target);
    }

    [Fact]
    public async Task The_token_travels_as_bearer_and_nowhere_else()
    {
        using var stage = new Stage(appSecret: Stage.AppSecret);
        await stage.SendAsync(Stage.Text());

        RecordedRequest request = stage.OnlyRequest;
        Assert.Equal("Bearer " + Stage.Token, request.Headers["Authorization"]);
        Assert.DoesNotContain(Stage.Token, request.Target + request.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            request.Headers,
            header => header.Key != "Authorization" && (header.Value.Contains(Stage.Token, StringComparison.Ordinal) || header.Value.Contains(Stage.AppSecret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_request_says_which_version_of_the_module_it_is_from()
    {
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text());
        Assert.Equal($"InstagramMessaging/{typeof(GraphClient).Assembly.GetName().Version!.ToString(3)}", stage.OnlyRequest.Headers["User-Agent"]);
    }

    [Fact]
    public async Task A_body_is_json_of_known_length()
    {
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text("gr\u00FC\u00DFe"));

        RecordedRequest request = stage.OnlyRequest;
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(request.Body.Count.ToString(CultureInfo.InvariantCulture), request.Headers["Content-Length"]);
        Assert.DoesNotContain("Transfer-Encoding", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.NotEqual((byte)0xEF, request.Body[0]);
    }

    [Fact]
    public async Task Nothing_of_a_surrounding_program_goes_along()
    {
        // A tracing program has a current activity, and the framework would send its id to Meta.
        using Activity activity = new Activity("surrounding").AddBaggage("user", "anna").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text());

        string[] allowed = ["Host", "Authorization", "Content-Type", "Content-Length", "Accept", "Accept-Encoding", "User-Agent", "Connection"];
        Assert.Empty(stage.OnlyRequest.Headers.Keys.Except(allowed, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Nothing_of_a_program_that_traces_all_http_goes_along()
    {
        // A monitoring agent in the process, as a cloud host of runbooks has one, makes the framework begin a trace of its own.
        using var agent = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(agent);
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text());

        Assert.DoesNotContain("traceparent", stage.OnlyRequest.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"1","message_id":"m_1"}""").With("Set-Cookie", "datr=secret; Path=/"));

        await stage.SendAsync(Stage.Text());
        await stage.SendAsync(Stage.Text());

        Assert.Equal(2, stage.Requests.Count);
        Assert.All(stage.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys, StringComparer.OrdinalIgnoreCase));
    }
}
