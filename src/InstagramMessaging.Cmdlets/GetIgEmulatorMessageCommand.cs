using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;

namespace InstagramMessaging.Cmdlets;

/// <summary>Reads an emulator's inbox: what its customers would have received, and what they wrote.</summary>
[Cmdlet(VerbsCommon.Get, "IgEmulatorMessage")]
[OutputType(typeof(IgEmulatorMessage))]
public sealed class GetIgEmulatorMessageCommand : EmulatorCommand
{
    /// <summary>Only the messages to and from this person.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Recipient", "Igsid", "recipient_id")]
    [Cell]
    public string? RecipientId { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord() => WriteObject(Server().Messages(RecipientId), enumerateCollection: true);
}
