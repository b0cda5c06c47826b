using System.Management.Automation;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Emulator;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>A cmdlet that does something for a customer of an emulator, or in the customer's name.</summary>
public abstract class EmulatorCustomerCommand : EmulatorCommand
{
    /// <summary>The customer's Instagram-scoped id.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Recipient", "Igsid", "recipient_id")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? RecipientId { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        GraphEmulator server = Server();
        if (GraphEmulator.IsPersonId(RecipientId))
            Act(server, RecipientId!);
        else
            Refuse(ErrorId.RecipientInvalid, $"'{RecipientId}' is no Instagram-scoped id: it has 1 to 20 digits.", "Make up an id of digits; those in about_IgEmulator pick an outcome.");
    }

    /// <summary>Does it.</summary>
    /// <param name="customerId">An id that the emulator can give to somebody.</param>
    private protected abstract void Act(GraphEmulator server, string customerId);

    /// <summary>What cannot be done costs its own row.</summary>
    private protected void Refuse(string id, string message, string remedy) =>
        WriteError(ErrorRecords.Of(IgError.Of(id, message, remedy: remedy), RecipientId));
}
