using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using Polly;
using Polly.Retry;

namespace InstagramMessaging.Core.Sending;

/// <summary>What the tries of one call came to.</summary>
/// <param name="Count">How many requests were begun.</param>
/// <param name="Failures">How many of them had no clear answer.</param>
/// <param name="MediaTroubles">How many of the answers said that Graph could not take the media.</param>
internal sealed record AttemptResult(GraphRequest Request, GraphAnswer Answer, Verdict Verdict, int Count, int Failures, int MediaTroubles)
{
    /// <summary>Whether an earlier try may have been taken although the last one was not: a call that may be repeated is.</summary>
    public bool WasInDoubt { get; init; }

    /// <summary>Why it was not tried again although it could have been; null where it had come to an end.</summary>
    public Exception? CutShort { get; init; }
}

/// <summary>
/// Makes a call as often as it may be made: throttled ones until the connection gives up, unreachable ones again, media trouble
/// once, a doubtful one only where a repeat does no harm.
/// </summary>
internal sealed class Attempts
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    private readonly IGraphCaller _caller;
    private readonly EngineOptions _options;
    private readonly Action<WaitNotice> _tell;
    private readonly ResiliencePipeline<AttemptResult> _pipeline;

    /// <param name="tell">Told of each wait, perhaps of one wait more than once.</param>
    public Attempts(IGraphCaller caller, EngineOptions options, Action<WaitNotice> tell)
    {
        _caller = caller;
        _options = options;
        _tell = tell;
        _pipeline = new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = caller.Clock }
            .AddRetry(new RetryStrategyOptions<AttemptResult>
            {
                // How often is decided by what came back, see MayRepeat.
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstBackoff,
                MaxDelay = LongestBackoff,
                ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result is { } result && MayRepeat(result)),
                DelayGenerator = args => new ValueTask<TimeSpan?>(IsHeldByGate(args.Outcome.Result!) ? TimeSpan.Zero : null),
                OnRetry = args =>
                {
                    Announce(args.Outcome.Result!, args.RetryDelay);
                    return default;
                },
            })
            .Build();
    }

    /// <param name="journal">Told of each try before its request leaves; null where no line is kept.</param>
    /// <param name="stop">Ends waits and begins nothing new.</param>
    /// <param name="abort">Ends a request that is on its way; its outcome is then doubtful.</param>
    /// <exception cref="OperationCanceledException">Stopped before any request of this call was begun.</exception>
    /// <exception cref="WaitTooLongException">The connection pauses for longer than is sat out.</exception>
    /// <exception cref="InstagramApiException"><c>IgJournalUnwritable</c>: no request was begun.</exception>
    /// <exception cref="IOException">The request's file could not be opened.</exception>
    public async Task<AttemptResult> MakeAsync(GraphRequest request, JournalRow? journal, CancellationToken stop, CancellationToken abort)
    {
        AttemptResult last = await EnterAndTryAsync(request, null, journal, stop, abort).ConfigureAwait(false);
        return MayRepeat(last) ? await RepeatAsync(last, journal, stop, abort).ConfigureAwait(false) : last;
    }

    /// <summary>The first try is over; nearly all calls need no more, and pay for none of this.</summary>
    private async Task<AttemptResult> RepeatAsync(AttemptResult last, JournalRow? journal, CancellationToken stop, CancellationToken abort)
    {
        bool isFirst = true;
        try
        {
            return await _pipeline.ExecuteAsync(
                async cancel =>
                {
                    if (isFirst)
                        isFirst = false;
                    else
                        last = await EnterAndTryAsync(last.Request, last, journal, cancel, abort).ConfigureAwait(false);
                    return last;
                },
                stop).ConfigureAwait(false);
        }
        catch (Exception end) when (end is (OperationCanceledException or ObjectDisposedException or WaitTooLongException or InstagramApiException))
        {
            // Stopped while waiting for the next try: the last answer is what is known.
            return last with { CutShort = end };
        }
    }

    private async Task<AttemptResult> EnterAndTryAsync(GraphRequest request, AttemptResult? last, JournalRow? journal, CancellationToken stop, CancellationToken abort)
    {
        Pass pass = journal is null
            ? await EnterAsync(request, stop).ConfigureAwait(false)
            : await EnterAsync(request, last, journal, stop).ConfigureAwait(false);
        (Verdict Verdict, GraphAnswer Answer)? heard = null;
        try
        {
            GraphAnswer answer = await _caller.SendAsync(request, abort).ConfigureAwait(false);
            Verdict verdict = Outcomes.Judge(request, answer);
            var result = new AttemptResult(
                request,
                answer,
                verdict,
                (last?.Count ?? 0) + 1,
                (last?.Failures ?? 0) + (verdict is Verdict.Unreachable or Verdict.Doubtful ? 1 : 0),
                (last?.MediaTroubles ?? 0) + (verdict == Verdict.MediaTrouble ? 1 : 0))
            {
                WasInDoubt = IsInDoubt(last),
            };

            // Waiting says that nothing was delivered: a reaction in doubt stays started while it waits.
            if (verdict != Verdict.Doubtful && !result.WasInDoubt && MayRepeat(result))
                NoteWaiting(journal, answer);

            // What was aborted here says nothing about the connection.
            heard = abort.IsCancellationRequested ? null : (verdict, answer);
            return result;
        }
        finally
        {
            if (heard is { } news)
                _caller.Gate.Leave(pass, news.Verdict, news.Answer);
            else
                _caller.Gate.GiveBack();
        }
    }

    private Task<Pass> EnterAsync(GraphRequest request, CancellationToken stop) => _caller.Gate.EnterAsync(request.Pace, _options.MaximumWait, stop, _tell);

    /// <summary>
    /// Enters with the line that a request is about to leave. The disk may take its time over it: a pause that began meanwhile holds for
    /// this request, too, since it has not left. A stop does not: the line is there, and what has one is on its way.
    /// </summary>
    private async Task<Pass> EnterAsync(GraphRequest request, AttemptResult? last, JournalRow journal, CancellationToken stop)
    {
        while (true)
        {
            Pass pass = await EnterAsync(request, stop).ConfigureAwait(false);
            bool mayGo = false;
            try
            {
                await journal.StartedAsync().ConfigureAwait(false);
                mayGo = _caller.Gate.IsOpenFor(pass);
                if (mayGo)
                    return pass;
            }
            finally
            {
                if (!mayGo)
                    _caller.Gate.GiveBack();
            }

            if (!IsInDoubt(last))
                NoteWaiting(journal, last?.Answer);
        }
    }

    /// <param name="answer">What it waits for; null before the first answer.</param>
    private static void NoteWaiting(JournalRow? journal, GraphAnswer? answer) =>
        journal?.Waiting(answer is null ? null : Outcomes.ErrorIdOf(answer), answer?.Error?.Code, answer?.Error?.Subcode);

    private static bool IsInDoubt(AttemptResult? last) => last is not null && (last.WasInDoubt || last.Verdict == Verdict.Doubtful);

    private bool MayRepeat(AttemptResult result) => result.Verdict switch
    {
        Verdict.Throttled => !_caller.Gate.IsUsedUp(_options.MaximumRetryCount),
        Verdict.Unreachable => result.Failures <= _options.MaximumRetryCount,
        Verdict.Doubtful => result.Request.IsRepeatable && result.Failures <= _options.MaximumRetryCount,
        Verdict.MediaTrouble => result.MediaTroubles == 1 && _options.MaximumRetryCount > 0,
        _ => false,
    };

    /// <summary>A throttle answer, or a time to come back at, holds the whole connection: the gate waits, not this call.</summary>
    private static bool IsHeldByGate(AttemptResult result) => result.Verdict == Verdict.Throttled || result.Answer.Wait is not null;

    private void Announce(AttemptResult result, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
            _tell(new WaitNotice(delay, TimeSpan.Zero, result.Answer.Describe()));
    }
}
