using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// One run of a cmdlet: makes the calls that a valid row needs, gives each row an outcome, and remembers what stops the rest.
/// Which row goes when is <see cref="SendEngine{TRow}"/>'s business.
/// </summary>
internal sealed class SendRun
{
    private readonly IGraphCaller _caller;
    private readonly EngineOptions _options;
    private readonly Action<WaitNotice> _tell;
    private readonly MediaCalls _media;
    private readonly RunBrakes _brakes;
    private long _lastTold = long.MinValue;

    /// <param name="tell">Told of each wait, once.</param>
    /// <param name="halt">Called once, when the run stops.</param>
    public SendRun(IGraphCaller caller, EngineOptions options, Action<WaitNotice> tell, Action? halt = null)
    {
        _caller = caller;
        _options = options;
        _tell = tell;
        _media = new MediaCalls(caller, new Attempts(caller, options, TellOnce), options);
        _brakes = new RunBrakes(options.MaximumUnknown, halt ?? (static () => { }));
    }

    /// <summary>Why no further request is begun; null while the run goes on.</summary>
    public InstagramApiException? StopReason => _brakes.StopReason;

    /// <inheritdoc cref="MediaCalls.Uploads" />
    public IEnumerable<UploadProgress> Uploads => _media.Uploads;

    /// <inheritdoc cref="RunBrakes.MostAtOnce" />
    public int MostAtOnce(int throttleLimit) => _brakes.MostAtOnce(throttleLimit);

    /// <summary>The outcome of a row that a stopped run did not try.</summary>
    public static RowOutcome NotTried(InstagramApiException reason) =>
        new(IgSendStatus.NotTried, IgError.Of(ErrorId.NotTried, $"Not tried, because the run had stopped ({reason.ErrorId}).", reason));

    private static RowOutcome Stopped() => new(IgSendStatus.NotTried, IgError.Of(ErrorId.NotTried, "The run was stopped before this row was sent."));

    /// <summary>Stops the run; the first reason stays.</summary>
    public void Stop(InstagramApiException reason) => _brakes.Stop(reason);

