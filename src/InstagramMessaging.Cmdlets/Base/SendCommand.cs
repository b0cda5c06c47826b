using System.Management.Automation;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>A cmdlet that sends something to a person: it writes an <see cref="IgSendResult"/> a row.</summary>
public abstract class SendCommand : GraphCommand
{
    /// <summary>
    /// The Instagram-scoped id of the person. Not mandatory for the binder: that would refuse a row without such a column in words of
    /// its own, before this cmdlet sees and counts it.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Recipient", "Igsid", "recipient_id")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? RecipientId { get; set; }

    /// <summary>Writes a result for rows that were not sent, too; their errors are written all the same.</summary>
    [Parameter]
    public SwitchParameter IncludeFailed { get; set; }

    private protected abstract IgOperation Operation { get; }

    /// <summary>The recipient of the row.</summary>
    /// <exception cref="InstagramApiException"><c>IgRecipientInvalid</c>; for a row without such a column it names those that it has.</exception>
    private protected string ValidRecipient() =>
        RecipientId is null && Row.Columns(InputObject) is { } columns
            ? throw IgError.Of(ErrorId.RecipientInvalid, $"The row has no recipient: its columns are {columns}.", remedy: "Call the column RecipientId, Recipient, Igsid or recipient_id, or give -RecipientId { $_.TheColumn }; for a file with semicolons use Import-Csv -Delimiter ';'.")
            : IdRules.Recipient(RecipientId);

    private protected override string? RowRecipient => CellValue.Shown(RecipientId);

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
