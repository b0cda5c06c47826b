using System;
using System.Net;

namespace InstagramMessaging.Emulator;

/// <summary>What a <see cref="GraphEmulator"/> plays and how strict its limits are. It never prints its token or app secret.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The TCP port, 0 to 65535; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on; loopback, unless <see cref="AllowsRemote"/>.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Whether <see cref="ListenAddress"/> may be one that other machines reach.</summary>
    public bool AllowsRemote { get; init; }

    /// <summary>The product whose paths, tokens and error objects are played.</summary>
    public IgLogin Login { get; init; }

    /// <summary>The id in the paths, of a Page or an Instagram account: 1 to 20 digits. Null takes one that fits.</summary>
    public string? Account { get; init; }

    /// <summary>The one token that is taken. Null takes an obviously fake one with the prefix of <see cref="Login"/>.</summary>
    public string? AccessToken { get; init; }

    /// <summary>When set, every call needs an <c>appsecret_proof</c> made with it; null requires none.</summary>
    public string? AppSecret { get; init; }

    /// <summary>The clock of all but the sockets: times of messages, age of proofs and attachments, rate limits, slow answers.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Lets pass what Graph is only suspected to refuse: <see cref="Rules.EmulatorRule.IsSuspected"/>.</summary>
    public bool IsLoose { get; init; }

    /// <summary>Refuses recipients that were never added and never wrote; otherwise any well-formed id is a customer with an open window.</summary>
    public bool KnownCustomersOnly { get; init; }

    /// <summary>How many of the newest requests <see cref="GraphEmulator.Requests"/> keeps; at least 0.</summary>
    public int RequestsKept { get; init; } = 1_000;

    /// <summary>How many of the newest messages, and of the newest attachments, are kept; at least 1. Media bytes never are.</summary>
    public int MessagesKept { get; init; } = 100_000;

    /// <summary>Sends accepted per second, audio and video apart; null is unlimited.</summary>
    /// <remarks>
    /// Documented: 300 with Facebook login, 100 with Instagram login. Source: "Rate limits",
    /// https://developers.facebook.com/docs/graph-api/overview/rate-limiting.
    /// </remarks>
    public double? SendsPerSecond { get; init; }

    /// <summary>Sends of audio and video accepted per second; null is unlimited. Documented: 10.</summary>
    public double? MediaPerSecond { get; init; }

    /// <summary>Lists of conversations per second; null is unlimited. Documented: 2.</summary>
    public double? ReadsPerSecond { get; init; }

    /// <summary>How long an account over a limit is refused. Each call made meanwhile adds as much, up to ten times in all.</summary>
    /// <remarks>The answer announces it in whole minutes, as Graph does; what is shorter than a minute is announced as 0.</remarks>
    public TimeSpan ThrottleBlock { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether answers carry <c>x-app-usage</c> and <c>x-business-use-case-usage</c>, in percent of the limits.</summary>
    public bool UsageHeaders { get; init; } = true;

    /// <summary>How late each answer comes; the decision is made at once. No connection waits for another.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much later than <see cref="Latency"/> an answer comes at the most, evenly spread.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of calls that fail at random, 0 to 1, one way or another of <see cref="Faults.ChaosFaults"/>.</summary>
    public double FaultRate { get; init; }

    /// <summary>Where chance begins: the same calls meet the same faults and delays, in whichever order they come. Null takes any.</summary>
    public int? Seed { get; init; }

    /// <summary>A file to which each request and its answer are appended as a line of JSON, without secrets; null writes none.</summary>
    public string? LogPath { get; init; }

    /// <summary>How long a client may take over a head, or stall in a body or in reading an answer, before it is cut off.</summary>
    public TimeSpan SlowClientTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may rest between two requests.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The product and the port; never a secret.</summary>
    public override string ToString() => $"{Login} login on {ListenAddress}:{Port}";

    internal string ResolvedAccount => Account ?? (Login == IgLogin.Instagram ? "17841405309211844" : "106540352242922");

    internal string ResolvedToken => AccessToken
        ?? (Login == IgLogin.Instagram ? "IGAAemulatorFakeToken0000000000000000" : "EAAemulatorFakeToken0000000000000000");

    internal void Check()
    {
        Require(Port is >= 0 and <= 65_535, nameof(Port), "a port from 0 to 65535");
        Require(ListenAddress is not null && (AllowsRemote || IPAddress.IsLoopback(ListenAddress)), nameof(ListenAddress), "a loopback address");
        Require(Digits.AreId(ResolvedAccount), nameof(Account), "1 to 20 digits");
        Require(ResolvedToken.Length > 0 && IsVisibleAscii(ResolvedToken), nameof(AccessToken), "visible ASCII characters without a space");
        Require(AppSecret is not { Length: 0 }, nameof(AppSecret), "null or not empty");
        Require(Clock is not null, nameof(Clock), "a clock");
        Require(RequestsKept >= 0, nameof(RequestsKept), "at least 0");
        Require(MessagesKept >= 1, nameof(MessagesKept), "at least 1");
        Require(SendsPerSecond is null or > 0, nameof(SendsPerSecond), "null or more than 0");
        Require(MediaPerSecond is null or > 0, nameof(MediaPerSecond), "null or more than 0");
        Require(ReadsPerSecond is null or > 0, nameof(ReadsPerSecond), "null or more than 0");
        Require(FaultRate is >= 0 and <= 1, nameof(FaultRate), "from 0 to 1");
        Require(Jitter >= TimeSpan.Zero, nameof(Jitter), "no time or more");
        Require(LogPath is not { Length: 0 }, nameof(LogPath), "null or not empty");
        Require(ThrottleBlock > TimeSpan.Zero, nameof(ThrottleBlock), "more than no time");
        Require(Latency >= TimeSpan.Zero, nameof(Latency), "no time or more");
        Require(SlowClientTimeout > TimeSpan.Zero, nameof(SlowClientTimeout), "more than no time");
        Require(IdleTimeout > TimeSpan.Zero, nameof(IdleTimeout), "more than no time");
    }

    private static bool IsVisibleAscii(string value)
    {
        foreach (char c in value)
        {
            if (c is <= ' ' or > '~')
                return false;
        }

        return true;
    }

    // The value itself stays out of the message: it may be a secret.
    private static void Require(bool holds, string name, string what)
    {
        if (!holds)
            throw new ArgumentException($"{name} must be {what}.", name);
    }
}
