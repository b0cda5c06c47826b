using System;
using System.IO;
using System.Management.Automation;
using System.Net.Sockets;
using System.Security;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Emulator;

namespace InstagramMessaging.Cmdlets;

/// <summary>Starts an offline Graph API in this process, on loopback.</summary>
[Cmdlet(VerbsLifecycle.Start, "IgEmulator")]
[OutputType(typeof(IgEmulator))]
public sealed class StartIgEmulatorCommand : IgCommand
{
    // Meta's own limits a second, of "Rate limits".
    private const double DocumentedMedia = 10;
    private const double DocumentedReads = 2;

    /// <summary>The port to listen at; 0 picks a free one.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Plays an account of Instagram login in place of a Page.</summary>
    [Parameter]
    public SwitchParameter InstagramLogin { get; set; }

    /// <summary>The token that it takes; one of its own by default.</summary>
    [Parameter]
    [Secret]
    public SecureString? AccessToken { get; set; }

    /// <summary>An app secret: every request then needs its proof.</summary>
    [Parameter]
    [Secret]
    public SecureString? AppSecret { get; set; }

    /// <summary>Lets pass what Graph is only suspected to refuse.</summary>
    [Parameter]
    public SwitchParameter Loose { get; set; }

    /// <summary>Refuses recipients that were never added and never wrote.</summary>
    [Parameter]
    public SwitchParameter KnownCustomersOnly { get; set; }

    /// <summary>The share of calls that fail by chance, 0 to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double FaultRate { get; set; }

    /// <summary>How late each answer comes.</summary>
    [Parameter]
    [RunTime(AllowZero = true)]
    public TimeSpan Latency { get; set; }

    /// <summary>How much later an answer comes at the most, by chance.</summary>
    [Parameter]
    [RunTime(AllowZero = true)]
    public TimeSpan Jitter { get; set; }

    /// <summary>Sends a second; of audio and video at most 10, of lists of conversations at most 2. Unlimited by default.</summary>
    [Parameter]
    [ValidateRange(0.1, 1_000_000.0)]
    public double RateLimit { get; set; }

    /// <summary>Where chance begins, so that a night can be played again; anywhere by default.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Seed { get; set; }

    /// <summary>A file to which each request and its answer are appended as a line of JSON, without secrets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>How many of the newest messages are kept.</summary>
    [Parameter]
    [ValidateRange(1, 10_000_000)]
    public int MessagesKept { get; set; } = 100_000;

    /// <summary>How many of the newest requests are kept.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int RequestsKept { get; set; } = 1_000;

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        HideCommandLine();
        if (AccessToken is { Length: 0 } || AppSecret is { Length: 0 })
            Fail(IgError.Of(ErrorId.ConnectionInvalid, "-AccessToken and -AppSecret are SecureStrings, and not empty.", remedy: "Leave them out, or give (Read-Host -AsSecureString)."));
        string? log = LogPath is null ? null : FullPath(LogPath);
        GraphEmulator server;
        try
        {
            server = GraphEmulator.Start(Options(log));
        }
        catch (ArgumentException trouble)
        {
            Fail(IgError.Of(ErrorId.ConnectionInvalid, $"The emulator cannot be started so: {trouble.Message.TrimEnd('.')}.", trouble));
            return;
        }
        catch (SocketException trouble)
        {
            Fail(IgError.Of(ErrorId.EmulatorFailed, $"The emulator cannot listen at port {Port}: {trouble.Message.TrimEnd('.')}.", trouble), Port);
            return;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Fail(IgError.Of(ErrorId.EmulatorFailed, $"The emulator cannot write '{LogPath}': {trouble.Message.TrimEnd('.')}.", trouble, "Give -LogPath a file in a folder that exists and that you may write to."), LogPath);
            return;
        }

        var emulator = new IgEmulator(server.BaseUri, server.Account, server.Login, Secret(server.AccessToken), AppSecret, server, server.AdvanceClock, () => server.Now) { Seed = server.Seed };
        State.Add(emulator);
        WriteObject(emulator);
    }

    private EmulatorOptions Options(string? log) => new()
    {
        Port = Port,
        Login = InstagramLogin ? IgLogin.Instagram : IgLogin.Facebook,
        AccessToken = AccessToken is null ? null : IgConnection.Secrets.Reveal(AccessToken),
        AppSecret = AppSecret is null ? null : IgConnection.Secrets.Reveal(AppSecret),
        IsLoose = Loose,
        KnownCustomersOnly = KnownCustomersOnly,
        FaultRate = FaultRate,
        Latency = Latency,
        Jitter = Jitter,
        SendsPerSecond = Limit(double.MaxValue),
        MediaPerSecond = Limit(DocumentedMedia),
        ReadsPerSecond = Limit(DocumentedReads),
        Seed = Seed,
        LogPath = log,
        MessagesKept = MessagesKept,
        RequestsKept = RequestsKept,
    };

    private double? Limit(double most) => RateLimit > 0 ? Math.Min(RateLimit, most) : null;

    private string FullPath(string path)
    {
        try
        {
            return SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _) is var full && provider.Name == "FileSystem"
                ? full
                : throw new NotSupportedException($"It is in the provider {provider.Name}, not a file.");
        }
        catch (Exception trouble) when (trouble is RuntimeException or NotSupportedException)
        {
            Fail(IgError.Of(ErrorId.EmulatorFailed, $"The emulator cannot write '{path}': {trouble.Message.TrimEnd('.')}.", trouble, "Give -LogPath a file."), path);
            throw;
        }
    }

    private static SecureString Secret(string plain)
    {
        var secret = new SecureString();
        foreach (char c in plain)
            secret.AppendChar(c);
        secret.MakeReadOnly();
        return secret;
    }
}
