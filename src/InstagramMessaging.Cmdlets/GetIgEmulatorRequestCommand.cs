using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;

namespace InstagramMessaging.Cmdlets;

/// <summary>Reads the newest requests that an emulator answered, with the answers, without secrets.</summary>
[Cmdlet(VerbsCommon.Get, "IgEmulatorRequest")]
[OutputType(typeof(IgEmulatorRequest))]
public sealed class GetIgEmulatorRequestCommand : EmulatorCommand
{
    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        WriteObject(Server().Requests(), enumerateCollection: true);
        if (Server().LogTrouble is { } trouble)
            WriteWarning($"The file of -LogPath is not whole: {trouble}");
    }
}
