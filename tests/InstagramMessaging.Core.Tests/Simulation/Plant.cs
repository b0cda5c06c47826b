using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>
/// A fault that is planted around the engine, to see that the simulation finds it. The engine itself has no switches for that: what
/// it is given lies to it, so that together they do what an engine with that fault would do.
/// </summary>
internal sealed record Plant
{
    public static Plant None { get; } = new();

    /// <summary>A send that timed out is taken for one that never left, so it is sent again.</summary>
    public static Plant RetryAfterTimeout { get; } = Answers(answer => answer.TransportError is null ? answer : answer with { ContentAsked = false });

    /// <summary>The started line is on the disk some time after the request has left.</summary>
    public static Plant LineAfterRequest { get; } = new() { Disk = static (disk, clock) => new HastyDisk(disk, clock) };

    /// <summary>Each row is a lane of its own, as if there were no order.</summary>
    public static Plant OrderLost { get; } = new() { Request = static row => row.Request with { RecipientId = $"{row.Request.RecipientId}{row.Index}" } };

    public static Plant PaceExceeded { get; } = new() { Hurry = 2 };

    /// <summary>An ambiguous answer is taken for a refusal.</summary>
    public static Plant SentCalledFailed { get; } = Answers(answer => answer.Error is { Code: 2 } error ? answer with { Error = error with { Code = 100 } } : answer);

    /// <summary>Nobody reads how long Graph asks to wait.</summary>
    public static Plant WaitUnread { get; } = Answers(answer => answer with { Wait = null });

    /// <summary>The journal is kept and not heeded.</summary>
    public static Plant UnknownResent { get; } = new() { ResendsAlways = true };

    public Func<IGraphCaller, IGraphCaller> Caller { get; init; } = static caller => caller;

    public Func<IJournalDisk, SimClock, IJournalDisk> Disk { get; init; } = static (disk, _) => disk;

    public Func<SimRow, SendRequest> Request { get; init; } = static row => row.Request;

    public double Hurry { get; init; } = 1;

    public bool ResendsAlways { get; init; }

    private static Plant Answers(Func<GraphAnswer, GraphAnswer> misread) => new() { Caller = caller => new MisreadingCaller(caller, misread) };

    private sealed class MisreadingCaller(IGraphCaller caller, Func<GraphAnswer, GraphAnswer> misread) : IGraphCaller
    {
        public IgLogin Login => caller.Login;

        public TimeProvider Clock => caller.Clock;

        public Gate Gate => caller.Gate;

        public SharedMedia Media => caller.Media;

        public async Task<GraphAnswer> SendAsync(GraphRequest request, CancellationToken abort) =>
            misread(await caller.SendAsync(request, abort).ConfigureAwait(false));

        public Task<UrlHead> HeadAsync(Uri address, TimeSpan timeout, CancellationToken stop) => caller.HeadAsync(address, timeout, stop);
    }

    private sealed class HastyDisk(IJournalDisk disk, SimClock clock) : IJournalDisk
    {
        public Stream Read() => disk.Read();

        public void Truncate(long length) => disk.Truncate(length);

        public void Append(byte[] bytes, int count) => disk.Append(bytes, count);

        public void Flush() => clock.InProcess(TimeSpan.FromMilliseconds(3), disk.Flush);

        public void Dispose() => disk.Dispose();
    }
}
