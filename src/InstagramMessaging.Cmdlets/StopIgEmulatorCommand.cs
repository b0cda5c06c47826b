using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Emulator;

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
            Stop(Emulator);
            return;
        }

        foreach (IgEmulator emulator in State.Emulators)
            Stop(emulator);
    }

    private void Stop(IgEmulator emulator)
    {
        State.Stop(emulator);
        if (((GraphEmulator)emulator.Server).LogTrouble is { } trouble)
            WriteWarning($"The file of -LogPath is not whole: {trouble}");
    }
}
