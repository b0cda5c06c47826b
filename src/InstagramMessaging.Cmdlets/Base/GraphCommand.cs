using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Cache;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// A cmdlet that takes rows and asks Graph for each. A row goes: cells, request (validated), engine, outcome, result. A cmdlet of
/// its own only says what its cells mean and what it writes.
/// </summary>
public abstract class GraphCommand : IgCommand, IDisposable
{
    private readonly Dictionary<Doubt, long> _doubts = [];
    private RowCells? _cells;
    private RunTotals _totals = new(sendsPerSecond: 100, mediaPerSecond: 10);
    private PipelineRun? _run;
    private bool _isWhatIf;

    /// <summary>The connection to use; the runspace's own by default.</summary>
    [Parameter]
    [ValidateNotNull]
    public IgConnection? Connection { get; set; }

    /// <summary>How many rows are in work at the same time; those of one recipient go one after another.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = EngineOptions.DefaultThrottleLimit;

    /// <summary>Tries after the first, for what may be tried again; and how many throttle answers in a row the run bears.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = EngineOptions.DefaultRetries;

    /// <summary>The longest pause that Graph may ask for before the run stops instead.</summary>
    [Parameter]
    [RunTime(AllowZero = true)]
    public TimeSpan MaximumWait { get; set; } = new EngineOptions().MaximumWait;

    /// <summary>How many rows may end in doubt, or without having reached Graph, before the run stops.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumUnknown { get; set; } = EngineOptions.DefaultUnknown;

    /// <summary>The time after which no further row is begun.</summary>
    [Parameter]
    [RunTime]
    public TimeSpan StopAfter { get; set; }

    /// <summary>How many rows will come, so that the progress line can tell the time that is left.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long TotalCount { get; set; }

    /// <summary>The row itself, as it comes down the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The account that sends; null under <c>-WhatIf</c> without a connection.</summary>
    private protected string? Account { get; private set; }

    private protected RunTotals Totals => _totals;

    /// <summary>The attachments of earlier runs; null where nobody keeps them.</summary>
    private protected AttachmentCache? Cache { get; private set; }

    /// <summary>Whether the servers of addresses are asked first.</summary>
    private protected virtual bool ChecksUrls => false;

    /// <summary>Where attachments of earlier runs are kept; null for nowhere.</summary>
    private protected virtual string? AttachmentsPath => null;

    /// <summary>The person as the row names them.</summary>
    private protected virtual string? RowRecipient => null;

