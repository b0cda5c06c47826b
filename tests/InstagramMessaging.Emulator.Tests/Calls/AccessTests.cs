using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class AccessTests
{
    private const string Hello = """{"recipient":{"id":"1"},"message":{"text":"Hello"}}""";
    private const string PlainVector = "1f4515764686013c9650a5040fa7c9ed061a986b984449ac6668230076c93205";
    private const string TimedVector = "dd6934d9f2130c838ce91eb0f94712b26bb8a63ca12f2ebabae3d53f8321b731";

    [Theory]
    [InlineData("v20.0")]
    [InlineData("v23.0")]
    [InlineData("v26.0")]
    public async Task Each_known_version_answers_and_says_so(string version)
    {
        using var api = new Api();

        Answer answer = await api.PostAsync($"/{version}/me/messages", Api.Json(Hello));

        Assert.Equal((200, version), (answer.Status, answer.Header("facebook-api-version")));
        Assert.NotNull(answer.Header("X-FB-Debug"));
        Assert.NotNull(answer.Header("x-fb-rev"));
        Assert.NotNull(answer.Header("X-FB-Trace-ID"));
        Assert.Equal("application/json; charset=UTF-8", answer.Response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_path_without_version_answers_with_the_default_one()
    {
        using var api = new Api();

        Answer answer = await api.PostAsync("/me/messages", Api.Json(Hello));

        Assert.Equal((200, "v25.0"), (answer.Status, answer.Header("facebook-api-version")));
    }

    [Fact]
    public async Task The_token_is_taken_from_header_query_form_and_JSON()
    {
        using var api = new Api();
        string token = api.Emulator.AccessToken;
        Answer[] answers =
        [
            await api.PostAsync(api.MessagesPath, Api.Json(Hello)),
            await api.PostAsync($"{api.MessagesPath}?access_token={token}", Api.Json(Hello), string.Empty),
            await api.PostAsync(api.MessagesPath, Api.Form($"recipient[id]=1&message[text]=a&access_token={token}"), string.Empty),
            await api.PostAsync(api.MessagesPath, Api.Json($$"""{"access_token":"{{token}}",{{Hello[1..]}}"""), string.Empty),
        ];

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
    }

    [Theory]
    [InlineData("?appsecret_proof=" + PlainVector, 1790000000)]
    [InlineData("?appsecret_proof=" + TimedVector + "&appsecret_time=1790000000", 1790000000)]
    [InlineData("?appsecret_proof=" + TimedVector + "&appsecret_time=1790000000", 1790000300)]
    public async Task The_vectors_of_both_proofs_are_taken(string query, long now)
    {
        using var api = new Api(new EmulatorOptions
        {
            AppSecret = "0123456789abcdef0123456789abcdef",
            AccessToken = "EAABtestToken123",
            Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(now)),
        });

        Answer answer = await api.PostAsync(api.MessagesPath + query, Api.Json(Hello));

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_proof_in_the_form_is_taken()
    {
        using var api = new Api(new EmulatorOptions { AppSecret = "0123456789abcdef0123456789abcdef", AccessToken = "EAABtestToken123" });

        Answer answer = await api.PostAsync(api.MessagesPath, Api.Form($"recipient[id]=1&message[text]=a&appsecret_proof={PlainVector}"));

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData(IgLogin.Facebook, "/v25.0/me", "name,id")]
    [InlineData(IgLogin.Facebook, "/v25.0/ACCOUNT?fields=id,name,messaging_feature_status", "name,messaging_feature_status,id")]
    [InlineData(IgLogin.Instagram, "/v25.0/me?fields=id,username", "username,id")]
    [InlineData(IgLogin.Instagram, "/v25.0/me", "id")]
    public async Task The_account_can_be_read(IgLogin login, string path, string members)
    {
        using var api = new Api(new EmulatorOptions { Login = login, Account = "17840000000000001" });

        Answer answer = await api.GetAsync(path.Replace("ACCOUNT", api.Emulator.Account, StringComparison.Ordinal));

        Assert.Equal(members, string.Join(",", answer.Members));
        Assert.Equal("17840000000000001", answer.Text("id"));
    }

    [Fact]
    public async Task A_HEAD_is_answered_like_a_GET_without_its_body()
    {
        using var api = new Api();

        Answer answer = await api.CallAsync(HttpMethod.Head, "/v25.0/me", null);

        Assert.Equal((200, string.Empty), (answer.Status, answer.Body));
        Assert.True(answer.Response.Content.Headers.ContentLength > 0);
    }

    [Fact]
    public async Task No_secret_is_kept_or_shown()
    {
        var options = new EmulatorOptions { AccessToken = "EAAcanaryToken", AppSecret = "canarySecret", RequestsKept = 10 };
        using var api = new Api(options);
        Answer[] answers =
        [
            await api.PostAsync($"{api.MessagesPath}?access_token=EAAcanaryToken&appsecret_proof=canaryProof", Api.Json(Hello)),
            await api.PostAsync($"{api.MessagesPath}?access_token=EAAcanaryOther", Api.Json(Hello)),
            await api.GetAsync("/v25.0/nowhere?access_token=EAAcanaryToken"),
        ];

        object[] shown = [.. answers.Select(answer => answer.Body), .. api.Emulator.Requests(), options, api.Emulator];
        Assert.DoesNotContain("canary", string.Join("\n", shown), StringComparison.OrdinalIgnoreCase);
    }
}
