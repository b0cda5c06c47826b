using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Graph;

/// <summary>
/// Remembers whether the handler ever asked for the bytes. Before that, no server can have acted on the request, whatever
/// exception ends it; after that, nobody knows.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent _inner;
    private volatile bool _asked;

    public WatchedContent(HttpContent inner)
    {
        _inner = inner;

        // The only header that the contents of requests have, besides the length.
        Headers.ContentType = inner.Headers.ContentType;
    }

    public bool Asked => _asked;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        // The handler of .NET Framework asks again when a connection breaks, and would send a message twice.
        if (_asked)
            throw new IOException("A request is not sent twice.");
        _asked = true;
        return _inner.CopyToAsync(stream, context);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? throw new InvalidOperationException("Every request has a known length.");
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
