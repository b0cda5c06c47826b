using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// A cmdlet that sends something to a person: it writes an <see cref="IgSendResult"/> a row, sends nobody the same thing twice, and
/// keeps a journal if asked.
/// </summary>
public abstract class SendCommand : GraphCommand
{
    private readonly ContentHash _hash = new();
    private RunKeys _keys = new(allowDuplicate: false);
    private HashSet<string>? _excluded;
    private SendJournal? _journal;
    private FailedRows? _failed;
    private RowIdentity? _current;

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

    /// <summary>Sends a row although an earlier one of the run says the same to the same person.</summary>
    [Parameter]
    public SwitchParameter AllowDuplicate { get; set; }

    /// <summary>A table with a recipient column, or a list of ids: people who are never to be messaged.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExcludePath { get; set; }

    /// <summary>The journal: what was sent stands there, and is not sent again by a later run with the same file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The row's own key in the journal, such as an order number; without one it is made of the row's content.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? JournalKey { get; set; }

    /// <summary>Sends rows again of which the journal does not know whether they were delivered.</summary>
    [Parameter]
    public SwitchParameter ResendUnknown { get; set; }

    /// <summary>A table of the rows that certainly were not delivered, with the error and its remedy; it replaces a file of that name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FailedPath { get; set; }

    private protected abstract IgOperation Operation { get; }

    private protected override string? RowRecipient => CellValue.Shown(RecipientId);

    private protected override bool HasCellOfRow => !string.IsNullOrWhiteSpace(RecipientId) && Cells.IsOfRow(nameof(RecipientId));

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _journal?.Dispose();
        _failed?.Dispose();
    }

    /// <summary>The recipient of the row.</summary>
    /// <exception cref="InstagramApiException"><c>IgRecipientInvalid</c>; for a row without such a column it names those that it has.</exception>
    private protected string ValidRecipient() =>
        RecipientId is null && Row.Columns(InputObject) is { } columns
            ? throw IgError.Of(ErrorId.RecipientInvalid, $"The row has no recipient: its columns are {columns}.", remedy: "Call the column RecipientId, Recipient, Igsid or recipient_id, or give -RecipientId { $_.TheColumn }; for a file with semicolons use Import-Csv -Delimiter ';'.")
            : RecipientId is null && InputObject?.BaseObject is string or long or int
            ? throw IgError.Of(ErrorId.RecipientInvalid, $"The input is a bare value ({InputObject.BaseObject.GetType().Name}), not a row with columns.", remedy: "Give -RecipientId { $_ } where it is the recipient; read a table with Import-Csv.")
            : IdRules.Recipient(RecipientId);

    private protected override void CheckCommandLine()
    {
        _keys = new RunKeys(AllowDuplicate);
        if (ExcludePath is not null)
            _excluded = ExcludeList.Read(this, FilePaths.Literal(SessionState, ExcludePath, ErrorId.ExcludePathInvalid));
    }

    private protected override void OpenFiles(IgConnection connection)
    {
        if (JournalPath is not null)
        {
            _journal = SendJournal.Open(FilePaths.Literal(SessionState, JournalPath, ErrorId.JournalUnwritable), connection.Account, HostOf(connection), TimeProvider.System);
        }

        if (FailedPath is not null)
            _failed = new FailedRows(this, FilePaths.Literal(SessionState, FailedPath, ErrorId.FailedPathUnwritable), Kept());
    }

    /// <summary>The files of this run that must outlive it.</summary>
    private protected virtual IEnumerable<string> Kept()
    {
        if (JournalPath is not null)
            yield return FilePaths.Literal(SessionState, JournalPath, ErrorId.JournalUnwritable);
        if (ExcludePath is not null)
            yield return FilePaths.Literal(SessionState, ExcludePath, ErrorId.ExcludePathInvalid);
    }

    private protected override void Conclude()
    {
        WarnOfSkipped();
        _failed?.Complete();
    }

    private protected override RowOutcome? PassOver(Row row, SendRequest request)
    {
        _current = _hash.Of(Account, request);
        if (_excluded?.Contains(request.RecipientId!) == true)
            Totals.Excluded++;
        else if (_keys.IsDuplicate(_current))
            Totals.Duplicates++;
        else
            return null;
        return new RowOutcome(IgSendStatus.Skipped);
    }

    private protected override RowOutcome? Admit(Row row, SendRequest request, out JournalRow? journal)
    {
        journal = null;
        string key = _keys.Add(_current!, CellValue.Shown(JournalKey));
        if (_journal is null)
            return null;
        row.Key = key;

        JournalClaim claim = _journal.Claim(key, request.RecipientId, request.Payload.Operation, ResendUnknown);
        journal = claim.Row;
        switch (claim.Answer)
        {
            case ClaimAnswer.Sent:
                Totals.SentBefore++;
                return new RowOutcome(IgSendStatus.Skipped);
            case ClaimAnswer.Taken:
                Totals.Duplicates++;
                return new RowOutcome(IgSendStatus.Skipped);
            case ClaimAnswer.Unknown:
                string begun = claim.At is { } at ? string.Format(CultureInfo.InvariantCulture, " at {0:u}", at) : string.Empty;
                return new RowOutcome(IgSendStatus.Unknown, IgError.Of(
                    ErrorId.OutcomeUnknown,
                    $"By the journal an earlier run sent this to {request.RecipientId}{begun} and could not tell what became of it: it may have been delivered.",
                    remedy: "Look into the conversation first; -ResendUnknown sends it again."));
            default:
                return null;
        }
    }

    private protected override void Finish(Row row, SendRequest? request, RowOutcome outcome)
    {
        // Before the error, which may end the pipeline.
        if (outcome is { Status: IgSendStatus.Failed or IgSendStatus.NotTried, Error: { } error })
            Guarded(() => _failed?.Add(row, error));
        base.Finish(row, request, outcome);
    }

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
            Key = row.Key,
            Account = Account,
            ErrorId = outcome.Error?.ErrorId,
            InputObject = row.Target,
        });
    }

    private void WarnOfSkipped()
    {
        if (Totals.Duplicates > 0)
            WriteWarning($"Rows that say the same to the same person as an earlier one were skipped: {Totals.Duplicates}. -AllowDuplicate sends them.");
        if (Totals.Excluded > 0)
            WriteWarning($"Rows to people in {ExcludePath} were skipped: {Totals.Excluded}.");
        if (Totals.SentBefore > 0 && Totals.SentBefore == Totals.Ended)
        {
            string since = _journal?.SentSince is { } at ? string.Format(CultureInfo.InvariantCulture, ", since {0:u}", at) : string.Empty;
            WriteWarning($"Every row was skipped: the journal {JournalPath} has them all as sent{since}.");
        }
    }
}