    /// <summary>Whether a cell that only the row can have filled holds something. To look a row through costs as much as to bind it.</summary>
    private protected virtual bool HasCellOfRow => false;

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
        Account = connection?.Account;
        Guarded(CheckCommandLine);
        if (connection is not null && AttachmentsPath is { } path)
            Guarded(() => Cache = OpenCache(connection, FilePaths.Literal(SessionState, path, ErrorId.CachePathInvalid)));
        if (!_isWhatIf)
            Guarded(() => OpenFiles(connection!));
        if (connection is null)
            return;
        _totals = new RunTotals(connection.SendsPerSecond, connection.MediaPerSecond, _isWhatIf ? Cache?.Known().Select(known => known.Key) : null);
        if (!_isWhatIf)
            _run = new PipelineRun(this, GraphClient.Of(connection), Options(), _totals, Finish, TotalCount > 0 ? TotalCount : null);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        var row = new Row(_totals.NextIndex(), RowRecipient, InputObject ?? Cells.AsRow()) { IsPiped = InputObject is not null };
        if (InputObject is not null && !HasCellOfRow && row.IsBlank)
            _totals.Blank++;
        else if (Validated(row) is { } request)
            Take(row, request);
        _run?.WriteReady();
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        _run?.WriteAll();
        if (_totals.Blank > 0)
            WriteWarning($"Rows with nothing in them, as a spreadsheet leaves them at its end, were passed over: {_totals.Blank}.");
        foreach (KeyValuePair<Doubt, long> kind in _doubts.Where(kind => kind.Value > 1))
            WriteWarning($"Further rows with such {(kind.Key == Doubt.Placeholder ? "a placeholder" : "an address")}: {kind.Value - 1}.");
        Guarded(Conclude);
        if (Cache?.Trouble is { } unkept)
            WriteWarning($"Not every attachment could be noted in the cache, so a later run uploads again: {unkept.Message.TrimEnd('.')}.");
        if (_isWhatIf)
            WriteInformation(new HostInformationMessage { Message = _totals.PlanSummary() }, ["PSHOST"]);
        WriteVerbose(_run is null ? _totals.Summary() + "." : _totals.Summary(_run.Elapsed));
        if (_run?.StopReason is { } reason)
            Fail(IgError.Of(ErrorId.RunStopped, $"The run was stopped: {_totals.Summary()}.", reason));
    }

    /// <inheritdoc />
    protected override void StopProcessing() => _run?.Stop();

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the run: after a stop or an error of the pipeline nothing else of the cmdlet is called.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _run?.Dispose();
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

    /// <summary>Opens what a run writes beside its results.</summary>
    /// <exception cref="InstagramApiException">It cannot be written.</exception>
    private protected virtual void OpenFiles(IgConnection connection)
    {
    }

    /// <summary>Finishes what a run writes beside its results, and says what there is to say at its end.</summary>
    private protected virtual void Conclude()
    {
    }

    /// <summary>The outcome of a row that is not to be sent at all; null for one that may go.</summary>
    private protected virtual RowOutcome? PassOver(Row row, SendRequest request) => null;

    /// <summary>Takes note of a row that is about to go, and of its place in the journal.</summary>
    /// <returns>An outcome where it must not go after all.</returns>
    private protected virtual RowOutcome? Admit(Row row, SendRequest request, out JournalRow? journal)
    {
        journal = null;
        return null;
    }

    /// <summary>Ends the cmdlet where what a run needs beside its rows fails.</summary>
    private protected void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (InstagramApiException error)
        {
            Fail(error);
        }
    }

    /// <summary>What a file of this run notes as the host: the ports of an emulator change.</summary>
    private protected static string HostOf(IgConnection connection) => connection.BaseUri.IsLoopback ? "loopback" : connection.BaseUri.Host;

    /// <summary>The attachments of earlier runs; <c>-WhatIf</c> begins no file.</summary>
    private AttachmentCache OpenCache(IgConnection connection, string path) => _isWhatIf
        ? AttachmentCache.Peek(path, connection.Account, connection.BaseUri.Authority, TimeProvider.System)
        : AttachmentCache.Open(path, connection.Account, connection.BaseUri.Authority, TimeProvider.System);

    private EngineOptions Options() => new()
    {
        ThrottleLimit = ThrottleLimit,
        MaximumRetryCount = MaximumRetryCount,
        MaximumWait = MaximumWait,
        MaximumUnknown = MaximumUnknown,
        StopAfter = StopAfter > TimeSpan.Zero ? StopAfter : null,
        Cache = Cache,
        CheckUrl = ChecksUrls,
    };

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

    private void Take(Row row, SendRequest request)
    {
        WarnOfDoubts(row, request);
        try
        {
            JournalRow? journal = null;
            RowOutcome? outcome = PassOver(row, request);

            // A run that has stopped tries nothing: the engine says so of each row, but for those that its journal knows.
            if (outcome is null && _run?.StopReason is null && !Confirmed(request, out ShouldProcessReason why) && why != ShouldProcessReason.WhatIf)
                outcome = new RowOutcome(IgSendStatus.Skipped);
            outcome ??= Admit(row, request, out journal);
            if (outcome is not null)
                Finish(row, request, outcome);
            else if (_run is not null)
                _run.Add(row, request, journal);
            else
                _totals.Plan(request);
        }
        catch (InstagramApiException error)
        {
            Finish(row, request, new RowOutcome(IgSendStatus.Failed, error));
        }
    }

    /// <summary>In PowerShell's own words: the overload that says why takes whole sentences. The question and its title it adds itself, when it asks.</summary>
    private bool Confirmed(SendRequest request, out ShouldProcessReason why)
    {
        string action = $"Performing the operation \"{request.Payload.Describe()}\" on target \"{request.RecipientId ?? Account ?? "Instagram"}\".";
        return ShouldProcess(action, null, null, out why);
    }

    private protected virtual void Finish(Row row, SendRequest? request, RowOutcome outcome)
    {
        _totals.Count(outcome.Status);
        WriteResult(row, request, outcome);
        if (outcome.Error is { } error)
            WriteError(ErrorRecords.Of(error, row.Target, row.IsPiped ? row.Place : null));
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
                WriteWarning($"{row.Place}: {what}.");
        }
    }
}
