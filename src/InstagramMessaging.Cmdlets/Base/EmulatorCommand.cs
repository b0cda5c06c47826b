using System.Management.Automation;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Emulator;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>The root of the cmdlets that look into an emulator or act on it.</summary>
public abstract class EmulatorCommand : IgCommand
{
    /// <summary>The emulator; the newest one of this runspace by default.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public IgEmulator? Emulator { get; set; }

    /// <summary>The server behind it. Where there is none, the cmdlet ends here.</summary>
    private protected GraphEmulator Server()
    {
        IgEmulator? emulator = Emulator ?? State.NewestEmulator;
        if (emulator is null)
            Fail(IgError.Of(ErrorId.NotConnected, "No emulator runs in this runspace.", remedy: "Run Start-IgEmulator first, or give -Emulator."));
        return (GraphEmulator)emulator!.Server;
    }
}
