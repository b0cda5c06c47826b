using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.State;

/// <summary>The account that is played: who it is, what it has accepted, how busy it was.</summary>
internal sealed class EmulatorState
{
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private long _answers;

    internal EmulatorState(EmulatorOptions options, CancellationToken end)
    {
        Account = options.ResolvedAccount;
        Login = options.Login;
        AccessToken = options.ResolvedToken;
        AppSecret = options.AppSecret;
        Clock = options.Clock;
        ShowsUsage = options.UsageHeaders;
        Latency = options.Latency;
        End = end;

        byte[] random = new byte[8];
        using (var source = RandomNumberGenerator.Create())
            source.GetBytes(random);
        Mark = Hex.Of(random);
        FirstAttachmentId = 1_000_000_000_000_000 + (BitConverter.ToUInt32(random, 0) * 1_000_000L);

        Inbox = new Inbox(this, options.MessagesKept);
        Attachments = new AttachmentStore(this, options.MessagesKept);
        Requests = new RequestLog(this, options.RequestsKept);
        Sends = new RateLimit(options.SendsPerSecond, options.ThrottleBlock, options.Clock);
        Media = new RateLimit(options.MediaPerSecond, options.ThrottleBlock, options.Clock);
    }

    internal string Account { get; }

    internal IgLogin Login { get; }

    internal string AccessToken { get; }

    internal string? AppSecret { get; }

    internal TimeProvider Clock { get; }

    internal bool ShowsUsage { get; }

    /// <summary>How late each answer comes.</summary>
    internal TimeSpan Latency { get; }

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

    /// <summary>How many sends there were to a magic recipient, this one included.</summary>
    internal int CountAttempt(string recipientId) => _attempts.AddOrUpdate(recipientId, 1, (_, before) => before + 1);

    /// <summary>Waits on the emulator's clock, until the emulator ends at the longest.</summary>
    internal Task DelayAsync(TimeSpan time) =>
#if NET
        Task.Delay(time, Clock, End);
#else
        Clock.Delay(time, End);
#endif

    /// <summary>A support id as Graph gives with each answer: no two are alike.</summary>
    internal string NewTraceId() =>
        "A" + Mark + Interlocked.Increment(ref _answers).ToString("x6", CultureInfo.InvariantCulture);
}
