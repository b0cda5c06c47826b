using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;

namespace InstagramMessaging.Cmdlets;

/// <summary>Stops an emulator, or all that this runspace started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "IgEmulator")]
[OutputType(typeof(void))]
public sealed class StopIgEmulatorCommand : IgCommand
{
    /// <summary>The emulator to stop; all of this runspace by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public IgEmulator? Emulator { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Emulator is not null)
        {
            State.Stop(Emulator);
            return;
        }

        foreach (IgEmulator emulator in State.Emulators)
            State.Stop(emulator);
    }
}
