using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>Looks at one process: what leaves when, what comes back, and what the process says about it.</summary>
internal sealed class ProcessWatch(Referee referee, int number)
{
    private readonly EngineOptions _options = referee.Scenario.Options;
    private readonly List<Flight> _open = [];
    private readonly Dictionary<PaceKind, List<TimeSpan>> _passed = new() { [PaceKind.Sends] = [], [PaceKind.Media] = [] };
    private readonly Dictionary<string, int> _lastLeft = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastAccepted = new(StringComparer.Ordinal);
    private readonly Dictionary<SimRow, IgSendStatus> _outcomes = [];
    private readonly HashSet<SimRow> _doubted = [];
    private readonly HashSet<SimRow> _accepted = [];
    private readonly List<(TimeSpan Said, TimeSpan Until)> _waits = [];
    private TimeSpan _clear = TimeSpan.MinValue;
    private TimeSpan _alone = TimeSpan.MaxValue;
    private TimeSpan _stopped = TimeSpan.MaxValue;
    private int _doubts;
    private int _throttled;
    private int _unknown;

    public bool IsOver { get; private set; }

    private TimeSpan Now => referee.Clock.Now;

    /// <summary>A request leaves.</summary>
    /// <param name="line">The row's last line on the disk; null where it needs none.</param>
    public void Left(Flight flight, bool needsLine, (string Status, DateTimeOffset At)? line)
    {
        referee.Trace.Add("leaves", flight.Row?.Index ?? -1, flight.Fate.ToString());
        flight.Passed = line is { } started ? started.At - SimClock.Start : Now;
        if (needsLine && line?.Status != "started")
            referee.Break(Rule.LeftUnrecorded, $"{flight}: the disk has {line?.Status ?? "nothing"} for its row");
        if (_open.Count >= _options.ThrottleLimit)
            referee.Break(Rule.TooManyAtOnce, $"{flight} is number {_open.Count + 1} of {_options.ThrottleLimit}");
        if (flight.Passed > _stopped)
            referee.Break(Rule.LeftAfterStop, $"{flight} passed at {flight.Passed}, the run stopped at {_stopped}");
        if (_waits.Find(wait => wait.Said < flight.Passed && flight.Passed < wait.Until) is { Until.Ticks: > 0 } ignored)
            referee.Break(Rule.WaitIgnored, $"{flight} passed at {flight.Passed}; at {ignored.Said} Graph said to wait until {ignored.Until}");
        if (flight.Passed > _alone && _open.Find(other => other.Passed > _alone) is { } company)
            referee.Break(Rule.NotAlone, $"{flight} goes beside {company}");
        if (flight.Row is { } row)
            LeftInOrder(flight, row);
        _passed[flight.Pace].Add(flight.Passed);
        _open.Add(flight);
    }

    /// <summary>An answer arrives, before the process sees it.</summary>
    public void Answered(Flight flight, GraphAnswer answer, bool isDoubt)
    {
        referee.Trace.Add("answered", flight.Row?.Index ?? -1, flight.Fate.ToString());
        _open.Remove(flight);
        if (isDoubt && flight.Row is { } row)
        {
            row.WasInDoubt = true;
            _doubted.Add(row);
        }

        if (answer.Wait is { } wait)
            _waits.Add((Now, Now + wait));
        Learn(flight, isDoubt);
    }

    public void Accepted(Flight flight, SimRow row)
    {
        _accepted.Add(row);
        if (_outcomes.TryGetValue(row, out IgSendStatus said) && said is IgSendStatus.Failed or IgSendStatus.NotTried)
            referee.Break(Rule.CalledUndelivered, $"{flight} was accepted after process {number} called it {said}");
        if (flight.IsLate)
            return;
        string person = row.Request.RecipientId!;
        if (_lastAccepted.TryGetValue(person, out int before) && before > row.Index)
            referee.Break(Rule.OutOfOrder, $"{flight} was accepted after row {before} to the same person");
        _lastAccepted[person] = row.Index;
    }

