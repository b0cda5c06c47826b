using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>Asks the servers of a run's addresses what Meta would find there; each address once.</summary>
internal sealed class UrlChecks(IGraphCaller caller)
{
    /// <summary>A run that sends an address of its own to each person must not remember them all.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(string Url, IgMediaType Type), Lazy<Task<InstagramApiException?>>> _asked = new();

    /// <summary>What Meta would refuse about the payload's addresses; null where nothing is known against them.</summary>
    /// <exception cref="OperationCanceledException">Stopped first.</exception>
    public async Task<InstagramApiException?> FaultOfAsync(Payload payload, CancellationToken stop)
    {
        foreach ((string url, IgMediaType type) in AddressesOf(payload))
        {
            if (_asked.Count > MostKept)
                _asked.Clear();
            if (await _asked.GetOrAdd((url, type), one => new(() => AskAsync(one.Url, one.Type, stop))).Value.ConfigureAwait(false) is { } fault)
                return fault;
        }

        return null;
    }

    private static IEnumerable<(string Url, IgMediaType Type)> AddressesOf(Payload payload) => payload switch
    {
        MediaUrlPayload media => [(media.Url, media.Type)],
        UploadPayload { Source: { Url: { } url } source } => [(url, source.Type)],
        ImagesPayload images => images.Images.Where(image => image.Url is not null).Select(image => (image.Url!, image.Type)),
        _ => [],
    };

    private async Task<InstagramApiException?> AskAsync(string url, IgMediaType type, CancellationToken stop)
    {
        UrlHead head = await caller.HeadAsync(new Uri(url), UrlFindings.TimeFor(type), stop).ConfigureAwait(false);
        return UrlFindings.FaultOf(url, type, head);
    }
}
