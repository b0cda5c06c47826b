using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class RequestLogTests : IDisposable
{
    private const string Token = "EAAcanaryToken+/=with(marks)";
    private const string Secret = "canarySecret0123456789";
    private const string Proof = "canaryProof0123456789abcdef";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");

    [Fact]
    public async Task A_request_and_its_answer_are_kept_whole()
    {
        using var api = new Api();
        Answer answer = await api.SendMessageAsync("""{"text":"Grüße"}""");
        await api.SendMessageAsync("""{"text":""}""");

        IgEmulatorRequest request = api.Emulator.Requests()[0];
        Assert.Equal((1, "POST", api.MessagesPath, 200), (request.Number, request.Method, request.Target, request.StatusCode));
        Assert.Equal($$$"""{"recipient":{"id":"{{{Api.Person}}}"},"message":{"text":"Grüße"}}""", request.RequestBody);
        Assert.Equal((answer.Body, "Whole", null, null), (request.AnswerBody, request.Ending, request.Rule, request.Fault));
        Assert.Equal(("application/json", "***"), (request.RequestHeaders["Content-Type"], request.RequestHeaders["Authorization"]));
        Assert.Equal("v25.0", request.AnswerHeaders["facebook-api-version"]);
        Assert.Equal("TextNotEmpty", api.Emulator.Requests()[1].Rule);
    }

    [Fact]
    public async Task A_form_is_kept_field_by_field_and_of_a_file_what_is_known_of_it()
    {
        using var api = new Api();
        await api.PostAsync(api.UploadsPath, Multipart.Upload("image").File(Multipart.Png, "image/png", "a.png").End());
        await api.PostAsync(api.MessagesPath + "?format=json", Api.Form("recipient[id]=1&message[text]=a%20b"));

        Assert.Matches("^platform=instagram\nmessage=.*\nfiledata=<a.png, image/png, 64 bytes, sha256 [0-9a-f]{64}>$", api.Emulator.Requests()[0].RequestBody);
        Assert.Equal(("recipient[id]=1\nmessage[text]=a b", $"{api.MessagesPath}?format=json"), (api.Emulator.Requests()[1].RequestBody, api.Emulator.Requests()[1].Target));
    }

    [Fact]
    public async Task What_the_client_saw_of_an_answer_is_told()
    {
        using var api = new Api();
        await Assert.ThrowsAsync<HttpRequestException>(() => api.SendTextToAsync("90000000000000015"));

        IgEmulatorRequest request = Assert.Single(api.Emulator.Requests());
        Assert.Equal(("Half", "AcceptedThenHalfAnswer"), (request.Ending, request.Fault));
    }

    [Fact]
    public async Task The_file_has_a_line_of_JSON_for_each_request_and_goes_on_where_it_ended()
    {
        for (int run = 0; run < 2; run++)
        {
            using var api = new Api(new EmulatorOptions { LogPath = _path, RequestsKept = 0 });
            await api.SendMessageAsync("""{"text":"two\nlines"}""");
            await api.GetAsync("/v25.0/me");
            Assert.Equal((run + 1) * 2, Lines().Length);
        }

        JsonElement line = JsonDocument.Parse(Lines()[0]).RootElement;
        Assert.Equal(
            ["number", "at", "method", "target", "requestHeaders", "requestBody", "status", "rule", "fault", "ending", "answerHeaders", "answerBody"],
            line.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, 200), (line.GetProperty("number").GetInt32(), line.GetProperty("status").GetInt32()));
    }

    [Fact]
    public void A_log_that_cannot_be_written_stops_the_start()
    {
        Assert.ThrowsAny<IOException>(() => GraphEmulator.Start(new EmulatorOptions { LogPath = Path.Combine(_path, "no", "such.jsonl") }));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task No_secret_is_kept_wherever_it_stands(string place)
    {
        using var api = new Api(new EmulatorOptions { AccessToken = Token, AppSecret = Secret, LogPath = _path });
        string escaped = Uri.EscapeDataString(Token);
        await Senders[place](api, escaped);

        string shown = string.Join("\n", api.Emulator.Requests().Select(Show)) + File.ReadAllText(_path);
        Assert.NotEmpty(api.Emulator.Requests());
        Assert.DoesNotContain("canary", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("with(marks", shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("***", shown, StringComparison.Ordinal);
    }

    public static TheoryData<string> Places => new(Senders.Keys);

    private static Dictionary<string, Func<Api, string, Task>> Senders { get; } = new()
    {
        ["the header"] = (api, _) => api.SendTextToAsync("1"),
        ["a header of another kind"] = (api, _) => RawAsync(api, $"X-Access-Token: {Token}\r\nCookie: c=canary\r\n", string.Empty),
        ["a header with another name"] = (api, _) => RawAsync(api, $"X-Note: it is {Token}\r\n", string.Empty),
        ["a header without its scheme"] = (api, _) => RawAsync(api, "Authorization: Basic canaryOfBasic\r\n", string.Empty),
        ["the query"] = (api, token) => api.GetAsync($"/v25.0/me?access_token={token}&appsecret_proof={Proof}"),
        ["a query with another token"] = (api, _) => api.GetAsync("/v25.0/me?access_token=EAAcanaryOther"),
        ["a query with an escaped name"] = (api, token) => api.GetAsync($"/v25.0/me?access%5Ftoken={token}&Appsecret%5fProof=canary"),
        ["a query that is broken"] = (api, token) => api.GetAsync($"/v25.0/me?access_token={token}&a=%zz"),
        ["a query of debug_token"] = (api, _) => api.GetAsync("/v25.0/debug_token?input_token=canaryInput"),
        ["the path"] = (api, token) => api.GetAsync($"/v25.0/{token}/messages"),
        ["the path, another token"] = (api, _) => api.GetAsync("/v25.0/EAAcanaryOther123"),
        ["JSON"] = (api, _) => api.SendAsync($$"""{"access_token":"{{Token}}","appsecret_proof":"{{Proof}}","recipient":{"id":"1"},"message":{"text":"a"} }"""),
        ["JSON, deep inside"] = (api, _) => api.SendAsync("""{"recipient":{"id":"1"},"message":{"text":"a","attachment":{"client_secret":"canary"}}}"""),
        ["JSON, as a number and a list"] = (api, _) => api.SendAsync("""{"access_token":["canary"],"recipient":{"id":"1"}}"""),
        ["JSON, escaped"] = (api, _) => api.SendAsync("""{"access\u005ftoken":"can\u0061ry","recipient":{"id":"1"}}"""),
        ["JSON, in a text"] = (api, _) => api.SendMessageAsync($$"""{"text":"my token is {{Token}} and my secret {{Secret}}"}"""),
        ["JSON that is broken"] = (api, _) => api.SendAsync($$"""{"access_token":"{{Token}}","appsecret_proof" : "canary proof", recipient"""),
        ["JSON that is broken, escaped"] = (api, _) => api.SendAsync("""{"access\u005ftoken":"can\u0061ry canary", recipient"""),
        ["a form"] = (api, token) => api.PostAsync(api.MessagesPath, Api.Form($"access_token={token}&appsecret_proof={Proof}&recipient[id]=1")),
        ["a form, nested"] = (api, token) => api.PostAsync(api.MessagesPath, Api.Form($"message[access_token]={token}&recipient[id]=1")),
        ["a form, JSON in a field"] = (api, _) => api.PostAsync(
            api.MessagesPath, Api.Form(Api.Pairs(("recipient", "{\"id\":\"1\",\"access_token\":\"canaryOther\"}"), ("message", "{}")))),
        ["a form that is broken"] = (api, token) => api.PostAsync(api.MessagesPath, Api.Form($"access_token={token}&a=%z")),
        ["a form of another type"] = (api, token) => api.PostAsync(api.MessagesPath, Api.Bytes(System.Text.Encoding.ASCII.GetBytes($"access_token={token}"), "text/plain")),
        ["multipart"] = (api, _) => api.PostAsync(
            api.UploadsPath, Multipart.Upload("image").Field("access_token", Token).Field("appsecret_proof", Proof).File(Multipart.Png, "image/png").End()),
        ["the name of a file"] = (api, _) => api.PostAsync(api.UploadsPath, Multipart.Upload("image").File(Multipart.Png, "image/png", $"{Token}.png").End()),
        ["the answer"] = async (api, _) =>
        {
            string proof = ProofOf();
            await api.GetAsync($"/v25.0/me?fields=access_token&appsecret_proof={proof}");
            await api.GetAsync($"/v25.0/me/accounts?appsecret_proof={proof}");
            Answer shown = await api.GetAsync($"/v25.0/me/accounts?fields=access_token&appsecret_proof={proof}");
            Assert.Contains("canaryToken", shown.Body, StringComparison.Ordinal);
        },
    };

    public void Dispose() => File.Delete(_path);

    private static string Show(IgEmulatorRequest request) => string.Join(
        "\n",
        [
            request.ToString(), request.RequestBody, request.AnswerBody,
            .. request.RequestHeaders.Values, .. request.AnswerHeaders.Values,
        ]);

    private static string ProofOf() => Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(Secret), System.Text.Encoding.UTF8.GetBytes(Token))).ToLowerInvariant();

    private static async Task RawAsync(Api api, string headers, string body)
    {
        using RawClient raw = await RawClient.ConnectAsync(api.Emulator.BaseUri);
        await raw.WriteAsync($"POST {api.MessagesPath} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");
        await raw.ReadToEndAsync();
    }

    private string[] Lines()
    {
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
