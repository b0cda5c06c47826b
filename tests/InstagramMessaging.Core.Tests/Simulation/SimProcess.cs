using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>How a process is going to end, unless its rows end first.</summary>
internal enum Ending
{
    Natural,

    /// <summary>Ctrl-C, or a pipeline that wants no more.</summary>
    Stop,
    Kill,
    PowerCut,
}

/// <summary>What is particular to one process.</summary>
/// <param name="Steps">How many steps it has before its end is brought about.</param>
internal sealed record ProcessPlan(int Number, Ending Ending, int Steps, bool ResendsUnknown, EngineOptions Options);

/// <summary>One process that runs the cmdlet once over all rows, as SendCommand and PipelineRun do.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A process that dies disposes of nothing, and that is the point.")]
internal sealed class SimProcess
{
    public const string Account = "104857600000001";
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterAbort = TimeSpan.FromSeconds(2);

    private readonly Referee _referee;
    private readonly ProcessPlan _plan;
    private readonly Plant _plant;
    private readonly Dice _dice;
    private readonly Dictionary<string, (string Status, DateTimeOffset At)> _before;
    private readonly List<SimRow> _taken = [];
    private SendEngine<SimRow>? _engine;
    private SendJournal? _journal;
    private int _steps;
    private int _outstanding;
    private bool _isFeeding;
    private bool _isStopped;

    public SimProcess(Referee referee, ProcessPlan plan, Plant plant, SimDisk disk, Dice dice)
    {
        _referee = referee;
        _plan = plan;
        _plant = plant;
        _dice = dice;
        Disk = disk;
        Watch = new ProcessWatch(referee, plan.Number);
        _before = disk.Lines();
    }

    public SimDisk Disk { get; }

    public ProcessWatch Watch { get; }

    public SimClock Clock => _referee.Clock;

    public bool HasJournal => Scenario.HasJournal;

    /// <summary>Whether it ended before its time.</summary>
    public bool IsInterrupted { get; private set; }

    private Scenario Scenario => _referee.Scenario;

    public void Start(SimNetwork network)
    {
        _referee.Trace.Add("process", -1, _plan.Ending.ToString());
        try
        {
            if (HasJournal)
                _journal = SendJournal.On(_plant.Disk(Disk.Open(), Clock), Account, "graph.facebook.com", Clock, Soon, inlineContinuations: true);
        }
        catch (InstagramApiException refused)
        {
            // A full disk is said before any row is taken. Any other reason is a journal that its own writer cannot read.
            if (!Disk.HasFailed && !Watch.IsOver)
                _referee.Break(Rule.NoEnd, $"process {_plan.Number} cannot open the journal: {refused.Message}");
            IsInterrupted = true;
            End([]);
            return;
        }

        var gate = new Gate(Clock, Scenario.SendsPerSecond * _plant.Hurry, Scenario.MediaPerSecond * _plant.Hurry, _dice.Share, Scenario.Guard);
        _engine = new SendEngine<SimRow>(_plant.Caller(new SimCaller(network, this, gate, new SharedMedia(Clock, slots: 2, inlineContinuations: true))), _plan.Options, static _ => { }, Ended);
        Later(Feed);
    }

    /// <summary>One step further; at some step the process dies, in the middle of whatever it does there.</summary>
    public void Touch()
    {
        Clock.Look();
        if (Watch.IsOver || ++_steps != _plan.Steps)
            return;
        if (_plan.Ending is Ending.Kill or Ending.PowerCut)
            Die();
        else if (_plan.Ending == Ending.Stop)
            Clock.InProcess(TimeSpan.Zero, Stop);
    }

    private void Die()
    {
        _referee.Trace.Add("dies");
        _referee.Losses++;
        IsInterrupted = true;
        Disk.Crash(_plan.Ending == Ending.PowerCut);
        End([]);
    }

    private void Stop()
    {
        if (_engine is null || _isStopped)
            return;
        _referee.Trace.Add("stops");
        IsInterrupted = _isStopped = true;
        Watch.Stopped();
        _engine.Stop();
        Clock.InProcess(Drain, () =>
        {
            _engine.Abort();
            Clock.InProcess(AfterAbort, Close);
        });
        CloseIfDone();
    }

    private void Soon(Action write) => Clock.InProcess(_dice.Milliseconds(0, Scenario.CommitDelay), write);

    private void Later(Action feed)
    {
        if (_isFeeding)
            return;
        _isFeeding = true;
        Clock.InProcess(_dice.Milliseconds(0, Scenario.InputDelay), feed);
    }

    private void Feed()
    {
        _isFeeding = false;
        while (!_isStopped && !Watch.IsOver && _taken.Count < Scenario.Rows.Count && _outstanding < Scenario.LookAhead)
        {
            Take(Scenario.Rows[_taken.Count]);
            if (Scenario.InputDelay > 0)
            {
                Later(Feed);
                break;
            }
        }

        CloseIfDone();
    }

    private void Take(SimRow row)
    {
        _taken.Add(row);
        if (_engine!.Run.StopReason is { } reason)
        {
            Watch.Ended(row, SendRun.NotTried(reason), isEngines: false, isAsked: _journal is null);
            return;
        }

        SendRequest request = _plant.Request(row);
        if (_journal is null)
        {
            _outstanding++;
            _engine.Add(row, request);
            return;
        }

        JournalClaim claim = _journal.Claim(row.Key, request.RecipientId, request.Payload.Operation, _plan.ResendsUnknown || _plant.ResendsAlways);
        if (claim.Answer == ClaimAnswer.Go)
        {
            if (_plan.ResendsUnknown && _before.TryGetValue(row.Key, out var last) && last.Status is "started" or "unknown")
                row.Resent++;
            _outstanding++;
            _engine.Add(row, request, claim.Row);
        }
        else
        {
            IgSendStatus status = claim.Answer == ClaimAnswer.Unknown ? IgSendStatus.Unknown : IgSendStatus.Skipped;
            Watch.Ended(row, new RowOutcome(status), isEngines: false);
        }
    }

    private void Ended(SimRow row, SendRequest request, RowOutcome outcome)
    {
        Touch();
        if (Watch.IsOver)
            return;
        _outstanding--;
        Watch.Ended(row, outcome, isEngines: true);
        if (_engine!.Run.StopReason is not null)
            Watch.Stopped();
        Later(Feed);
    }

    private void CloseIfDone()
    {
        if (_outstanding == 0 && (_isStopped || _taken.Count == Scenario.Rows.Count))
            Clock.InProcess(TimeSpan.Zero, Close);
    }

    private void Close()
    {
        if (Watch.IsOver)
            return;
        _engine!.Dispose();
        _journal?.Dispose();
        if (Watch.IsOver)
            return;
        _referee.Losses += Disk.HasFailed ? 1 : 0;
        End(_isStopped ? _taken : Scenario.Rows);
    }

    private void End(IEnumerable<SimRow> owed)
    {
        Watch.Over(owed);
        Clock.EndProcess();
    }
}
