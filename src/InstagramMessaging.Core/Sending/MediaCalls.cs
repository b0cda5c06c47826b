using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Cache;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Gets what a message needs before it can go: an attachment of each file, made once for all rows that need it, and the id of an
/// address that Graph was asked to keep. One for each run.
/// </summary>
internal sealed class MediaCalls
{
    private readonly IGraphCaller _caller;
    private readonly Attempts _attempts;
    private readonly AttachmentCache? _cache;
    private readonly UrlChecks? _checks;
    private readonly SharedMedia _addresses;

    /// <summary>What could not be made in this run: the other rows that need it hear the reason, and nothing is tried again.</summary>
    private readonly ConcurrentDictionary<MediaKey, MediaFailure> _failures = new();

    /// <summary>The first id of each attachment that Graph refused: it is made again once.</summary>
    private readonly ConcurrentDictionary<MediaKey, string> _refused = new();

    /// <summary>Addresses that Graph was asked to keep and gave no id for: each row goes for itself.</summary>
    private readonly ConcurrentDictionary<MediaKey, bool> _unkept = new();
    private int _waiting;

    public MediaCalls(IGraphCaller caller, Attempts attempts, EngineOptions options)
    {
        _caller = caller;
        _attempts = attempts;
        _cache = options.Cache;
        _checks = options.CheckUrl ? new UrlChecks(caller) : null;
        _addresses = new SharedMedia(caller.Clock, slots: 1);
        foreach (KeyValuePair<MediaKey, KeptAttachment> entry in _cache?.Known() ?? [])
            caller.Media.Learn(entry.Key, entry.Value);
    }

    /// <summary>The files on their way that this run waits for.</summary>
    public IEnumerable<UploadProgress> Uploads => Volatile.Read(ref _waiting) > 0 ? _caller.Media.Uploads : [];

    /// <summary>Gets what the payload needs; the result is disposed when the message has an answer.</summary>
    /// <exception cref="OperationCanceledException">Stopped first.</exception>
    /// <exception cref="WaitTooLongException">The connection pauses for longer than is sat out.</exception>
    /// <exception cref="IOException">A file cannot be read any more, or was changed.</exception>
    public async Task<PreparedMedia> PrepareAsync(Payload payload, CancellationToken stop, CancellationToken abort)
    {
        if (_checks is not null && await _checks.FaultOfAsync(payload, stop).ConfigureAwait(false) is { } fault)
            return new PreparedMedia(payload) { Failure = new MediaFailure(fault, StopsRun: false, this) };
        switch (payload)
        {
            case UploadPayload upload:
                return await ObtainAsync(payload, upload.Source, stop, abort).ConfigureAwait(false);
            case MediaFilePayload { IsDirect: false } media:
                PreparedMedia file = await ObtainAsync(payload, MediaSource.Of(media.File), stop, abort).ConfigureAwait(false);
                return file.Attachment is { } made ? file with { Payload = new MediaIdPayload(made.Id, media.File.Type) } : file;
            case MediaUrlPayload { IsReusable: true } media:
                return await KeepAsync(media, stop).ConfigureAwait(false);
            case ImagesPayload images:
                return await ObtainAllAsync(images, stop, abort).ConfigureAwait(false);
            default:
                return new PreparedMedia(payload);
        }
    }

    /// <summary>Makes the call that sends a message.</summary>
    public async Task<AttemptResult> SendAsync(SendRequest request, JournalRow? journal, CancellationToken stop, CancellationToken abort)
    {
        if (request.Payload is not MediaFilePayload { IsDirect: true, File: { } file })
            return await _attempts.MakeAsync(RequestBody.Send(request), journal, stop, abort).ConfigureAwait(false);
        return await OnItsWayAsync(file, progress => _attempts.MakeAsync(RequestBody.Send(request, progress), journal, stop, abort), stop).ConfigureAwait(false);
    }

