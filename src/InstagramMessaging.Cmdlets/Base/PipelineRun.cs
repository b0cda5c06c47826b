using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// The engine at work for one cmdlet. The pipeline thread gives it rows and, whenever it comes by, writes what has ended; it waits
/// only when a thousand rows are ahead, or at the end of the input.
/// </summary>
internal sealed class PipelineRun : IDisposable
{
    /// <summary>Rows read and not ended: far enough for a table that is sorted by recipient, and a bound on memory.</summary>
    private const int LookAhead = 1_000;

    /// <summary>How long what is on its way may still take after a stop.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    /// <summary>How long the outcomes of what was then aborted may take to arrive here.</summary>
    private static readonly TimeSpan AfterAbort = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>While many rows are on their way they are written in batches; the last ones, or a single one, at once.</summary>
    private const int Many = 16;

    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(25);

    private readonly PSCmdlet _cmdlet;
    private readonly SendEngine<Row> _engine;
    private readonly EndedRows _ended = new();
    private readonly RunTotals _totals;
    private readonly Action<Row, SendRequest?, RowOutcome> _finish;
    private readonly ProgressLine _progress;
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _isQuiet;
    private bool _hasJournal;
    private int _outstanding;

    /// <param name="finish">Writes how a row ended; called on the pipeline thread.</param>
    /// <param name="totalCount">How many rows the caller expects; null where nobody said.</param>
    public PipelineRun(PSCmdlet cmdlet, IGraphCaller caller, EngineOptions options, RunTotals totals, Action<Row, SendRequest?, RowOutcome> finish, long? totalCount)
    {
        _cmdlet = cmdlet;
        _totals = totals;
        _finish = finish;
        _progress = new ProgressLine(cmdlet.MyInvocation.MyCommand.Name, totalCount);
        _isQuiet = (cmdlet.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out object? asked) ? asked : cmdlet.GetVariableValue("ProgressPreference")) is { } preference
            && LanguagePrimitives.TryConvertTo(preference, out ActionPreference shown)
            && shown is ActionPreference.SilentlyContinue or ActionPreference.Ignore;
        _engine = new SendEngine<Row>(caller, options, _ended.Add, _ended.Add);
    }

    /// <inheritdoc cref="SendRun.StopReason" />
    public InstagramApiException? StopReason => _engine.Run.StopReason;

    /// <summary>Since the run began.</summary>
    public TimeSpan Elapsed => _progress.Elapsed;

    /// <summary>Gives the engine a row; waits while it has enough of them.</summary>
    public void Add(Row row, SendRequest request, JournalRow? journal)
    {
        _hasJournal |= journal is not null;
        _outstanding++;
        _engine.Add(row, request, journal);
        while (_outstanding >= LookAhead)
            WriteSome();
    }

    /// <summary>Writes what has ended by now.</summary>
    public void WriteReady()
    {
        while (_ended.TryTake(out EngineEvent next))
            Write(next);
        ShowProgress();
    }

    /// <summary>Writes until every row has ended.</summary>
    public void WriteAll()
    {
        while (_outstanding > 0)
            WriteSome();
        WriteReady();
        if (!_progress.IsShown || _isQuiet)
            return;
        ShowUploads([]);
        _cmdlet.WriteProgress(_progress.Last());
    }

    /// <summary>Begins nothing new; any thread may call it.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _engine.Stop();
    }

    /// <summary>
    /// The only place that always runs: after Ctrl-C, <c>Select-Object -First</c>, an error downstream. What is on its way gets a
    /// little time; then it is given up, and its outcome is in doubt.
    /// </summary>
    public void Dispose()
    {
        if (_outstanding > 0)
        {
            _engine.Stop();
            List<EngineEvent> unwritten = Collect(Drain);
            if (_outstanding > 0)
            {
                _engine.Abort();
                unwritten.AddRange(Collect(AfterAbort));
            }

            TellHost(unwritten);
        }

        _engine.Dispose();
        if (_outstanding == 0)
            _ended.Dispose();
        _stop.Dispose();
    }

    private void WriteSome()
    {
        try
        {
            if (_outstanding > Many)
                _stop.Token.WaitHandle.WaitOne(Nap);
            else if (_ended.TryTake(Refresh, _stop.Token, out EngineEvent next))
                Write(next);
            _stop.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        WriteReady();
    }

    private void Write(EngineEvent next)
    {
        if (next.Wait is { } wait)
        {
            _progress.Waits(wait);
            _cmdlet.WriteVerbose(wait.ToString());
        }
        else
        {
            _outstanding--;
            _finish(next.Row!, next.Request, next.Outcome!);
        }
    }

    private void ShowProgress()
    {
        if (_isQuiet || !_progress.TryNext(_totals, out ProgressRecord record))
            return;
        _cmdlet.WriteProgress(record);
        ShowUploads(_engine.Run.Uploads);
    }

    private void ShowUploads(IEnumerable<UploadProgress> uploads)
    {
        if (_progress.Uploads(uploads) is { } record)
            _cmdlet.WriteProgress(record);
    }

    private List<EngineEvent> Collect(TimeSpan time)
    {
        var rows = new List<EngineEvent>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (_outstanding > 0 && time - clock.Elapsed is var rest && rest > TimeSpan.Zero && _ended.TryTake(rest, CancellationToken.None, out EngineEvent next))
        {
            if (next.Outcome is null)
                continue;
            _outstanding--;
            rows.Add(next);
        }

        return rows;
    }

    /// <summary>Nothing can be written to the pipeline any more; where no journal remembers it, a message that left must not go unmentioned.</summary>
    private void TellHost(List<EngineEvent> unwritten)
    {
        const int Named = 20;
        if (_hasJournal)
            return;
        foreach (IgSendStatus status in new[] { IgSendStatus.Sent, IgSendStatus.Unknown })
        {
            string[] rows = [.. unwritten.Where(row => row.Outcome!.Status == status).Select(row => row.Row!.RecipientId ?? "an upload")];
            if (rows.Length == 0)
                continue;
            string[] people = [.. rows.Distinct()];
            string more = people.Length > Named ? $" and {people.Length - Named} more" : string.Empty;
            _cmdlet.Host.UI.WriteWarningLine($"Stopped while messages were on their way. {status}: {rows.Length} ({string.Join(", ", people.Take(Named))}{more}).");
        }

        if (_outstanding > 0)
            _cmdlet.Host.UI.WriteWarningLine($"Stopped while messages were on their way. Nothing is known of {_outstanding} more.");
    }
}
