using System;
using System.Net;
using System.Security;

namespace InstagramMessaging;

/// <summary>
/// An account, its access and the limits to keep, as <c>Connect-IgAccount</c> made it. It has no public constructor and no
/// setter, and it never shows its token or app secret.
/// </summary>
public sealed class IgConnection : IDisposable
{
    private readonly object _gate = new();
    private readonly Secrets _secrets;
    private IDisposable? _client;
    private bool _closed;

    internal IgConnection(Options options, SecureString accessToken, SecureString? appSecret, ICredentials? proxyCredential)
    {
        Account = options.Account;
        Login = options.Login;
        BaseUri = options.BaseUri;
        ApiVersion = options.ApiVersion;
        Proxy = options.Proxy;
        Timeout = options.Timeout;
        SendsPerSecond = options.SendsPerSecond;
        MediaPerSecond = options.MediaPerSecond;
        UploadThrottleLimit = options.UploadThrottleLimit;
        HasAppSecret = appSecret is not null;
        _secrets = new Secrets(accessToken, appSecret, proxyCredential);
    }

    /// <summary>The id in every path: a Page id (Facebook login) or an Instagram account id (Instagram login).</summary>
    public string Account { get; }

    /// <summary>The product through which access was given.</summary>
    public IgLogin Login { get; }

    /// <summary>The host that is called, without the version: https, or http on loopback.</summary>
    public Uri BaseUri { get; }

    /// <summary>The Graph API version in every path, such as <c>v25.0</c>.</summary>
    public string ApiVersion { get; }

    /// <summary>The proxy that requests go through; null for the system's own setting.</summary>
    public Uri? Proxy { get; }

    /// <summary>How long one attempt may take, from its first byte to the last of the answer.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Sends per second of text, links, stickers, posts, reactions, images and files.</summary>
    public double SendsPerSecond { get; }

    /// <summary>Sends and uploads per second of audio and video.</summary>
    public double MediaPerSecond { get; }

    /// <summary>Files on their way at the same time, of all cmdlets on the connection, uploads and direct sends alike: 1 to 100.</summary>
    public int UploadThrottleLimit { get; }

    /// <summary>Whether each request carries an <c>appsecret_proof</c>.</summary>
    public bool HasAppSecret { get; }

    internal bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>The account and host; never the token.</summary>
    public override string ToString() => $"{Account} at {BaseUri.GetLeftPart(UriPartial.Authority)} ({ApiVersion})";

    /// <summary>The one client of this connection, made at the first call: all cmdlets on it share its connections and its pace.</summary>
    internal T Client<T>(Func<IgConnection, Secrets, T> make)
        where T : class, IDisposable
    {
        lock (_gate)
        {
            if (_closed)
                throw new ObjectDisposedException(nameof(IgConnection));
            return (T)(_client ??= make(this, _secrets));
        }
    }

    /// <summary>Ends the connection for everybody who holds it and forgets its secrets.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _client?.Dispose();
            _client = null;
            _secrets.Dispose();
        }
    }

    /// <summary>What is known of a connection besides its secrets.</summary>
    internal sealed record Options(
        string Account,
        IgLogin Login,
        Uri BaseUri,
        string ApiVersion,
        Uri? Proxy,
        TimeSpan Timeout,
        double SendsPerSecond,
        double MediaPerSecond,
        int UploadThrottleLimit = 2);

    /// <summary>The secrets, in a type of their own so that nothing prints them by printing a connection.</summary>
    internal sealed class Secrets(SecureString accessToken, SecureString? appSecret, ICredentials? proxyCredential) : IDisposable
    {
        private readonly SecureString _accessToken = accessToken.Copy();
        private readonly SecureString? _appSecret = appSecret?.Copy();

        internal string AccessToken => Reveal(_accessToken);

        internal string? AppSecret => _appSecret is null ? null : Reveal(_appSecret);

        internal ICredentials? ProxyCredential { get; } = proxyCredential;

        public void Dispose()
        {
            _accessToken.Dispose();
            _appSecret?.Dispose();
        }

        internal static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
    }
}