    /// <summary>Takes note of what became of a message that was to make its address an attachment.</summary>
    /// <param name="error">Why it was not sent; null where it was.</param>
    public void Heed(PreparedMedia media, AttemptResult send, InstagramApiException? error)
    {
        if (media.Turn is not { } turn)
            return;
        var source = KeyOf((MediaUrlPayload)media.Payload);
        if (send.Verdict == Verdict.Accepted && send.Answer.AttachmentId is { } id)
        {
            turn.Made(new KeptAttachment(id, _caller.Clock.GetUtcNow()));
        }
        else if (send.Verdict == Verdict.Accepted)
        {
            _unkept[source.Key] = true;
        }
        else if (error?.ErrorId is ErrorId.MediaRejected or ErrorId.MediaTooLarge && send.CutShort is null)
        {
            // What Meta could not fetch for one person it will not fetch for the next.
            var failure = new MediaFailure(error!, StopsRun: false, this);
            _failures[source.Key] = failure;
            turn.Failed(failure);
        }
    }

    /// <summary>Whether the message is worth another try because Graph refused an id that can be made anew; once for each in a run.</summary>
    public bool Renew(PreparedMedia media)
    {
        // One that the row gave itself: New-IgAttachment must not give it again.
        if (media is { Taken: [], Payload: MediaIdPayload given })
            _caller.Media.Refuse(given.AttachmentId);
        bool isRenewed = false;
        foreach ((MediaSource source, KeptAttachment attachment) in media.Taken)
        {
            if (_refused.GetOrAdd(source.Key, attachment.Id) != attachment.Id)
                continue;
            StoreOf(source).Refuse(attachment.Id);
            isRenewed = true;
        }

        return isRenewed;
    }

    private SharedMedia StoreOf(MediaSource source) => source.File is null ? _addresses : _caller.Media;

    private static MediaSource KeyOf(MediaUrlPayload media) => MediaSource.OfUrl(media.Url, media.Type, isUpload: false);

    private async Task<PreparedMedia> KeepAsync(MediaUrlPayload media, CancellationToken stop)
    {
        MediaSource source = KeyOf(media);
        if (_unkept.ContainsKey(source.Key))
            return new PreparedMedia(media);
        MediaTurn turn = await _addresses.EnterAsync(source.Key, stop).ConfigureAwait(false);
        if (turn.Attachment is { } known)
            return new PreparedMedia(new MediaIdPayload(known.Id, media.Type)) { Taken = [(source, known)] };
        if (turn.Failure is { } told)
            return new PreparedMedia(media) { Failure = told };
        if (!_failures.TryGetValue(source.Key, out MediaFailure? failure) && !_unkept.ContainsKey(source.Key))
            return new PreparedMedia(media) { Turn = turn };
        turn.Dispose();
        return new PreparedMedia(media) { Failure = failure };
    }

    private async Task<PreparedMedia> ObtainAllAsync(ImagesPayload images, CancellationToken stop, CancellationToken abort)
    {
        var sources = new List<MediaSource>();
        var taken = new List<(MediaSource, KeptAttachment)>();
        foreach (MediaSource image in images.Images)
        {
            if (!image.IsUpload)
            {
                sources.Add(image);
                continue;
            }

            PreparedMedia one = await ObtainAsync(images, image, stop, abort).ConfigureAwait(false);
            if (one.Failure is not null)
                return one;
            sources.Add(MediaSource.OfId(one.Taken[0].Attachment.Id, image.Type));
            taken.AddRange(one.Taken);
        }

        return new PreparedMedia(new ImagesPayload(sources)) { Taken = taken };
    }

    /// <summary>Gets one attachment: it is there, somebody else is making it, or it is made here.</summary>
    private async Task<PreparedMedia> ObtainAsync(Payload payload, MediaSource source, CancellationToken stop, CancellationToken abort)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            using MediaTurn turn = await EnterAsync(source, stop).ConfigureAwait(false);
            if (turn.Attachment is null && (turn.Failure ?? Known(source)) is { } told)
                return new PreparedMedia(payload) { Failure = _failures[source.Key] = told };
            if (turn.Attachment is { } known)
                return Taken(payload, source, known, 0);

