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

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        HideCommandLine();
        if (AccessToken is { Length: 0 } || AppSecret is { Length: 0 })
            Fail(IgError.Of(ErrorId.ConnectionInvalid, "-AccessToken and -AppSecret are SecureStrings, and not empty.", remedy: "Leave them out, or give (Read-Host -AsSecureString)."));
        var options = new EmulatorOptions
        {
            Port = Port,
            Login = InstagramLogin ? IgLogin.Instagram : IgLogin.Facebook,
            AccessToken = AccessToken is null ? null : IgConnection.Secrets.Reveal(AccessToken),
            AppSecret = AppSecret is null ? null : IgConnection.Secrets.Reveal(AppSecret),
        };
        GraphEmulator server;
        try
        {
            server = GraphEmulator.Start(options);
        }
        catch (ArgumentException trouble)
        {
            Fail(IgError.Of(ErrorId.ConnectionInvalid, $"The emulator cannot be started so: {trouble.Message.TrimEnd('.')}.", trouble));
            return;
        }
        catch (Exception trouble) when (trouble is SocketException or IOException)
        {
            Fail(IgError.Of(ErrorId.EmulatorFailed, $"The emulator cannot listen at port {Port}: {trouble.Message.TrimEnd('.')}.", trouble), Port);
            return;
        }

        var emulator = new IgEmulator(server.BaseUri, server.Account, server.Login, Secret(server.AccessToken), AppSecret, server);
        State.Add(emulator);
        WriteObject(emulator);
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
