using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>The table of outcomes of design section 4, where no whole answer came.</summary>
public class TransportTests
{
    [Fact]
    public async Task Nobody_listening_is_tried_again_and_then_failed_for_certain()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(baseUri: nobody.BaseUri);
        SendRun run = stage.Run(retries: 3);

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal((IgSendStatus.Failed, "IgUnreachable", 4), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Null(outcome.Error!.StatusCode);
        Assert.Null(run.StopReason);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_was_never_told_the_message()
    {
        using var server = new RawServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        using var stage = new Stage(baseUri: new UriBuilder(server.BaseUri) { Scheme = "https" }.Uri);

        RowOutcome outcome = await stage.SendAsync(Stage.Text(), retries: 1);

        Assert.Equal((IgSendStatus.Failed, "IgUnreachable", 2), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
    }

    [Fact]
    public async Task A_connection_that_is_never_made_is_unreachable_and_not_unknown()
    {
        // On Linux a listener whose queue is full lets further connections hang; elsewhere it refuses, which another test covers.
        if (!OperatingSystem.IsLinux())
            return;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        using Crowd crowd = await Crowd.BeforeAsync(endPoint);
        using var stage = new Stage(baseUri: new Uri($"http://{endPoint}"));

        Task<RowOutcome> sending = stage.Run().SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        while (!sending.IsCompleted)
        {
            // The timer of the attempt may not have been set yet at the first move.
            stage.Clock.Move(WatchedClock.AttemptTimeout);
            await Task.WhenAny(sending, Task.Delay(10));
        }

        RowOutcome outcome = await sending;
        Assert.Equal((IgSendStatus.Failed, "IgUnreachable"), (outcome.Status, outcome.Error?.ErrorId));
    }

    [Theory]
    [InlineData(Ending.Reset)]
    [InlineData(Ending.Half)]
    public async Task A_send_whose_answer_was_lost_is_unknown_and_never_repeated(Ending ending)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(ending));
        SendRun run = stage.Run(retries: 5);

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal((IgSendStatus.Unknown, "IgOutcomeUnknown", 1), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Single(stage.Requests);
        Assert.Equal(IgSendStatus.Sent, (await stage.SendAsync(run, Stage.Text("next"))).Status);
    }

    [Fact]
    public async Task A_send_that_timed_out_is_never_repeated()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Silence));

        Task<RowOutcome> sending = stage.Run(retries: 5).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        await stage.ArrivedAsync(1);
        stage.Clock.Move(WatchedClock.AttemptTimeout - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        stage.Clock.Move(TimeSpan.FromSeconds(1));
        RowOutcome outcome = await stage.Clock.SitThroughAsync(sending);

        Assert.Equal((IgSendStatus.Unknown, "IgOutcomeUnknown", 1), (outcome.Status, outcome.Error?.ErrorId, outcome.Attempts));
        Assert.Single(stage.Requests);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task An_answer_that_stalls_half_way_ends_with_the_attempts_time(string encoding)
    {
        byte[] whole = RawServer.Answer($"Content-Type: application/json\r\nContent-Encoding: {encoding}\r\n", Packed(encoding));
        using var server = new RawServer(whole[..^200], closes: false);
        using var stage = new Stage(baseUri: server.BaseUri);

        Task<RowOutcome> sending = stage.Run(retries: 5).SendAsync(Stage.Text(), CancellationToken.None, CancellationToken.None);
        while (server.Answers == 0)
            await Task.Delay(2);
        await Task.Delay(30);
        stage.Clock.Move(WatchedClock.AttemptTimeout);

        Assert.Equal("IgOutcomeUnknown", (await stage.Clock.SitThroughAsync(sending)).Error?.ErrorId);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_drops_at_the_next_send_gives_no_second_request()
    {
        using var stage = new Stage();
        SendRun run = stage.Run(retries: 5);
        await stage.SendAsync(run, Stage.Text("first"));
        stage.Server.Next(Reply.Cut(Ending.Reset));

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text("second"));

        Assert.Equal(IgSendStatus.Unknown, outcome.Status);
        Assert.Equal(2, stage.Requests.Count);
    }

    [Fact]
    public async Task A_direct_file_whose_answer_was_lost_is_never_repeated()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Reset));

        RowOutcome outcome = await stage.SendAsync(Stage.Media(new([], [folder.File("a.png", "png")], [], null, IsDirect: true)), retries: 5);

        Assert.Equal(IgSendStatus.Unknown, outcome.Status);
        Assert.Single(stage.Requests);
    }

    public static TheoryData<string> Repeatable => ["react", "unreact", "upload"];

    [Theory]
    [MemberData(nameof(Repeatable))]
    public async Task What_does_no_harm_twice_is_repeated_after_every_doubt(string kind)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Reset), Reply.Error(500, 2), new Reply(502, "<html>"), Reply.Cut(Ending.Half), Reply.Json("{}"));

        RowOutcome outcome = await stage.SendAsync(Request(kind), retries: 5);

        Assert.Equal((IgSendStatus.Sent, 6), (outcome.Status, outcome.Attempts));
        Assert.Equal(6, stage.Requests.Count);
    }

    [Theory]
    [InlineData("react", IgSendStatus.Unknown)]
    [InlineData("unreact", IgSendStatus.Unknown)]
    [InlineData("upload", IgSendStatus.Failed)]
    public async Task Doubtful_to_the_last_try_a_reaction_is_unknown_and_an_upload_has_failed(string kind, IgSendStatus expected)
    {
        // Whatever became of an upload, no message left.
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Reset), Reply.Cut(Ending.Reset), Reply.Cut(Ending.Reset));
        SendRun run = stage.Run(retries: 2);

        RowOutcome outcome = await stage.SendAsync(run, Request(kind));

        Assert.Equal((expected, 3), (outcome.Status, outcome.Attempts));
        Assert.Null(run.StopReason);
    }

    [Fact]
    public async Task An_upload_lost_on_the_way_is_repeated_and_its_message_sent_once()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        stage.Server.Next(Reply.Cut(Ending.Reset), Reply.Error(500, 2), Reply.Json("""{"attachment_id":"77"}"""), Reply.Cut(Ending.Reset));

        RowOutcome outcome = await stage.SendAsync(Stage.Media(new([], [folder.File("a.png", "png")], [], null)), retries: 5);

        Assert.Equal((IgSendStatus.Unknown, "77"), (outcome.Status, outcome.AttachmentId));
        Assert.Equal((3, 1), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
    }

    private static SendRequest Request(string kind) => kind switch
    {
        "upload" => Stage.Upload(),
        "react" => Stage.React(),
        _ => new SendRequest(Stage.Recipient, new ReactionPayload("m_1", null), Envelope.None),
    };

    private static byte[] Packed(string encoding)
    {
        // Long and without repetitions, so that half of it is half of it when packed, too.
        string json = "{\"message_id\":\"" + string.Concat(Enumerable.Range(0, 200).Select(i => (i * 7919).ToString(CultureInfo.InvariantCulture))) + "\"}";
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest, true)
            : encoding == "deflate" ? new ZLibStream(packed, CompressionLevel.Fastest, true)
            : new BufferedStream(packed))
            packer.Write(Encoding.ASCII.GetBytes(json));
        return packed.ToArray();
    }

    /// <summary>Connections that fill a listener's queue.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public static async Task<Crowd> BeforeAsync(IPEndPoint endPoint)
        {
            var crowd = new Crowd();
            Task connecting;
            do
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                crowd._sockets.Add(socket);
                connecting = socket.ConnectAsync(endPoint);
            }
            while (await Task.WhenAny(connecting, Task.Delay(500)) == connecting);
            _ = connecting.ContinueWith(static task => task.Exception, TaskScheduler.Default);
            return crowd;
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
    }
}
