using System;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Http;

public sealed class HttpTests : IDisposable
{
    private const string Body = """{"recipient":{"id":"1"},"message":{"text":"Hello"}}""";

    private readonly Api _api = new();

    private string Head => $"POST {_api.MessagesPath} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {_api.Emulator.AccessToken}\r\n"
        + "Content-Type: application/json\r\n";

    private string Request => $"{Head}Content-Length: {Body.Length}\r\n\r\n{Body}";

    [Fact]
    public async Task A_connection_serves_request_after_request()
    {
        using RawClient raw = await ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            await raw.WriteAsync(Request);
            string answer = await raw.ReadUntilAsync("\"}");
            Assert.Contains("Connection: keep-alive", answer, StringComparison.Ordinal);
        }

        Assert.Equal(3, _api.Emulator.Messages().Count);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        using RawClient raw = await ConnectAsync();
        await raw.WriteAsync(Request + Request.Replace("Hello", "World", StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 200", await raw.ReadUntilAsync("\"}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await raw.ReadUntilAsync("\"}"), StringComparison.Ordinal);
        Assert.Equal("World", _api.Emulator.Messages()[1].Content);
    }

    [Fact]
    public async Task A_refused_body_is_read_to_its_end_so_that_the_next_request_is_understood()
    {
        using RawClient raw = await ConnectAsync();
        string plain = Head.Replace("application/json", "text/plain", StringComparison.Ordinal);
        await raw.WriteAsync($"{plain}Content-Length: {Request.Length}\r\n\r\n{Request}{Request}");

        Assert.StartsWith("HTTP/1.1 400", await raw.ReadUntilAsync("}}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await raw.ReadUntilAsync("\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_with_extensions_and_trailers_is_read()
    {
        using RawClient raw = await ConnectAsync();
        string rest = (Body.Length - 10).ToString("X", CultureInfo.InvariantCulture);
        await raw.WriteAsync($"{Head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        await raw.WriteAsync($"a;x=1\r\n{Body[..10]}\r\n{rest}\r\n{Body[10..]}\r\n0\r\nX-Sum: 1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_Continue_gets_it_before_the_body()
    {
        using RawClient raw = await ConnectAsync();
        await raw.WriteAsync($"{Head}Expect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await raw.ReadUntilAsync("\r\n\r\n"));

        await raw.WriteAsync(Body);
        Assert.StartsWith("HTTP/1.1 200", await raw.ReadUntilAsync("\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_1_0_is_answered_and_closed()
    {
        using RawClient raw = await ConnectAsync();
        await raw.WriteAsync(Request.Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal));

        string answer = await raw.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("G\u00c9T / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 67108865\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", 400)]
    public async Task What_is_not_HTTP_is_refused_and_closed(string request, int status)
    {
        using RawClient raw = await ConnectAsync();
        await raw.WriteAsync(request);
        raw.EndWriting();

        Assert.StartsWith($"HTTP/1.1 {status} ", await raw.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (await _api.SendTextToAsync("1")).Status);
    }

    [Fact]
    public async Task A_head_over_64_KB_is_refused()
    {
        using RawClient raw = await ConnectAsync();
        await raw.WriteAsync($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', 70_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431", await raw.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_JSON_body_over_1_MB_is_refused()
    {
        Answer answer = await _api.SendMessageAsync($$"""{"text":"{{new string('a', 1_100_000)}}"}""");

        Assert.Equal(413, answer.Status);
    }

    [Theory]
    [InlineData("POST / HT")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab")]
    public async Task A_client_that_stalls_is_cut_off(string beginning)
    {
        using var api = new Api(new EmulatorOptions { SlowClientTimeout = TimeSpan.FromMilliseconds(200) });
        using RawClient raw = await RawClient.ConnectAsync(api.Emulator.BaseUri);
        await raw.WriteAsync(beginning);

        string answer;
        try
        {
            answer = await raw.ReadToEndAsync();
        }
        catch (System.IO.IOException)
        {
            answer = string.Empty;
        }

        Assert.Equal(string.Empty, answer);
    }

    [Fact]
    public async Task Many_connections_are_served_at_once()
    {
        await Parallel.ForAsync(0, 50, async (_, _) =>
        {
            using RawClient raw = await ConnectAsync();
            for (int i = 0; i < 4; i++)
            {
                await raw.WriteAsync(Encoding.ASCII.GetBytes(Request));
                Assert.StartsWith("HTTP/1.1 200", await raw.ReadUntilAsync("\"}"), StringComparison.Ordinal);
            }
        });

        Assert.Equal(200, _api.Emulator.Messages().Count);
    }

    public void Dispose() => _api.Dispose();

    private Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(_api.Emulator.BaseUri);
}
