using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>Why an attachment could not be made, for all who wait for it.</summary>
/// <param name="StopsRun">Whether nothing else of a run can succeed either.</param>
/// <param name="Origin">The run that tried: another one may try for itself, with its own patience.</param>
internal sealed record MediaFailure(InstagramApiException Error, bool StopsRun, object Origin);

/// <summary>
/// The attachments that are there or on their way: the first who needs one makes it, and the others wait for that one. Each connection
/// has one for its files, which all cmdlets on it share; each run has one for addresses, since what stands there may change.
/// </summary>
/// <param name="slots">How many files may be on their way at the same time.</param>
/// <param name="inlineContinuations">Whether who waits goes on inside the call that ends the wait: all on one thread, in one order.</param>
internal sealed class SharedMedia(TimeProvider clock, int slots, bool inlineContinuations = false)
{
    /// <summary>A run that sends a file or an address of its own to each person must not remember them all.</summary>
    private const int MostKept = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<MediaKey, Place> _places = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<UploadProgress, int> _uploads = new();

    /// <summary>Bounds the files that are on their way.</summary>
    public UploadSlots Slots { get; } = new(slots, inlineContinuations);

    /// <summary>The files that are on their way now.</summary>
    public IEnumerable<UploadProgress> Uploads => _uploads.Keys;

    /// <summary>Asks for an attachment. Who is told to make it (<see cref="MediaTurn.IsMine"/>) must dispose the turn, however that ends.</summary>
    /// <exception cref="OperationCanceledException">Stopped while somebody else made it.</exception>
    public async Task<MediaTurn> EnterAsync(MediaKey key, CancellationToken stop)
    {
        while (true)
        {
            Task<MediaTurn?> others;
            lock (_lock)
            {
                Place place = PlaceOf(key);
                if (place.Known is { } known && clock.GetUtcNow() < known.ExpiresAt)
                    return new MediaTurn(known);
                if (place.Maker is null)
                {
                    place.Maker = new TaskCompletionSource<MediaTurn?>(inlineContinuations ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
                    return new MediaTurn(this, key);
                }

                others = place.Maker.Task;
            }

            if (await others.Until(stop).ConfigureAwait(false) is { } ended)
                return ended;
        }
    }

    /// <summary>Takes in an attachment that an earlier run made, unless Graph refused it since.</summary>
    public void Learn(MediaKey key, KeptAttachment attachment)
    {
        lock (_lock)
        {
            if (_refused.Contains(attachment.Id))
                return;
            Place place = PlaceOf(key);
            if (place.Known is not { } known || clock.GetUtcNow() >= known.ExpiresAt)
                place.Known = attachment;
        }
    }

    /// <summary>Forgets an id that Graph refused, so that whoever needs it next makes another.</summary>
    public void Refuse(string attachmentId)
    {
        lock (_lock)
        {
            if (!_refused.Add(attachmentId))
                return;
            foreach (Place place in _places.Values)
            {
                if (place.Known?.Id == attachmentId)
                    place.Known = null;
            }
        }
    }

    /// <summary>Shows a file as being on its way until the result is disposed.</summary>
    public IDisposable Show(UploadProgress upload)
    {
        _uploads[upload] = 0;
        return new Shown(() => _uploads.TryRemove(upload, out _));
    }

    /// <summary>Ends the maker's turn.</summary>
    /// <param name="attachment">What was made; null where nothing was.</param>
    /// <param name="told">What those who wait are told; null lets the next of them make it.</param>
    internal void End(MediaKey key, KeptAttachment? attachment, MediaTurn? told)
    {
        TaskCompletionSource<MediaTurn?> maker;
        lock (_lock)
        {
            Place place = _places[key];
            maker = place.Maker!;
            place.Maker = null;
            place.Known = attachment ?? place.Known;
        }

        maker.SetResult(told);
    }

    private Place PlaceOf(MediaKey key)
    {
        if (_places.TryGetValue(key, out Place? place))
            return place;
        if (_places.Count >= MostKept)
        {
            foreach (MediaKey idle in _places.Where(entry => entry.Value.Maker is null).Select(entry => entry.Key).ToArray())
                _places.Remove(idle);
        }

        _places.Add(key, place = new Place());
        return place;
    }

    private sealed class Place
    {
        public KeptAttachment? Known { get; set; }

        public TaskCompletionSource<MediaTurn?>? Maker { get; set; }
    }

    private sealed class Shown(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
