using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Graph;

/// <summary>Asks Graph once, for one account: <see cref="GraphClient"/>, or the simulation's network.</summary>
internal interface IGraphCaller
{
    IgLogin Login { get; }

    TimeProvider Clock { get; }

    /// <summary>The line before the connection, shared by all who use it.</summary>
    Gate Gate { get; }

    /// <summary>The attachments of its files, shared by all who use it.</summary>
    SharedMedia Media { get; }

    /// <summary>Makes one attempt, within the connection's timeout.</summary>
    /// <exception cref="IOException">The request's file could not be opened, or was changed on the way; no server took the request.</exception>
    /// <exception cref="ObjectDisposedException">The connection was ended before a byte was sent.</exception>
    Task<GraphAnswer> SendAsync(GraphRequest request, CancellationToken abort);

    /// <summary>Asks an address on the web, and tells it nothing of the account.</summary>
    /// <exception cref="OperationCanceledException">Stopped first.</exception>
    Task<UrlHead> HeadAsync(Uri address, TimeSpan timeout, CancellationToken stop);
}
