using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>How a row of a trial ended.</summary>
/// <param name="Row">Which one it was, from 0.</param>
internal sealed record EndedRow(int Row, SendRequest Request, RowOutcome Outcome)
{
    public IgSendStatus Status => Outcome.Status;

    public string? ErrorId => Outcome.Error?.ErrorId;

    public string Text => ((TextPayload)Request.Payload).Text;
}

/// <summary>
/// An engine on a stage. The clock moves only while no request is on its way, so that what happens in virtual time does not depend
/// on how fast this machine is.
/// </summary>
internal sealed class EngineTrial : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Real time after which a trial that does not end has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What a millisecond's sleep takes at most where threads need not wait for each other.</summary>
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMilliseconds(4);

    private readonly Stage _stage;
    private readonly WatchedCaller _caller;
    private readonly object _lock = new();
    private readonly List<EndedRow> _ended = [];
    private readonly List<string> _said = [];
    private int _added;

    public EngineTrial(Stage stage, EngineOptions? options = null)
    {
        _stage = stage;
        _caller = new WatchedCaller(stage.Client);
        Engine = new SendEngine<int>(_caller, options ?? new EngineOptions(), Say, End);
    }

    public SendEngine<int> Engine { get; }

    public InstagramApiException? StopReason => Engine.Run.StopReason;

    /// <summary>The rows that have ended, in the order in which they did.</summary>
    public IReadOnlyList<EndedRow> Ended
    {
        get
        {
            lock (_lock)
                return [.. _ended];
        }
    }

    /// <summary>What was said about waits.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_lock)
                return [.. _said];
        }
    }

    /// <summary>The rows as they were added, all ended.</summary>
    public IReadOnlyList<EndedRow> Rows => [.. Ended.OrderBy(row => row.Row)];

    /// <summary>Requests that are on their way.</summary>
    public int InFlight => _caller.InFlight;

    private int EndedCount
    {
        get
        {
            lock (_lock)
                return _ended.Count;
        }
    }

    public void Add(params IEnumerable<SendRequest> requests)
    {
        foreach (SendRequest request in requests)
            Engine.Add(_added++, request);
    }

    public int Count(IgSendStatus status) => Ended.Count(row => row.Status == status);

    /// <summary>Waits until all rows have ended; the clock stands.</summary>
    public Task AllEndedAsync() => UntilAsync(() => EndedCount == _added);

    /// <summary>Waits in real time; the clock stands.</summary>
    public async Task UntilAsync(Func<bool> isTrue)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!isTrue())
        {
            Expect(begin);
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    /// <summary>Lets time pass whenever nothing is on its way, until all rows have ended.</summary>
    /// <param name="hangs">Whether a request with that body is on its way to no answer, and has arrived.</param>
    public Task SitThroughAsync(Func<string, bool>? hangs = null) => Task.Run(async () =>
    {
        long begin = Stopwatch.GetTimestamp();
        long answered = 0;
        while (EndedCount < _added)
        {
            Expect(begin);
            if (_caller.Answered != answered)
            {
                answered = _caller.Answered;
                await SettleAsync().ConfigureAwait(false);
            }
            else if (_caller.Bodies.All(hangs ?? (_ => false)) && _stage.Clock.Sleepers > 0)
                _stage.Clock.Move(Step);
            else
                await Task.Delay(1).ConfigureAwait(false);
        }
    });

    public void Dispose()
    {
        Engine.Stop();
        Engine.Abort();
        Engine.Dispose();
    }

    /// <summary>
    /// What follows from an answer takes no time at all, but a moment of a thread: as long as this machine lets others wait for theirs,
    /// it may let that one wait, too.
    /// </summary>
    private static async Task SettleAsync()
    {
        for (int round = 0; round < 100; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            await Task.Delay(1).ConfigureAwait(false);
            await Task.Run(static () => { }).ConfigureAwait(false);
            if (round > 0 && Stopwatch.GetElapsedTime(begin) < Undisturbed)
                return;
        }
    }

    private void Expect(long begin)
    {
        if (Stopwatch.GetElapsedTime(begin) > Patience)
            throw new TimeoutException($"{EndedCount} of {_added} rows ended; {_caller.InFlight} requests are on their way, {_stage.Clock.Sleepers} timers are set.");
    }

    private void Say(WaitNotice notice)
    {
        lock (_lock)
            _said.Add(notice.ToString());
    }

    private void End(int row, SendRequest request, RowOutcome outcome)
    {
        lock (_lock)
            _ended.Add(new EndedRow(row, request, outcome));
    }

    /// <summary>The stage's client, and how many of its requests are on their way.</summary>
    private sealed class WatchedCaller(GraphClient client) : IGraphCaller
    {
        private readonly ConcurrentDictionary<long, string> _inFlight = new();
        private long _begun;
        private long _answered;

        /// <summary>Requests that have ended.</summary>
        public long Answered => Interlocked.Read(ref _answered);

        public int InFlight => _inFlight.Count;

        /// <summary>What the requests on their way say.</summary>
        public ICollection<string> Bodies => _inFlight.Values;

        public IgLogin Login => client.Login;

        public TimeProvider Clock => client.Clock;

        public Gate Gate => client.Gate;

        public SharedMedia Media => client.Media;

        public Task<UrlHead> HeadAsync(Uri address, TimeSpan timeout, CancellationToken stop) => client.HeadAsync(address, timeout, stop);

        public async Task<GraphAnswer> SendAsync(GraphRequest request, CancellationToken abort)
        {
            long number = Interlocked.Increment(ref _begun);
            _inFlight[number] = string.Empty;
            try
            {
                using HttpContent content = request.MakeContent();
                _inFlight[number] = await content.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
                return await client.SendAsync(request, abort).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Increment(ref _answered);
                _inFlight.TryRemove(number, out _);
            }
        }
    }
}
