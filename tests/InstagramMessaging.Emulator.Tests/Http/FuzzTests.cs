using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Http;

/// <summary>Requests broken at random, from a seed: each gets an answer or a closed connection, and the emulator goes on.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Cases = 700;

    private const string Json =
        """{"recipient":{"id":"1"},"message":{"attachments":[{"type":"image","payload":{"url":"https://a.b/c"}}]}}""";

    private const string Form = "recipient[id]=1&message[attachments][0][type]=image"
        + "&message[attachments][0][payload][url]=https%3A%2F%2Fa.b%2Fc&tag=%F0%9F";

    private const string Query = "?recipient={id:1}&message={'attachment':{'type':'video','payload':{'url':'https://a.b/c'}}}";

    private const string Parts = "--b\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\n{\"id\":\"1\"}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n{\"attachment\":{\"type\":\"image\",\"payload\":{}}}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
        + "\x89PNG\r\n\x1a\n\r\n--b--\r\n";

    private readonly Api _api = new();

    [Theory]
    [InlineData("bytes", 1)]
    [InlineData("head", 2)]
    [InlineData("json", 3)]
    [InlineData("form", 4)]
    [InlineData("query", 5)]
    [InlineData("multipart", 6)]
    [InlineData("chunked", 7)]
    public async Task Broken_requests_crash_and_hang_nothing(string kind, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Cases; i++)
        {
            byte[] request = Build(kind, random);
            string answer = await AskAsync(request);

            Assert.True(IsSound(answer), $"case {i} of seed {seed}: {answer}");
        }

        Assert.Equal(200, (await _api.SendTextToAsync("1")).Status);
    }

    public void Dispose() => _api.Dispose();

    private static bool IsSound(string answer) => answer.Length == 0
        || (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && !answer.Contains("The emulator failed", StringComparison.Ordinal));

    private async Task<string> AskAsync(byte[] request)
    {
        using RawClient raw = await RawClient.ConnectAsync(_api.Emulator.BaseUri);
        try
        {
            await raw.WriteAsync(request);
            raw.EndWriting();
            return await raw.ReadToEndAsync();
        }
        catch (IOException)
        {
            // Closed with bytes of ours unread.
            return string.Empty;
        }
    }

    private byte[] Build(string kind, Random random) => kind switch
    {
        "bytes" => Noise(random),
        "head" => Mutate([.. Head("application/json", string.Empty), .. Latin1($"Content-Length: {Json.Length}\r\n\r\n{Json}")], random),
        "json" => WithLength("application/json", string.Empty, Mutate(Latin1(Json), random)),
        "form" => WithLength("application/x-www-form-urlencoded", string.Empty, Mutate(Latin1(Form), random)),
        "query" => WithLength("application/json", Encoding.Latin1.GetString(Mutate(Latin1(Query), random)), []),
        "multipart" => WithLength("multipart/form-data; boundary=b", string.Empty, Mutate(Latin1(Parts), random)),
        _ =>
        [
            .. Head("application/json", string.Empty),
            .. Latin1("Transfer-Encoding: chunked\r\n\r\n"),
            .. Mutate(Latin1($"{Json.Length:x}\r\n{Json}\r\n0\r\n\r\n"), random),
        ],
    };

    private byte[] Head(string contentType, string query) => Latin1(
        $"POST {_api.MessagesPath}{query} HTTP/1.1\r\nHost: a\r\n"
        + $"Authorization: Bearer {_api.Emulator.AccessToken}\r\nContent-Type: {contentType}\r\n");

    private byte[] WithLength(string contentType, string query, byte[] body) =>
        [.. Head(contentType, query), .. Latin1($"Content-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 400)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>One to four small wounds: a byte changed, taken, doubled, or the end cut off.</summary>
    private static byte[] Mutate(byte[] bytes, Random random)
    {
        const string Likely = "{}[]\",:'\\\r\n-=;%&\0 0";
        var result = bytes.ToList();
        for (int wounds = random.Next(1, 5); wounds > 0 && result.Count > 0; wounds--)
        {
            int at = random.Next(result.Count);
            switch (random.Next(5))
            {
                case 0:
                    result[at] = (byte)random.Next(256);
                    break;
                case 1:
                    result[at] = (byte)Likely[random.Next(Likely.Length)];
                    break;
                case 2:
                    result.RemoveAt(at);
                    break;
                case 3:
                    result.InsertRange(at, result.GetRange(at, Math.Min(random.Next(1, 30), result.Count - at)));
                    break;
                default:
                    result.RemoveRange(at, result.Count - at);
                    break;
            }
        }

        return [.. result];
    }
}