            AttemptResult upload = await UploadAsync(source, stop, abort).ConfigureAwait(false);
            if (upload.Verdict == Verdict.Accepted)
            {
                turn.Made(new KeptAttachment(upload.Answer.AttachmentId!, _caller.Clock.GetUtcNow()));
                return Taken(payload, source, turn.Attachment!, upload.Count);
            }

            var failure = FailureOf(source, upload);

            // Who was stopped has not found out whether it can be made.
            Exception? cutShort = upload.CutShort ?? (abort.IsCancellationRequested ? new OperationCanceledException(abort) : null);
            if (cutShort is null)
            {
                _failures[source.Key] = failure;
                turn.Failed(failure);
            }

            return new PreparedMedia(payload) { Failure = failure, IsOwnFailure = true, CutShort = cutShort, Uploads = upload.Count };
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<MediaTurn> EnterAsync(MediaSource source, CancellationToken stop)
    {
        while (true)
        {
            MediaTurn turn = await StoreOf(source).EnterAsync(source.Key, stop).ConfigureAwait(false);
            if (turn.Failure is null || turn.Failure.Origin == this)
                return turn;
        }
    }

    private MediaFailure? Known(MediaSource source) => _failures.TryGetValue(source.Key, out MediaFailure? failure) ? failure : null;

    private PreparedMedia Taken(Payload payload, MediaSource source, KeptAttachment attachment, int uploads)
    {
        if (source.File is not null)
            _cache?.Remember(source.Key, attachment);
        return new PreparedMedia(payload) { Taken = [(source, attachment)], Uploads = uploads };
    }

    // No line in the journal: an upload reaches nobody, and one that was cut short is simply made again.
    private Task<AttemptResult> UploadAsync(MediaSource source, CancellationToken stop, CancellationToken abort) => source.File is { } file
        ? OnItsWayAsync(file, progress => _attempts.MakeAsync(RequestBody.Upload(source, progress), null, stop, abort), stop)
        : _attempts.MakeAsync(RequestBody.Upload(source), null, stop, abort);

    private async Task<AttemptResult> OnItsWayAsync(MediaFile file, Func<UploadProgress, Task<AttemptResult>> makeAsync, CancellationToken stop)
    {
        await _caller.Media.Slots.EnterAsync(stop).ConfigureAwait(false);
        Interlocked.Increment(ref _waiting);
        try
        {
            var progress = new UploadProgress(Path.GetFileName(file.Path), file.Length);
            using (_caller.Media.Show(progress))
                return await makeAsync(progress).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            _caller.Media.Slots.Leave();
        }
    }

    /// <summary>However an upload ended, no message left.</summary>
    private MediaFailure FailureOf(MediaSource source, AttemptResult upload)
    {
        string errorId = upload.Verdict == Verdict.Doubtful ? ErrorId.Unreachable : Outcomes.ErrorIdOf(upload.Answer);
        string? remedy = upload.Verdict == Verdict.Doubtful ? "No message left, so the row can be sent again."
            : source.File is not null ? FileRemedy(errorId, _caller.Login)
            : null;
        bool stops = upload.Verdict == Verdict.Fatal || (upload.Verdict == Verdict.Throttled && upload.CutShort is null);
        return new MediaFailure(IgError.Of(errorId, $"The upload failed: {upload.Answer.Describe()}.", upload.Answer, remedy), stops, this);
    }

    /// <summary>A better remedy than the table's for a file that Graph refused; null where there is none.</summary>
    public static string? FileRemedy(string errorId, IgLogin login) =>
        login == IgLogin.Instagram && errorId is (ErrorId.RequestRejected or ErrorId.MediaRejected or ErrorId.PermissionDenied)
            ? "Meta documents uploads from disk for Facebook login only: put the file on a web server and use -Url, or connect with -PageId."
            : null;
}
