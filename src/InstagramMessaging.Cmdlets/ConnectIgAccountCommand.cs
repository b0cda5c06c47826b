using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Text.RegularExpressions;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Cmdlets;

/// <summary>Keeps the account, its token and its host for this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "IgAccount", DefaultParameterSetName = PageSet)]
[OutputType(typeof(IgConnection))]
public sealed class ConnectIgAccountCommand : IgCommand
{
    private const string PageSet = "Page";
    private const string InstagramSet = "Instagram";
    private const string EmulatorSet = "Emulator";

    /// <summary>
    /// Clears the connection first. The constructor is the only code of a cmdlet that runs before its parameters are bound, and a
    /// script that goes on after a Connect whose parameters did not bind must not send from the account of before.
    /// </summary>
    public ConnectIgAccountCommand()
    {
        if (!IsBeingCompleted())
            State.Connection = null;
    }

    /// <summary>The id of the Facebook Page that is linked to the Instagram account.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PageSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? PageId { get; set; }

    /// <summary>The id of the Instagram account, for Instagram login.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InstagramSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? InstagramId { get; set; }

    /// <summary>The access token, as a SecureString.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PageSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = InstagramSet)]
    [Secret]
    public SecureString? AccessToken { get; set; }

    /// <summary>The app secret, as a SecureString: each request then carries an appsecret_proof.</summary>
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = InstagramSet)]
    [Secret]
    public SecureString? AppSecret { get; set; }

    /// <summary>A running emulator, in place of an account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    [ValidateNotNull]
    public IgEmulator? Emulator { get; set; }

    /// <summary>The Graph API version.</summary>
    [Parameter]
    public string ApiVersion { get; set; } = "v25.0";

    /// <summary>The host, if not Meta's own: https, or http on loopback.</summary>
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = InstagramSet)]
    public Uri? BaseUri { get; set; }

    /// <summary>The proxy to go through; the system's own by default, and none to loopback.</summary>
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = InstagramSet)]
    public Uri? Proxy { get; set; }

    /// <summary>Who asks the proxy.</summary>
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = InstagramSet)]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>How long one attempt may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Sends per second of all but audio and video.</summary>
    [Parameter]
    [ValidateRange(0.01, 100_000d)]
    public double SendsPerSecond { get; set; } = 100;

    /// <summary>Sends and uploads per second of audio and video.</summary>
    [Parameter]
    [ValidateRange(0.01, 100_000d)]
    public double MediaPerSecond { get; set; } = 10;

    /// <summary>Files that are uploaded at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int UploadThrottleLimit { get; set; } = 2;

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        HideCommandLine();
        try
        {
            IgConnection connection = Make();
            State.Connection = connection;
            if (PassThru)
                WriteObject(connection);
        }
        catch (InstagramApiException error)
        {
            Fail(error);
        }
    }

    /// <summary>
    /// Tab completion makes a cmdlet as well, to look at its parameters, and tells it nothing; only the stack knows. Should that
    /// class be called otherwise one day, completing this cmdlet disconnects: an annoyance, and never a wrong sender.
    /// </summary>
    private static bool IsBeingCompleted() =>
        new StackTrace().GetFrames()?.Any(frame => frame?.GetMethod()?.DeclaringType?.Name == "PseudoParameterBinder") == true;

    private IgConnection Make()
    {
        IgLogin login = Emulator?.Login ?? (ParameterSetName == InstagramSet ? IgLogin.Instagram : IgLogin.Facebook);
        if (Emulator is { IsRunning: false })
            throw Invalid("The emulator was stopped.");
        string account = Emulator?.Account ?? RequiredAccount(login);
        Uri host = Emulator?.BaseUri ?? BaseUri ?? new Uri(login == IgLogin.Facebook ? "https://graph.facebook.com" : "https://graph.instagram.com");
        RequireHost(host);
        RequireProxy(host);
        if (!Regex.IsMatch(ApiVersion, @"\Av[0-9]+\.[0-9]+\z"))
            throw Invalid("-ApiVersion is not of the form v25.0.");
        SecureString token = RequiredSecret(Emulator?.AccessToken ?? AccessToken, nameof(AccessToken));
        SecureString? appSecret = Emulator is null ? AppSecret : Emulator.AppSecret;
        if (appSecret is not null)
            RequiredSecret(appSecret, nameof(AppSecret));
        WarnOfOtherFlavour(login, token);
        var options = new IgConnection.Options(account, login, host, ApiVersion, Proxy, TimeSpan.FromSeconds(TimeoutSec), SendsPerSecond, MediaPerSecond, UploadThrottleLimit);
        return new IgConnection(options, token, appSecret, ProxyCredential?.GetNetworkCredential());
    }

    private string RequiredAccount(IgLogin login)
    {
        (string? id, string name) = login == IgLogin.Facebook ? (PageId, nameof(PageId)) : (InstagramId, nameof(InstagramId));
        return id is { Length: > 0 } && id.All(c => c is >= '0' and <= '9')
            ? id
            : throw Invalid($"-{name} is not an id: an id has digits only, and is neither a name nor a token.");
    }

    private static void RequireHost(Uri host)
    {
        if (!host.IsAbsoluteUri || (host.Scheme != Uri.UriSchemeHttps && host.Scheme != Uri.UriSchemeHttp))
            throw Invalid("-BaseUri is not an absolute https address.");
        if (host.Scheme == Uri.UriSchemeHttp && !host.IsLoopback)
            throw Invalid($"-BaseUri, the host {host.Host}, is not https: the token would travel in the clear. Plain http is for loopback only.");
        if (host.UserInfo.Length > 0 || host.Query.Length > 0 || host.Fragment.Length > 0)
            throw Invalid("-BaseUri has a user, a query or a fragment in it; it is a host and at most a path.");
    }

    private void RequireProxy(Uri host)
    {
        if (Proxy is null)
            return;
        if (!Proxy.IsAbsoluteUri || (Proxy.Scheme != Uri.UriSchemeHttp && Proxy.Scheme != Uri.UriSchemeHttps))
            throw Invalid("-Proxy is not an absolute http address, such as http://proxy:8080.");
        if (Proxy.UserInfo.Length > 0)
            throw Invalid("-Proxy has a user in it: give that as -ProxyCredential.");
        if (host.Scheme == Uri.UriSchemeHttp && !Proxy.IsLoopback)
            throw Invalid("-BaseUri is plain http on loopback, and -Proxy would carry the token off this machine in the clear.");
    }

    /// <summary>Refuses what no header can carry. The error never repeats the value.</summary>
    private static SecureString RequiredSecret(SecureString? secret, string name)
    {
        string plain = secret is null ? string.Empty : IgConnection.Secrets.Reveal(secret);
        if (plain.Length == 0)
            throw Invalid($"-{name} is not a SecureString, or is empty. Use (Read-Host -AsSecureString), a secret vault, or ConvertTo-SecureString.");
        if (plain.Any(c => c is <= ' ' or > '~'))
            throw Invalid($"-{name} has white space, line breaks or other characters in it that no token has; was it read from a file with its line break?");
        return secret!;
    }

    private void WarnOfOtherFlavour(IgLogin login, SecureString token)
    {
        string plain = IgConnection.Secrets.Reveal(token);
        if (login == IgLogin.Facebook && plain.StartsWith("IGAA", StringComparison.Ordinal))
            WriteWarning("The access token looks like one of Instagram login; those go with -InstagramId in place of -PageId.");
        else if (login == IgLogin.Instagram && plain.StartsWith("EAA", StringComparison.Ordinal))
            WriteWarning("The access token looks like one of Facebook login; those go with -PageId in place of -InstagramId.");
    }

    private static InstagramApiException Invalid(string message) => IgError.Of(ErrorId.ConnectionInvalid, message);
}
