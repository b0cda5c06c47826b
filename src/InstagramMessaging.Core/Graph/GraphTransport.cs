using System;
using System.Net;
using System.Net.Http;
#if NET
using System.Threading;
#else
using System.Security.Authentication;
#endif

namespace InstagramMessaging.Core.Graph;

/// <summary>The HTTP handler: nothing in it repeats, redirects (but for addresses of media), or keeps a connection long enough for the server to close it first.</summary>
internal static class GraphTransport
{
    /// <summary>A server closes an idle connection without a word; a send on it could not be told from a lost answer.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

#if NET
    /// <summary>The handler renews its connections itself.</summary>
    public static TimeSpan HandlerLifetime => Timeout.InfiniteTimeSpan;

    public static HttpMessageHandler Create(IgConnection connection, ICredentials? proxyCredential, bool followRedirects = false)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = followRedirects,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };

        // No trace of a surrounding program belongs in a request to Meta. By name, because the property's type is one of
        // System.Diagnostics.DiagnosticSource, of which a private load context has another copy than the runtime's handler knows.
        typeof(SocketsHttpHandler).GetProperty("ActivityHeadersPropagator")!.SetValue(handler, null);
        SetProxy(connection, followRedirects, proxyCredential, proxy => (handler.Proxy, handler.UseProxy) = (proxy, proxy is not null), credential => handler.DefaultProxyCredentials = credential);
        return handler;
    }
#else
    /// <summary>The factory renews the handler, so that a change of Meta's addresses is noticed.</summary>
    public static TimeSpan HandlerLifetime => TimeSpan.FromMinutes(5);

    public static HttpMessageHandler Create(IgConnection connection, ICredentials? proxyCredential, bool followRedirects = false)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = followRedirects,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
            // Windows PowerShell's own default is older than what Meta takes.
            SslProtocols = SslProtocols.Tls12,
        };
        ServicePointManager.FindServicePoint(connection.BaseUri).MaxIdleTime = (int)IdleTimeout.TotalMilliseconds;
        SetProxy(connection, followRedirects, proxyCredential, proxy => (handler.Proxy, handler.UseProxy) = (proxy, proxy is not null), credential => handler.DefaultProxyCredentials = credential);
        return handler;
    }
#endif

    private static void SetProxy(IgConnection connection, bool forMedia, ICredentials? credential, Action<IWebProxy?> setProxy, Action<ICredentials?> setDefault)
    {
        // The system's proxy is for the network: what is meant for this machine, an emulator above all, must not leave it.
        if (connection.Proxy is { } address)
            setProxy(new WebProxy(address) { Credentials = credential });
        else if (connection.BaseUri.IsLoopback && !forMedia)
            setProxy(null);
        else
            setDefault(credential);
    }
}
