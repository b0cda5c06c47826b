using System;
using System.Security;

namespace InstagramMessaging;

/// <summary>A running offline Graph API, as <c>Start-IgEmulator</c> made it.</summary>
public sealed class IgEmulator
{
    private readonly Action<TimeSpan> _advance;
    private readonly Func<DateTimeOffset> _now;

    /// <param name="advance">Moves the server's clock on.</param>
    /// <param name="now">Reads it.</param>
    internal IgEmulator(
        Uri baseUri, string account, IgLogin login, SecureString accessToken, SecureString? appSecret, object server,
        Action<TimeSpan> advance, Func<DateTimeOffset> now)
    {
        _advance = advance;
        _now = now;
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

    /// <summary>Where its chance began: <c>Start-IgEmulator -Seed</c> with this number plays the same night again.</summary>
    public int Seed { get; internal init; }

    /// <summary>The time by its own clock, in UTC.</summary>
    public DateTimeOffset Now => _now();

    /// <summary>Whether it is still running.</summary>
    public bool IsRunning { get; internal set; } = true;

    internal SecureString? AppSecret { get; }

    internal object Server { get; }

    /// <summary>
    /// Moves its clock on: windows close, attachments expire, blocks end. What waits, a late answer for example, is not moved.
    /// </summary>
    /// <param name="time">Not negative, and in all not more than a hundred years.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public void AdvanceClock(TimeSpan time) => _advance(time);

    /// <summary>Where it listens.</summary>
    public override string ToString() => BaseUri.ToString();
}
