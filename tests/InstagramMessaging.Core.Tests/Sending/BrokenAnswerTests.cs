using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Microsoft.FSharp.Core;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Whatever bytes come back, a row that went out has an outcome: an exception in its place would lose it.</summary>
public class BrokenAnswerTests
{
    private static readonly Dictionary<string, byte[]> Answers = new()
    {
        ["a body that is not the gzip it says"] = RawServer.Answer("Content-Encoding: gzip\r\n", Encoding.ASCII.GetBytes("{\"message_id\":\"m_1\"}")),
        ["a gzip header and no more"] = RawServer.Answer("Content-Encoding: gzip\r\n", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF]),
        ["a body that is not the deflate it says"] = RawServer.Answer("Content-Encoding: deflate\r\n", Encoding.ASCII.GetBytes("{\"message_id\":\"m_1\"}")),
        ["an ANSI body"] = RawServer.Answer("Content-Type: application/json\r\n", Encoding.Latin1.GetBytes("{\"message_id\":\"\u00FC\u00FC\"}")),
        ["an ANSI error"] = RawServer.Answer("Content-Type: application/json\r\n", Encoding.Latin1.GetBytes("{\"error\":{\"message\":\"\u00FCber\",\"code\":2}}")),
        ["a UTF-16 body"] = RawServer.Answer(string.Empty, Encoding.Unicode.GetBytes("{\"message_id\":\"m_1\"}")),
        ["no HTTP at all"] = Encoding.ASCII.GetBytes("220 mail.example.com ESMTP\r\n"),
        ["nothing"] = [],
        ["a broken chunk"] = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
        ["a header without a colon"] = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nbroken header\r\nContent-Length: 2\r\n\r\n{}"),
        ["two lengths"] = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}"),
        ["zeros"] = new byte[300],
        ["a body cut at the end of the connection"] = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n{\"recipient_id\":\"1\",\"message_id\":\"m"),
        ["a tower of brackets"] = RawServer.Answer(string.Empty, Encoding.ASCII.GetBytes(new string('[', 5000))),
        ["more than any answer of Graph's"] = RawServer.Answer(string.Empty, Encoding.ASCII.GetBytes(new string(' ', 3_000_000) + "x")),
    };

    /// <summary>By name: the runner would write each answer out.</summary>
    public static TheoryData<string> Broken => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_answer_leaves_the_row_unknown(string what)
    {
        using var server = new RawServer(Answers[what]);
        using var stage = new Stage(baseUri: server.BaseUri);

        RowOutcome outcome = await stage.SendAsync(Stage.Text(), retries: 3);

        Assert.True((IgSendStatus.Unknown, "IgOutcomeUnknown") == (outcome.Status, outcome.Error?.ErrorId), outcome.ToString());
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n31\r\n{\"recipient_id\":\"17841\",\"message_id\":\"mid.chunk\"}\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n{\"recipient_id\":\"17841\",\"message_id\":\"mid.chunk\"}")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"recipient_id\":\"17841\",\"message_id\":\"mid.chunk\"}")]
    public async Task A_whole_answer_counts_however_it_is_framed(string answer)
    {
        using var server = new RawServer(answer);
        using var stage = new Stage(baseUri: server.BaseUri);
        Assert.Equal("mid.chunk", (await stage.SendAsync(Stage.Text())).MessageId);
    }

    [Fact]
    public void Any_answer_gives_an_outcome_and_only_a_2xx_with_ids_is_sent()
    {
        string[] pieces =
        [
            "{", "}", "[", "]", ":", ",", "\"error\"", "\"message_id\"", "\"recipient_id\"", "\"code\"", "\"message\"", "\"error_subcode\"", "\"m_1\"", "10", "-1",
            "2534022", "1e9", "null", "true", "\"\\uD800\"", "\"\"", " ", "<html>", "\u00FC",
        ];
        Gen<string> soup = Gen.Elements(pieces).ArrayOf().Select(string.Concat);
        Gen<string> shaped = Gen.Elements(pieces).Three().Select(p => "{\"error\":{\"code\":" + p.Item1 + ",\"error_subcode\":" + p.Item2 + "},\"message_id\":" + p.Item3 + "}");
        var answers = Arb.From(Gen.Elements(200, 201, 302, 400, 403, 500, 502).SelectMany(_ => Gen.OneOf(soup, shaped), (status, body) => (Status: status, Body: body)));
        Config config = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(4711, 5), null)));
        using var stage = new Stage();

        Check.One(config, Prop.ForAll(answers, async answer =>
        {
            stage.Server.Next(new Reply(answer.Status, answer.Body));
            RowOutcome outcome = await stage.SendAsync(Stage.Text());
            bool mayBeSent = answer.Status is 200 or 201 && answer.Body.Contains("\"message_id\"", StringComparison.Ordinal);
            return mayBeSent || outcome.Status != IgSendStatus.Sent;
        }));
    }
}
