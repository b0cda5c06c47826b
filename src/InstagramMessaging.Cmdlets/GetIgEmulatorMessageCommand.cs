using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Emulator;

namespace InstagramMessaging.Cmdlets;

/// <summary>Reads an emulator's inbox: what its customers would have received.</summary>
[Cmdlet(VerbsCommon.Get, "IgEmulatorMessage")]
[OutputType(typeof(IgEmulatorMessage))]
public sealed class GetIgEmulatorMessageCommand : IgCommand
{
    /// <summary>The emulator; the newest one of this runspace by default.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public IgEmulator? Emulator { get; set; }

    /// <summary>Only the messages to this person.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Recipient", "Igsid", "recipient_id")]
    [Cell]
    public string? RecipientId { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if ((Emulator ?? State.NewestEmulator) is { } emulator)
            WriteObject(((GraphEmulator)emulator.Server).Messages(RecipientId), enumerateCollection: true);
        else
            Fail(IgError.Of(ErrorId.NotConnected, "No emulator runs in this runspace.", remedy: "Run Start-IgEmulator first, or give -Emulator."));
    }
}
