using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Journal;

namespace InstagramMessaging.Emulator.State;

/// <summary>The account that is played: who it is, what it has accepted, how busy it was.</summary>
internal sealed class EmulatorState
{
    /// <summary>An app id as Meta gives them.</summary>
    internal const string AppId = "634207001234567";

    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private long _answers;

    internal EmulatorState(EmulatorOptions options, CancellationToken end)
    {
        Account = options.ResolvedAccount;
        Login = options.Login;
        AccessToken = options.ResolvedToken;
        AppSecret = options.AppSecret;
        WallClock = options.Clock;
        Clock = new MovableClock(options.Clock);
        StartedAt = Clock.GetUtcNow();
        IsLoose = options.IsLoose;
        ShowsUsage = options.UsageHeaders;
        Latency = options.Latency;
        Jitter = options.Jitter;
        End = end;

        Seed = options.Seed ?? Chaos.AnySeed();
        byte[] random = MarkBytes(options.Seed);
        Mark = Hex.Of(random);
        FirstAttachmentId = 1_000_000_000_000_000 + (BitConverter.ToUInt32(random, 0) * 1_000_000L);

        Inbox = new Inbox(this, options.MessagesKept);
        Attachments = new AttachmentStore(this, options.MessagesKept);
        Requests = new RequestLog(this, options);
        Customers = new CustomerBook(Clock, options.KnownCustomersOnly);
        Chaos = new Chaos(Seed, options.FaultRate, options.Jitter, options.MessagesKept);
        Sends = new RateLimit(options.SendsPerSecond, options.ThrottleBlock, Clock);
        Media = new RateLimit(options.MediaPerSecond, options.ThrottleBlock, Clock);
        Reads = new RateLimit(options.ReadsPerSecond, options.ThrottleBlock, Clock);
    }

    internal string Account { get; }

    internal IgLogin Login { get; }

    internal string AccessToken { get; }

    internal string? AppSecret { get; }

    /// <summary>The id of the Instagram account: with Facebook login, not the Page's.</summary>
    internal string InstagramId => Login == IgLogin.Instagram ? Account : "17841405309211844";

    /// <summary>The token of the app, which may look at other tokens; null without an app secret.</summary>
    internal string? AppToken => AppSecret is null ? null : $"{AppId}|{AppSecret}";

    /// <summary>Whether what is only suspected to be refused passes.</summary>
    internal bool IsLoose { get; }

    /// <summary>The clock that can be moved on: windows, lives, blocks.</summary>
    internal MovableClock Clock { get; }

    /// <summary>The clock that clients have, too.</summary>
    internal TimeProvider WallClock { get; }

    internal DateTimeOffset StartedAt { get; }

    /// <summary>Where chance began.</summary>
    internal int Seed { get; }

    internal Chaos Chaos { get; }

    internal TokenLife Token { get; } = new();

    internal CustomerBook Customers { get; }

    internal bool ShowsUsage { get; }

    /// <summary>How late each answer comes.</summary>
    internal TimeSpan Latency { get; }

    /// <summary>How much later than that an answer comes at the most.</summary>
    internal TimeSpan Jitter { get; }

    /// <summary>Ends what waits when the emulator ends.</summary>
    internal CancellationToken End { get; }

    /// <summary>Random, so that two emulators never give out the same id.</summary>
    internal string Mark { get; }

    internal long FirstAttachmentId { get; }

    internal Inbox Inbox { get; }

    internal AttachmentStore Attachments { get; }

    internal RequestLog Requests { get; }

    /// <summary>The limit of all sends but audio and video.</summary>
    internal RateLimit Sends { get; }

    /// <summary>The limit of audio and video.</summary>
    internal RateLimit Media { get; }

    /// <summary>The limit of lists of conversations.</summary>
    internal RateLimit Reads { get; }

    /// <summary>Blocks the account for a minute, which is given back.</summary>
    internal TimeSpan Block()
    {
        var time = TimeSpan.FromMinutes(1);
        Sends.Block(time);
        Media.Block(time);
        return time;
    }

    /// <summary>How many sends there were to a magic recipient, this one included.</summary>
    internal int CountAttempt(string recipientId) => _attempts.AddOrUpdate(recipientId, 1, (_, before) => before + 1);

    /// <summary>Waits by the clock on the wall, until the emulator ends at the longest.</summary>
    internal Task DelayAsync(TimeSpan time) =>
#if NET
        Task.Delay(time, WallClock, End);
#else
        WallClock.Delay(time, End);
#endif

    /// <summary>Random, so that no two emulators give out one id; by the seed where a night is to be played again.</summary>
    private static byte[] MarkBytes(int? seed)
    {
        byte[] random = new byte[8];
        if (seed is not null)
        {
            BitConverter.GetBytes(seed.Value).CopyTo(random, 0);
            return random;
        }

        using var source = RandomNumberGenerator.Create();
        source.GetBytes(random);
        return random;
    }

    /// <summary>A support id as Graph gives with each answer: no two are alike.</summary>
    internal string NewTraceId() =>
        "A" + Mark + Interlocked.Increment(ref _answers).ToString("x6", CultureInfo.InvariantCulture);
}
