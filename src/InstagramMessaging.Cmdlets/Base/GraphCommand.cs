using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// A cmdlet that takes rows and asks Graph for each. A row goes: cells, request (validated), <see cref="SendRun"/>, outcome,
/// result. A cmdlet of its own only says what its cells mean and what it writes.
/// </summary>
public abstract class GraphCommand : IgCommand, IDisposable
{
    /// <summary>How long a request on its way may still take after Ctrl-C.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly PipelinePump _pump = new();
    private readonly Dictionary<Doubt, long> _doubts = [];
    private RowCells? _cells;
    private RunTotals _totals = new(sendsPerSecond: 100, mediaPerSecond: 10);
    private SendRun? _run;
    private bool _isWhatIf;

    /// <summary>The connection to use; the runspace's own by default.</summary>
    [Parameter]
    [ValidateNotNull]
    public IgConnection? Connection { get; set; }

    /// <summary>Tries after the first, for what may be tried again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>The row itself, as it comes down the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The account that sends; null under <c>-WhatIf</c> without a connection.</summary>
    private protected string? Account { get; private set; }

    /// <summary>The person as the row names them.</summary>
    private protected virtual string? RowRecipient => null;

    /// <summary>The parameters of which a row fills one.</summary>
    private protected abstract IReadOnlyList<string> PayloadParameters { get; }

    /// <summary>Which of the row's cells count; from <c>BeginProcessing</c> on.</summary>
    private protected RowCells Cells => _cells!;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        _cells = new RowCells(MyInvocation, PayloadParameters);
        _isWhatIf = IsWhatIf;
        IgConnection? connection = Connection ?? State.Connection;
        if (connection is null && !_isWhatIf)
            Fail(NotConnected());
        if (connection is { IsClosed: true } && !_isWhatIf)
            Fail(IgError.Of(ErrorId.ConnectionInvalid, "This connection was ended by Disconnect-IgAccount."), connection);
        try
        {
            CheckCommandLine();
        }
        catch (InstagramApiException error)
        {
            Fail(error);
        }

        if (connection is null)
            return;
        Account = connection.Account;
        _totals = new RunTotals(connection.SendsPerSecond, connection.MediaPerSecond);
        if (!_isWhatIf)
            _run = new SendRun(GraphClient.Of(connection), MaximumRetryCount, text => _pump.Post(() => WriteVerbose(text)));
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        var row = new Row(_totals.NextIndex(), RowRecipient, InputObject ?? Cells.AsRow());
        if (InputObject is not null && row.IsBlank)
        {
            _totals.Blank++;
        }
        else if (_run?.StopReason is { } reason)
        {
            Finish(row, null, SendRun.NotTried(reason));
        }
        else if (Validated(row) is { } request)
        {
            WarnOfDoubts(row, request);
            if (Confirmed(request, out ShouldProcessReason why))
                Finish(row, request, Send(request));
            else if (why == ShouldProcessReason.WhatIf)
                _totals.Plan(request);
            else
                Finish(row, request, new RowOutcome(IgSendStatus.Skipped));
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_totals.Blank > 0)
            WriteWarning($"Rows with nothing in them, as a spreadsheet leaves them at its end, were passed over: {_totals.Blank}.");
        foreach (KeyValuePair<Doubt, long> kind in _doubts.Where(kind => kind.Value > 1))
            WriteWarning($"Further rows with such {(kind.Key == Doubt.Placeholder ? "a placeholder" : "an address")}: {kind.Value - 1}.");
        if (_isWhatIf)
            WriteInformation(new HostInformationMessage { Message = _totals.PlanSummary() }, ["PSHOST"]);
        WriteVerbose(_totals.Summary() + ".");
        if (_run?.StopReason is { } reason)
            Fail(IgError.Of(ErrorId.RunStopped, $"The run was stopped: {_totals.Summary()}.", reason));
    }

    /// <inheritdoc />
    protected override void StopProcessing()
    {
        _stop.Cancel();
        _abort.CancelAfter(Drain);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
        _pump.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the row's cells.</summary>
    /// <exception cref="InstagramApiException">What is wrong with the row.</exception>
    private protected abstract SendRequest MakeRequest();

    /// <summary>Writes what became of a row, errors apart.</summary>
    private protected abstract void WriteResult(Row row, SendRequest? request, RowOutcome outcome);

    /// <summary>Refuses a command line with which no row can succeed.</summary>
    /// <exception cref="InstagramApiException">What is wrong with it.</exception>
    private protected virtual void CheckCommandLine()
    {
    }

    private SendRequest? Validated(Row row)
    {
        try
        {
            return MakeRequest();
        }
        catch (InstagramApiException error)
        {
            Finish(row, null, new RowOutcome(IgSendStatus.Failed, error));
            return null;
        }
    }

    /// <summary>In PowerShell's own words: the overload that says why takes whole sentences.</summary>
    private bool Confirmed(SendRequest request, out ShouldProcessReason why)
    {
        string action = $"Performing the operation \"{request.Payload.Describe()}\" on target \"{request.RecipientId ?? Account ?? "Instagram"}\".";
        return ShouldProcess(action, $"Are you sure you want to perform this action?\n{action}", "Confirm", out why);
    }

    private RowOutcome Send(SendRequest request)
    {
        RowOutcome outcome = _pump.Run(() => _run!.SendAsync(request, _stop.Token, _abort.Token), out Exception? broken);
        if (Stopping || broken is not null)
            TellHost(request, outcome);
        if (broken is not null)
            ExceptionDispatchInfo.Capture(broken).Throw();
        return outcome;
    }

    /// <summary>Nothing can be written to the pipeline any more, and a message that left must not go unmentioned.</summary>
    private void TellHost(SendRequest request, RowOutcome outcome)
    {
        if (outcome.Status is IgSendStatus.Sent or IgSendStatus.Unknown)
            Host.UI.WriteWarningLine($"Stopped while the message to {request.RecipientId} was on its way: {outcome.Status}.");
    }

    private void Finish(Row row, SendRequest? request, RowOutcome outcome)
    {
        _totals.Count(outcome.Status);
        WriteResult(row, request, outcome);
        if (outcome.Error is { } error)
            WriteError(ErrorRecords.Of(error, row.Target));
    }

    private void WarnOfDoubts(Row row, SendRequest request)
    {
        if (request.Payload is not TextPayload { IsLink: false } text)
            return;
        foreach ((Doubt kind, string what) in TextRules.Doubts(text.Text))
        {
            _doubts.TryGetValue(kind, out long rows);
            _doubts[kind] = rows + 1;
            if (rows == 0)
                WriteWarning($"Row {row.Index}, to {request.RecipientId}: {what}.");
        }
    }
}
