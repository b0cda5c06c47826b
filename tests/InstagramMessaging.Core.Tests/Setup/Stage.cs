using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>A recording server, a connection to it, and a clock that the test moves.</summary>
internal sealed class Stage : IDisposable
{
    public const string Account = "104857600000001";
    public const string Recipient = "17841400000000042";
    public const string Token = "EAABtestToken123";
    public const string AppSecret = "0123456789abcdef0123456789abcdef";

    /// <param name="baseUri">Another server than the recording one.</param>
    /// <param name="uploads">How many files may be on their way at once.</param>
    public Stage(string? appSecret = null, Uri? baseUri = null, string token = Token, string version = "v25.0", int uploads = 2)
    {
        var options = new IgConnection.Options(
            Account,
            IgLogin.Facebook,
            baseUri ?? Server.BaseUri,
            version,
            Proxy: null,
            WatchedClock.AttemptTimeout,
            SendsPerSecond: 100_000,
            MediaPerSecond: 100_000,
            UploadThrottleLimit: uploads);
        Connection = new IgConnection(options, Secure(token), appSecret is null ? null : Secure(appSecret), null);
        Client = GraphClient.Of(Connection, Clock);

        // A connection that has rested has a burst of thousands at this rate: the pace is out of the way while the clock stands.
        Clock.Move(TimeSpan.FromSeconds(1));
    }

    public RecordingServer Server { get; } = new();

    public WatchedClock Clock { get; } = new();

    public IgConnection Connection { get; }

    public GraphClient Client { get; }

    /// <summary>What was said about waits.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public IReadOnlyList<RecordedRequest> Requests => Server.Requests;

    public RecordedRequest OnlyRequest => Assert.Single(Server.Requests);

    public static SendRequest Text(string text = "hello", string recipient = Recipient) =>
        new(IdRules.Recipient(recipient), PayloadRules.Text(text, null), Envelope.None);

    public static SendRequest React(string message = "mid.1") => new(Recipient, PayloadRules.Reaction(message, "love"), Envelope.None);

    public static SendRequest Upload(string url = "https://cdn.example.com/a.png") =>
        new(null, PayloadRules.Upload(new MediaInput([url], [], [], null)), Envelope.None);

    public static SendRequest MediaUrl(string url = "https://cdn.example.com/a.png") => Media(new MediaInput([url], [], [], null));

    public static SendRequest Media(MediaInput input) => new(Recipient, PayloadRules.Media(input), Envelope.None);

    public static SecureString Secure(string plain)
    {
        var secure = new SecureString();
        foreach (char c in plain)
            secure.AppendChar(c);
        return secure;
    }

    public SendRun Run(int retries = 0) => new(Client, new EngineOptions { MaximumRetryCount = retries }, wait => Said.Enqueue(wait.ToString()));

    /// <summary>Sends one row in a run of its own; every wait is sat through.</summary>
    public Task<RowOutcome> SendAsync(SendRequest request, int retries = 0) => SendAsync(Run(retries), request);

    public Task<RowOutcome> SendAsync(SendRun run, SendRequest request) =>
        Clock.SitThroughAsync(run.SendAsync(request, CancellationToken.None, CancellationToken.None));

    /// <summary>Waits, in real time, until that many requests have arrived whole.</summary>
    public async Task ArrivedAsync(int count)
    {
        long begin = Stopwatch.GetTimestamp();
        while (Server.Requests.Count < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < WatchedClock.Patience, $"{Server.Requests.Count} of {count} requests arrived.");
            await Task.Delay(2);
        }
    }

    public int CountOf(string edge) => Server.Requests.Count(request => request.Target.Split('?')[0].EndsWith("/" + edge, StringComparison.Ordinal));

    public void Dispose()
    {
        Connection.Dispose();
        Server.Dispose();
    }
}
