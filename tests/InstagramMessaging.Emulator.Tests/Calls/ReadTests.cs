using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.State;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

/// <summary>The account, its Pages, its token, and who it talks with.</summary>
public sealed class ReadTests : IDisposable
{
    private readonly Api _api = new();

    [Fact]
    public async Task The_Pages_of_a_user_are_the_one_Page_with_its_token_and_account()
    {
        Answer answer = await _api.GetAsync("/v25.0/me/accounts?fields=id,name,access_token,tasks,instagram_business_account{id,username}");

        JsonElement page = Assert.Single(answer.Json.GetProperty("data").EnumerateArray());
        Assert.Equal(_api.Emulator.Account, page.GetProperty("id").GetString());
        Assert.Equal(_api.Emulator.AccessToken, page.GetProperty("access_token").GetString());
        Assert.Contains("MESSAGING", page.GetProperty("tasks").EnumerateArray().Select(task => task.GetString()));
        Assert.Equal(
            """{"username":"offline.shop","id":"17841405309211844"}""", page.GetProperty("instagram_business_account").GetRawText());
    }

    [Fact]
    public async Task The_Pages_come_with_category_and_tasks_unasked()
    {
        Answer answer = await _api.GetAsync("/v25.0/me/accounts");

        Assert.Equal(
            ["access_token", "category", "category_list", "name", "tasks", "id"],
            answer.Json.GetProperty("data")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_Page_tells_its_token()
    {
        Answer answer = await _api.GetAsync($"/v25.0/{_api.Emulator.Account}?fields=access_token");

        Assert.Equal(_api.Emulator.AccessToken, answer.Text("access_token"));
    }

    [Fact]
    public async Task An_account_of_Instagram_login_tells_who_it_is()
    {
        using var api = new Api(new EmulatorOptions { Login = IgLogin.Instagram });

        Answer answer = await api.GetAsync("/v25.0/me?fields=id,username,user_id,name,account_type");

        Assert.Equal((api.Emulator.Account, "offline.shop", "BUSINESS"), (answer.Text("user_id"), answer.Text("username"), answer.Text("account_type")));
    }

    [Theory]
    [InlineData(IgLogin.Facebook, "PAGE", "instagram_manage_messages")]
    [InlineData(IgLogin.Instagram, "USER", "instagram_business_manage_messages")]
    public async Task A_good_token_is_told_to_be_valid_for_good(IgLogin login, string type, string scope)
    {
        using var api = new Api(new EmulatorOptions { Login = login });

        Answer answer = await api.GetAsync($"/v25.0/debug_token?input_token={api.Emulator.AccessToken}");

        JsonElement data = answer.Json.GetProperty("data");
        Assert.Equal((type, true, 0), (data.GetProperty("type").GetString(), data.GetProperty("is_valid").GetBoolean(), data.GetProperty("expires_at").GetInt32()));
        Assert.Contains(scope, data.GetProperty("scopes").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(data.GetProperty("scopes").GetArrayLength(), data.GetProperty("granular_scopes").GetArrayLength());
    }

    [Fact]
    public async Task A_bad_token_is_no_error_but_told_in_the_answer()
    {
        Answer answer = await _api.GetAsync("/v25.0/debug_token?input_token=EAAsomethingElse");

        JsonElement data = answer.Json.GetProperty("data");
        Assert.Equal(200, answer.Status);
        Assert.False(data.GetProperty("is_valid").GetBoolean());
        Assert.Equal(190, data.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task The_apps_own_token_may_look_at_one_that_has_expired()
    {
        using var api = new Api(new EmulatorOptions { AppSecret = "0123456789abcdef", AccessToken = "EAAtokenOfTheTest" });
        string look = $"/v25.0/debug_token?input_token=EAAtokenOfTheTest&access_token={Uri.EscapeDataString("634207001234567|0123456789abcdef")}";
        Answer before = await api.CallAsync(System.Net.Http.HttpMethod.Get, look, null, string.Empty);
        api.Emulator.ExpireToken();

        Answer after = await api.CallAsync(System.Net.Http.HttpMethod.Get, look, null, string.Empty);

        Assert.True(before.Json.GetProperty("data").GetProperty("is_valid").GetBoolean());
        Assert.Equal(463, after.Json.GetProperty("data").GetProperty("error").GetProperty("subcode").GetInt32());
    }

    [Fact]
    public async Task A_person_who_wrote_has_a_profile()
    {
        _api.Emulator.AddCustomer(new Customer("171") { Name = "Ana", UserName = "ana.m" });

        Answer answer = await _api.GetAsync(
            "/v25.0/171?fields=name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user");

        Assert.Equal(
            ["name", "username", "profile_pic", "follower_count", "is_user_follow_business", "is_business_follow_user", "is_verified_user", "id"],
            answer.Members);
        Assert.Equal(("Ana", "ana.m", "171"), (answer.Text("name"), answer.Text("username"), answer.Text("id")));
    }

    [Fact]
    public async Task The_magic_person_without_consent_takes_messages()
    {
        Answer answer = await _api.SendTextToAsync("90000000000000020");

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("/v25.0/me?fields=id,name&format=json&pretty=1&locale=de_DE")]
    [InlineData("/v25.0/me/?fields=id,%20name")]
    [InlineData("/v25.0//me?fields=name,name")]
    [InlineData("/v2.6/me?fields=name")]
    public async Task What_public_clients_add_to_a_read_is_taken(string path)
    {
        Answer answer = await _api.GetAsync(path);

        Assert.Equal((200, "Offline Shop"), (answer.Status, answer.Text("name")));
    }

    [Theory]
    [InlineData("v2.6")]
    [InlineData("v6.0")]
    [InlineData("v19.0")]
    public async Task A_version_that_has_ended_answers_as_the_oldest_that_has_not(string version)
    {
        Answer answer = await _api.GetAsync($"/{version}/me");

        Assert.Equal((200, "v20.0"), (answer.Status, answer.Header("facebook-api-version")));
    }

    public void Dispose() => _api.Dispose();
}
