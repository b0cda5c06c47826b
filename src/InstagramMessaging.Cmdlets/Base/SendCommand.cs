using System.Management.Automation;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>A cmdlet that sends something to a person: it writes an <see cref="IgSendResult"/> a row.</summary>
public abstract class SendCommand : GraphCommand
{
    /// <summary>The Instagram-scoped id of the person.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Recipient", "Igsid", "recipient_id")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? RecipientId { get; set; }

    /// <summary>Writes a result for rows that were not sent, too; their errors are written all the same.</summary>
    [Parameter]
    public SwitchParameter IncludeFailed { get; set; }

    private protected abstract IgOperation Operation { get; }

    private protected override string? RowRecipient => RecipientId;

    private protected override void WriteResult(Row row, SendRequest? request, RowOutcome outcome)
    {
        if (outcome.Status is not (IgSendStatus.Sent or IgSendStatus.Skipped) && !IncludeFailed)
            return;
        WriteObject(new IgSendResult
        {
            Index = row.Index,
            RecipientId = row.RecipientId,
            Status = outcome.Status,
            Operation = request?.Payload.Operation ?? Operation,
            MessageId = outcome.MessageId,
            AttachmentId = outcome.AttachmentId,
            Attempts = outcome.Attempts,
            Duration = outcome.Duration,
            SentAt = outcome.SentAt,
            Account = Account,
            ErrorId = outcome.Error?.ErrorId,
            InputObject = row.Target,
        });
    }
}
