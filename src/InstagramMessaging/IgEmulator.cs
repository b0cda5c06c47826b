using System;
using System.Security;

namespace InstagramMessaging;

/// <summary>A running offline Graph API, as <c>Start-IgEmulator</c> made it.</summary>
public sealed class IgEmulator
{
    internal IgEmulator(Uri baseUri, string account, IgLogin login, SecureString accessToken, SecureString? appSecret, object server)
    {
        BaseUri = baseUri;
        Account = account;
        Login = login;
        AccessToken = accessToken;
        AppSecret = appSecret;
        Server = server;
    }

    /// <summary>Where it listens: loopback only.</summary>
    public Uri BaseUri { get; }

    /// <summary>The id of the account that it plays.</summary>
    public string Account { get; }

    /// <summary>The product whose paths and messages it answers with.</summary>
    public IgLogin Login { get; }

    /// <summary>The token that it takes.</summary>
    public SecureString AccessToken { get; }

    /// <summary>Whether it is still running.</summary>
    public bool IsRunning { get; internal set; } = true;

    internal SecureString? AppSecret { get; }

    internal object Server { get; }

    /// <summary>Where it listens.</summary>
    public override string ToString() => BaseUri.ToString();
}