    /// <summary>Sends one row.</summary>
    /// <param name="stop">Ends waits and begins nothing new.</param>
    /// <param name="abort">Ends a request that is on its way.</param>
    /// <param name="journal">The row's place in the journal; null without one.</param>
    public async Task<RowOutcome> SendAsync(SendRequest request, CancellationToken stop, CancellationToken abort, JournalRow? journal = null)
    {
        RowOutcome outcome;
        if (StopReason is { } reason)
        {
            outcome = NotTried(reason);
        }
        else if (stop.IsCancellationRequested)
        {
            // A thousand rows may be ahead when Ctrl-C comes: an exception through every layer for each would take seconds.
            outcome = Stopped();
        }
        else if (_brakes.ClosedFor(request.RecipientId) is { } closed)
        {
            outcome = new RowOutcome(IgSendStatus.Failed, closed);
        }
        else
        {
            long begin = Stopwatch.GetTimestamp();
            outcome = await OutcomeAsync(request, journal, stop, abort).ConfigureAwait(false);
            outcome = outcome with { Duration = TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - begin) / (double)Stopwatch.Frequency) };
            _brakes.Heed(request.RecipientId, outcome);
        }

        Record(journal, outcome);
        return outcome;
    }

    private static void Record(JournalRow? journal, RowOutcome outcome)
    {
        if (outcome.Status == IgSendStatus.NotTried)
            journal?.Release();
        else
            journal?.Ended(outcome.Status, outcome.MessageId, outcome.AttachmentId, outcome.Error?.ErrorId, outcome.Error?.Code, outcome.Error?.Subcode);
    }

    private async Task<RowOutcome> OutcomeAsync(SendRequest request, JournalRow? journal, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            return await CallsAsync(request, journal, stop, abort).ConfigureAwait(false);
        }
        catch (MediaChangedException trouble)
        {
            return new RowOutcome(IgSendStatus.Failed, IgError.Of(ErrorId.MediaChanged, $"Not sent: {trouble.Message}.", trouble));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new RowOutcome(IgSendStatus.Failed, IgError.Of(ErrorId.MediaUnreadable, $"The file cannot be read any more: {trouble.Message.TrimEnd('.')}.", trouble));
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or WaitTooLongException or InstagramApiException)
        {
            StopFor(end);
            return StopReason is { } reason
                ? NotTried(reason)
                : Stopped();
        }
    }

    private async Task<RowOutcome> CallsAsync(SendRequest request, JournalRow? journal, CancellationToken stop, CancellationToken abort)
    {
        bool isRenewed = false;
        for (int tried = 0; ; isRenewed = true)
        {
            using PreparedMedia media = await _media.PrepareAsync(request.Payload, stop, abort).ConfigureAwait(false);
            if (media.Failure is { } failure)
                return NotPrepared(media, failure, tried);
            if (request.Payload is UploadPayload)
                return new RowOutcome(IgSendStatus.Sent, AttachmentId: media.Attachment!.Id, Attempts: media.Uploads, SentAt: media.Attachment.MadeAt);

            AttemptResult send = await _media.SendAsync(request with { Payload = media.Payload }, journal, stop, abort).ConfigureAwait(false);
            tried += send.Count;
            RowOutcome outcome = send.Verdict == Verdict.Accepted ? Sent(media, send.Answer, tried) : Ended(request, send) with { Attempts = tried, AttachmentId = media.Attachment?.Id };
            _media.Heed(media, send, outcome.Error);
            if (outcome.Error?.ErrorId != ErrorId.AttachmentUnknown || isRenewed || !_media.Renew(media))
                return outcome;

            // It certainly was not delivered, and a crash during the upload must not make it doubtful.
            journal?.Waiting(outcome.Error.ErrorId, outcome.Error.Code, outcome.Error.Subcode);
        }
    }

    private RowOutcome Sent(PreparedMedia media, GraphAnswer answer, int attempts) => new(
        IgSendStatus.Sent,
        MessageId: media.Payload is ReactionPayload reaction ? reaction.MessageId : answer.MessageId,
        AttachmentId: answer.AttachmentId ?? (media.Payload as MediaIdPayload)?.AttachmentId,
        Attempts: attempts,
        SentAt: _caller.Clock.GetUtcNow());

    /// <summary>One failed upload fails each row that needs it, with the one error; only the row that made it says something of the connection.</summary>
    private RowOutcome NotPrepared(PreparedMedia media, MediaFailure failure, int tried)
    {
        if (media.CutShort is { } end)
        {
            StopFor(end);
            return StopReason is { } reason ? NotTried(reason) : Stopped();
        }

        if (failure.StopsRun)
            _brakes.Stop(failure.Error);
        return new RowOutcome(IgSendStatus.Failed, failure.Error, Attempts: tried + (media.Payload is UploadPayload ? media.Uploads : 0)) { IsHearsay = !media.IsOwnFailure };
    }

    /// <summary>A better remedy than the table's, where the row itself tells the likely reason.</summary>
    private string? RemedyOf(SendRequest request, string errorId) => request.Payload switch
    {
        PostPayload when errorId == ErrorId.AttachmentUnknown => "Send only posts that this account published, by the media id that Graph gives for them.",
        MediaFilePayload => MediaCalls.FileRemedy(errorId, _caller.Login),
        _ => null,
    };

    private RowOutcome Ended(SendRequest request, AttemptResult result)
    {
        const string What = "The message was not sent";
        GraphAnswer answer = result.Answer;
        if (result.CutShort is { } end)
            StopFor(end);
        if (result.Verdict == Verdict.Doubtful || result.WasInDoubt)
        {
            if (result.Verdict == Verdict.Fatal)
                _brakes.Stop(IgError.Of(Outcomes.ErrorIdOf(answer), $"{What}: {answer.Describe()}.", answer));
            return new RowOutcome(IgSendStatus.Unknown, IgError.Of(ErrorId.OutcomeUnknown, $"It may have been delivered: {answer.Describe()}.", answer));
        }

        string errorId = Outcomes.ErrorIdOf(answer);
        InstagramApiException error = IgError.Of(errorId, $"{What}: {answer.Describe()}.", answer, RemedyOf(request, errorId));
        if (result.Verdict == Verdict.Fatal || (result.Verdict == Verdict.Throttled && result.CutShort is null))
            _brakes.Stop(error);
        return new RowOutcome(IgSendStatus.Failed, error);
    }

    /// <summary>Stops the run where what ended a row ends the others as well; a caller's own stop needs no reason.</summary>
    private void StopFor(Exception end)
    {
        switch (end)
        {
            case ObjectDisposedException:
                _brakes.Stop(IgError.Of(ErrorId.ConnectionInvalid, "The connection was ended while the run was going on."));
                break;
            case InstagramApiException error:
                _brakes.Stop(error);
                break;
            case WaitTooLongException tooLong:
                string errorId = tooLong.Cause is { TransportError: not null } cause ? Outcomes.ErrorIdOf(cause) : ErrorId.RateLimited;
                GraphAnswer answer = (tooLong.Cause ?? new GraphAnswer()) with { Wait = tooLong.Wait };
                _brakes.Stop(IgError.Of(errorId, $"The connection has to pause for {Shown(tooLong.Wait)}, and -MaximumWait is {Shown(_options.MaximumWait)}: {tooLong.Message}.", answer));
                break;
        }
    }

    private static string Shown(TimeSpan time) => time.ToString(@"d\.hh\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture).Replace("0.", string.Empty);

    /// <summary>A wait of the connection is told by each row that sits it out.</summary>
    private void TellOnce(WaitNotice notice)
    {
        if (notice.Ends == TimeSpan.Zero || Interlocked.Exchange(ref _lastTold, notice.Ends.Ticks) != notice.Ends.Ticks)
            _tell(notice);
    }
}
