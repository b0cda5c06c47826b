using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using Polly;
using Polly.Retry;

namespace InstagramMessaging.Core.Sending;

/// <summary>What the tries of one call came to.</summary>
/// <param name="Count">How many requests were begun.</param>
/// <param name="MediaTroubles">How many of the answers said that Graph could not take the media.</param>
internal sealed record AttemptResult(GraphRequest Request, GraphAnswer Answer, Verdict Verdict, int Count, int MediaTroubles);

/// <summary>Makes a call as often as it may be made: throttled and unreachable ones again, media trouble once, a doubtful one only where a repeat does no harm.</summary>
internal sealed class Attempts
{
    /// <summary>A longer wait is not taken: an unattended run should end and say why.</summary>
    public static readonly TimeSpan MaximumWait = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    private readonly GraphClient _client;
    private readonly Action<string> _say;
    private readonly ResiliencePipeline<AttemptResult> _pipeline;

    /// <param name="maximumRetryCount">Tries after the first, 0 or more.</param>
    /// <param name="say">Told of each wait.</param>
    public Attempts(GraphClient client, int maximumRetryCount, Action<string> say)
    {
        _client = client;
        _say = say;
        _pipeline = maximumRetryCount == 0
            ? ResiliencePipeline<AttemptResult>.Empty
            : new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = client.Clock }
                .AddRetry(new RetryStrategyOptions<AttemptResult>
                {
                    MaxRetryAttempts = maximumRetryCount,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = FirstBackoff,
                    MaxDelay = LongestBackoff,
                    ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result is { } result && MayRepeat(result)),
                    DelayGenerator = args => new ValueTask<TimeSpan?>(args.Outcome.Result?.Answer.Wait),
                    OnRetry = args =>
                    {
                        Announce(args.Outcome.Result!, args.RetryDelay);
                        return default;
                    },
                })
                .Build();
    }

    /// <param name="stop">Ends waits and begins nothing new.</param>
    /// <param name="abort">Ends a request that is on its way; its outcome is then doubtful.</param>
    /// <exception cref="OperationCanceledException">Stopped before any request of this call was begun.</exception>
    /// <exception cref="IOException">The request's file could not be opened.</exception>
    public async Task<AttemptResult> MakeAsync(GraphRequest request, CancellationToken stop, CancellationToken abort)
    {
        int count = 0;
        AttemptResult? last = null;
        try
        {
            return await _pipeline.ExecuteAsync(
                async cancel =>
                {
                    await _client.PacerOf(request.Pace).WaitAsync(cancel, TellPace).ConfigureAwait(false);
                    count++;
                    GraphAnswer answer = await _client.SendAsync(request, abort).ConfigureAwait(false);
                    Verdict verdict = Outcomes.Judge(request, answer);
                    int mediaTroubles = (last?.MediaTroubles ?? 0) + (verdict == Verdict.MediaTrouble ? 1 : 0);
                    return last = new AttemptResult(request, answer, verdict, count, mediaTroubles);
                },
                stop).ConfigureAwait(false);
        }
        catch (Exception end) when (last is not null && end is (OperationCanceledException or ObjectDisposedException))
        {
            // Stopped or disconnected while waiting for the next try: the last answer is what is known.
            return last;
        }
    }

    private static bool MayRepeat(AttemptResult result) => !(result.Answer.Wait > MaximumWait) && result.Verdict switch
    {
        Verdict.Throttled or Verdict.Unreachable => true,
        Verdict.Doubtful => result.Request.IsRepeatable,
        Verdict.MediaTrouble => result.MediaTroubles == 1,
        _ => false,
    };

    private void TellPace(TimeSpan wait) => _say($"Waiting {wait.TotalSeconds:0.0} s to keep the pace.");

    /// <summary>A throttle answer is about the connection, so all that share it wait, not this row alone.</summary>
    private void Announce(AttemptResult result, TimeSpan delay)
    {
        if (result.Verdict == Verdict.Throttled)
        {
            _client.Sends.Pause(delay);
            _client.Media.Pause(delay);
        }

        _say($"Waiting {delay.TotalSeconds:0.0} s before the next try: {result.Answer.Describe()}.");
    }
}