    /// <summary>The process says how a row ended.</summary>
    /// <param name="isAsked">False where a stopped run counts the rest of its input without asking anybody.</param>
    /// <param name="isEngines">Whether the engine said so, and not the journal.</param>
    public void Ended(SimRow row, RowOutcome outcome, bool isEngines, bool isAsked = true)
    {
        IgSendStatus status = outcome.Status;
        referee.Trace.Add("ended", row.Index, outcome.Error is null ? status.ToString() : status + " " + outcome.Error.ErrorId);
        if (!_outcomes.TryAdd(row, status))
            referee.Break(Rule.OutcomeRepeated, $"row {row.Index} ended {_outcomes[row]} and {status}");
        if (isAsked)
            row.Status = status;
        if (status is IgSendStatus.Sent or IgSendStatus.Skipped && row.Accepted == 0)
            referee.Break(Rule.SentUnaccepted, $"row {row.Index} is {status}");
        bool mayHaveBeen = _accepted.Contains(row) || (isAsked && row.Resent == 0 && row.Accepted > 0);
        if (status is IgSendStatus.Failed or IgSendStatus.NotTried && mayHaveBeen)
            referee.Break(Rule.CalledUndelivered, $"row {row.Index} is {status} ({outcome.Error?.Message}) and was accepted");
        if (!isEngines)
            return;
        if (status == IgSendStatus.Unknown && !_doubted.Contains(row))
            referee.Break(Rule.UnknownForNothing, $"row {row.Index}: {outcome.Error?.Message}");
        if (status == IgSendStatus.Unknown && ++_unknown > _options.MaximumUnknown - 1 + _options.ThrottleLimit)
            referee.Break(Rule.TooManyUnknown, $"{_unknown} rows of process {number}, -MaximumUnknown {_options.MaximumUnknown}, -ThrottleLimit {_options.ThrottleLimit}");
    }

    /// <summary>From now on nothing may begin.</summary>
    public void Stopped()
    {
        if (_stopped > Now)
            _stopped = Now;
    }

    /// <summary>The process is over.</summary>
    /// <param name="owed">The rows that must have ended.</param>
    public void Over(IEnumerable<SimRow> owed)
    {
        IsOver = true;
        foreach (SimRow row in owed.Where(row => !_outcomes.ContainsKey(row)))
            referee.Break(Rule.OutcomeMissing, $"row {row.Index} in process {number}");
        KeptPace(PaceKind.Sends, referee.Scenario.SendsPerSecond);
        KeptPace(PaceKind.Media, referee.Scenario.MediaPerSecond);
    }

    private void LeftInOrder(Flight flight, SimRow row)
    {
        string person = row.Request.RecipientId!;
        if (_lastLeft.TryGetValue(person, out int before) && before > row.Index)
            referee.Break(Rule.OutOfOrder, $"{flight} leaves after row {before} to the same person");
        _lastLeft[person] = row.Index;
        if (_open.Find(other => other.Row?.Request.RecipientId == person) is { } other)
            referee.Break(Rule.OutOfOrder, $"{flight} leaves while {other} to the same person is on its way");
    }

    /// <summary>What the answers say about the connection. A clear one counts more here than in the engine, so that what is asked for is never more than it promises.</summary>
    private void Learn(Flight flight, bool isDoubt)
    {
        bool isThrottle = !isDoubt && flight.Fate is Fate.ThrottledSaying or Fate.ThrottledMute or Fate.Html429;
        if (!isDoubt && !isThrottle && !flight.Fate.IsUnreached())
        {
            (_clear, _alone, _doubts, _throttled) = (Now, TimeSpan.MaxValue, 0, 0);
            return;
        }

        if (isThrottle && ++_throttled > _options.MaximumRetryCount + 1 + _options.ThrottleLimit)
            referee.Break(Rule.BlockTooDear, $"{flight} is throttle answer {_throttled} in a row");
        if (flight.Passed > _clear && (isThrottle || ++_doubts >= 3) && _alone == TimeSpan.MaxValue)
            _alone = Now;
    }

    private void KeptPace(PaceKind kind, double rate)
    {
        // Departures come in the order of the disk's writes; the pace is kept at the gate.
        List<TimeSpan> passed = _passed[kind];
        passed.Sort();
        int most = (int)Math.Ceiling(rate);
        for (int i = most; i < passed.Count; i++)
        {
            if (passed[i] - passed[i - most] < TimeSpan.FromSeconds(1))
                referee.Break(Rule.PaceExceeded, $"{most + 1} of {kind} from {passed[i - most]} to {passed[i]}, at {rate} a second");
        }
    }
}
