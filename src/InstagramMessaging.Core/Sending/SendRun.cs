using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>How a row ended.</summary>
/// <param name="Status">Sent, Failed, Unknown or NotTried.</param>
/// <param name="Error">Null only for Sent.</param>
internal sealed record RowOutcome(
    IgSendStatus Status,
    InstagramApiException? Error = null,
    string? MessageId = null,
    string? AttachmentId = null,
    int Attempts = 0,
    TimeSpan Duration = default,
    DateTimeOffset? SentAt = null);

/// <summary>
/// One run of a cmdlet: takes valid rows, gives each an outcome, and remembers what stops the rest. Rows go one after another.
/// </summary>
internal sealed class SendRun
{
    private readonly GraphClient _client;
    private readonly Attempts _attempts;

    public SendRun(GraphClient client, int maximumRetryCount, Action<string> say)
    {
        _client = client;
        _attempts = new Attempts(client, maximumRetryCount, say);
    }

    /// <summary>Why no further request is begun; null while the run goes on.</summary>
    public InstagramApiException? StopReason { get; private set; }

    /// <summary>Sends one row.</summary>
    /// <param name="stop">Ends waits and begins nothing new.</param>
    /// <param name="abort">Ends a request that is on its way.</param>
    public async Task<RowOutcome> SendAsync(SendRequest request, CancellationToken stop, CancellationToken abort)
    {
        if (StopReason is not null)
            return NotTried(StopReason);
        long begin = Stopwatch.GetTimestamp();
        RowOutcome outcome;
        try
        {
            outcome = await CallsAsync(request, stop, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            outcome = new RowOutcome(IgSendStatus.NotTried, IgError.Of(ErrorId.NotTried, "The run was stopped before this row was sent."));
        }
        catch (ObjectDisposedException)
        {
            StopReason = IgError.Of(ErrorId.ConnectionInvalid, "The connection was ended while the run was going on.");
            outcome = NotTried(StopReason);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            outcome = new RowOutcome(IgSendStatus.Failed, IgError.Of(ErrorId.MediaUnreadable, $"The file cannot be read any more: {trouble.Message.TrimEnd('.')}.", trouble));
        }

        return outcome with { Duration = TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - begin) / (double)Stopwatch.Frequency) };
    }

    /// <summary>The outcome of a row that a stopped run did not try.</summary>
    public static RowOutcome NotTried(InstagramApiException reason) =>
        new(IgSendStatus.NotTried, IgError.Of(ErrorId.NotTried, $"Not tried, because the run had stopped ({reason.ErrorId}).", reason));

    private async Task<RowOutcome> CallsAsync(SendRequest request, CancellationToken stop, CancellationToken abort)
    {
        string? attachmentId = null;
        if (request.Payload is UploadUrlPayload or UploadFilePayload or MediaFilePayload { IsDirect: false })
        {
            AttemptResult upload = await _attempts.MakeAsync(RequestBody.Upload(request.Payload), stop, abort).ConfigureAwait(false);
            if (upload.Verdict != Verdict.Accepted)
                return Ended(request, upload, "The upload failed") with { Attempts = request.Payload.Operation == IgOperation.Upload ? upload.Count : 0 };
            attachmentId = upload.Answer.AttachmentId;
            if (request.Payload.Operation == IgOperation.Upload)
                return new RowOutcome(IgSendStatus.Sent, AttachmentId: attachmentId, Attempts: upload.Count, SentAt: _client.Clock.GetUtcNow());
        }

        AttemptResult send = await _attempts.MakeAsync(RequestBody.Send(request, attachmentId), stop, abort).ConfigureAwait(false);
        if (send.Verdict != Verdict.Accepted)
            return Ended(request, send, "The message was not sent") with { AttachmentId = attachmentId };
        return new RowOutcome(
            IgSendStatus.Sent,
            MessageId: request.Payload is ReactionPayload reaction ? reaction.MessageId : send.Answer.MessageId,
            AttachmentId: send.Answer.AttachmentId ?? attachmentId ?? (request.Payload as MediaIdPayload)?.AttachmentId,
            Attempts: send.Count,
            SentAt: _client.Clock.GetUtcNow());
    }

    /// <summary>A better remedy than the table's, where the row itself tells the likely reason.</summary>
    private string? RemedyOf(SendRequest request, string errorId, Verdict verdict) => (errorId, request.Payload) switch
    {
        _ when verdict == Verdict.Doubtful => "No message left, so the row can be sent again.",
        (ErrorId.AttachmentUnknown, PostPayload) => "Send only posts that this account published, by the media id that Graph gives for them.",
        (ErrorId.RequestRejected or ErrorId.MediaRejected or ErrorId.PermissionDenied, MediaFilePayload or UploadFilePayload) when _client.Login == IgLogin.Instagram =>
            "Meta documents uploads from disk for Facebook login only: put the file on a web server and use -Url, or connect with -PageId.",
        _ => null,
    };

    private RowOutcome Ended(SendRequest request, AttemptResult result, string what)
    {
        GraphAnswer answer = result.Answer;
        bool isUpload = result.Request.Expects == ExpectedId.Attachment;
        if (result.Verdict == Verdict.Doubtful && !isUpload)
        {
            return new RowOutcome(
                IgSendStatus.Unknown,
                IgError.Of(ErrorId.OutcomeUnknown, $"It may have been delivered: {answer.Describe()}.", answer),
                Attempts: result.Count);
        }

        // However an upload ended, no message left.
        string errorId = result.Verdict == Verdict.Doubtful ? ErrorId.Unreachable : Outcomes.ErrorIdOf(answer);
        InstagramApiException error = IgError.Of(errorId, $"{what}: {answer.Describe()}.", answer, RemedyOf(request, errorId, result.Verdict));
        if (result.Verdict is Verdict.Fatal or Verdict.Throttled)
            StopReason = error;
        return new RowOutcome(IgSendStatus.Failed, error, Attempts: result.Count);
    }
}
