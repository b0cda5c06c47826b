using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Http;

/// <summary>
/// A hundred thousand requests broken at random, from seeds: each gets an answer or a closed connection, and the emulator goes on.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const string Json =
        """{"recipient":{"id":"1"},"message":{"attachments":[{"type":"image","payload":{"url":"https://a.b/c"}}]},"access_token":"EAAother"}""";

    private const string Form = "recipient[id]=1&message[attachments][0][type]=image"
        + "&message[attachments][0][payload][url]=https%3A%2F%2Fa.b%2Fc&tag=%F0%9F";

    private const string Query = "recipient={id:1}&message={'attachment':{'type':'video','payload':{'url':'https://a.b/c'}}}&appsecret_proof=abc";

    private const string Fields = "fields=id,updated_time,participants{id},messages.limit(2).after(cGxhY2U6MQ){id,from{username},reactions}"
        + "&platform=instagram&limit=3&after=cGxhY2U6MDAwMDAwMDAwNA&user_id=1";

    private const string Parts = "--b\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\n{\"id\":\"1\"}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=message\r\n\r\n{\"attachment\":{\"type\":\"image\",\"payload\":{}}}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
        + "\x89PNG\r\n\x1a\n\r\n--b--\r\n";

    private Api? _api;

    public static TheoryData<string, int, int, bool> Kinds => new()
    {
        { "bytes", 1, 6_000, false },
        { "head", 2, 8_000, false },
        { "chunked", 3, 6_000, false },
        { "json", 4, 12_000, false },
        { "json", 5, 8_000, true },
        { "form", 6, 10_000, false },
        { "form", 7, 5_000, true },
        { "query", 8, 10_000, false },
        { "multipart", 9, 10_000, false },
        { "fields", 10, 15_000, false },
        { "path", 11, 10_000, false },
    };

    [Fact]
    public void There_are_a_hundred_thousand_of_them() => Assert.Equal(100_000, Kinds.Sum(row => (int)row[2]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Broken_requests_crash_and_hang_nothing(string kind, int seed, int cases, bool isLoose)
    {
        _api = new Api(new EmulatorOptions { IsLoose = isLoose });
        await FillAsync(_api);
        string[] paths = await PathsAsync(_api);
        using var client = new FuzzClient(_api.Emulator.BaseUri);
        var random = new Random(seed);
        for (int i = 0; i < cases; i++)
        {
            byte[] request = Build(kind, random, paths);

            // Where the length itself may be broken, only the end of the connection tells where the request ends.
            string answer = await client.AskAsync(request, isLast: kind is "bytes" or "head" or "chunked");

            Assert.True(IsSound(answer), $"case {i} of seed {seed}: {answer}\n{Encoding.Latin1.GetString(request)}");
        }

        Assert.Equal(200, (await _api.SendTextToAsync("1")).Status);
        Assert.NotEmpty(_api.Emulator.Requests());
    }

    public void Dispose() => _api?.Dispose();

    private static bool IsSound(string answer) => answer.Length == 0
        || (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && !answer.Contains("The emulator failed", StringComparison.Ordinal));

    private static async Task FillAsync(Api api)
    {
        for (int i = 0; i < 10; i++)
            await api.SendTextToAsync($"{i / 2}");
    }

    private static async Task<string[]> PathsAsync(Api api)
    {
        Answer list = await api.GetAsync("/v25.0/me/conversations?platform=instagram");
        string conversation = list.Json.GetProperty("data")[0].GetProperty("id").GetString()!;
        string message = api.Emulator.Messages()[0].MessageId;
        return
        [
            "/v25.0/me", "/v25.0/me/conversations", "/v25.0/me/accounts", "/v25.0/debug_token", $"/v25.0/{conversation}",
            $"/v25.0/{conversation}/messages", $"/v25.0/{message}", "/v25.0/1", $"/v25.0/{api.Emulator.Account}/conversations",
        ];
    }

    private byte[] Build(string kind, Random random, string[] paths) => kind switch
    {
        "bytes" => Wounds.Noise(random),
        "head" => Wounds.Mutate([.. Head("POST", _api!.MessagesPath, "application/json"), .. Latin1($"Content-Length: {Json.Length}\r\n\r\n{Json}")], random),
        "json" => WithLength("application/json", Wounds.Mutate(Latin1(Json), random)),
        "form" => WithLength("application/x-www-form-urlencoded", Wounds.Mutate(Latin1(Form), random)),
        "query" => Get("POST", _api!.MessagesPath, Line(Wounds.Mutate(Latin1(Query), random))),
        "multipart" => WithLength("multipart/form-data; boundary=b", Wounds.Mutate(Latin1(Parts), random)),
        "fields" => Get("GET", paths[random.Next(paths.Length)], Line(Wounds.Mutate(Latin1(Fields), random))),
        "path" => Get(random.Next(4) == 0 ? "POST" : "GET", "/" + Line(Wounds.Mutate(Latin1(paths[random.Next(paths.Length)]), random)), "fields=id"),
        _ =>
        [
            .. Head("POST", _api!.MessagesPath, "application/json"),
            .. Latin1("Transfer-Encoding: chunked\r\n\r\n"),
            .. Wounds.Mutate(Latin1($"{Json.Length:x}\r\n{Json}\r\n0\r\n\r\n"), random),
        ],
    };

    /// <summary>What would end the request line, and so begin another request, is percent-encoded now and then, and else taken out.</summary>
    private static string Line(byte[] bytes) => string.Concat(Encoding.Latin1.GetString(bytes).Select(c => c switch
    {
        '\r' or '\n' or ' ' or '#' => $"%{(int)c:X2}",
        > '~' or < ' ' => $"%{(int)c:x2}",
        _ => c.ToString(),
    }));

    private byte[] Head(string method, string target, string contentType) => Latin1(
        $"{method} {target} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {_api!.Emulator.AccessToken}\r\nContent-Type: {contentType}\r\n");

    private byte[] Get(string method, string path, string query) => [.. Head(method, $"{path}?{query}", "application/json"), .. Latin1("\r\n")];

    private byte[] WithLength(string contentType, byte[] body) =>
        [.. Head("POST", _api!.MessagesPath, contentType), .. Latin1($"Content-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);
}
