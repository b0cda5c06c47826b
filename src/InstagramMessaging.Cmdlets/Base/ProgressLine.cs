using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>What the progress line of a run says, a few times a second: how many rows ended how, how fast, how long still, and why it waits.</summary>
/// <param name="activity">The cmdlet.</param>
/// <param name="totalCount">How many rows the caller expects; null where nobody said.</param>
internal sealed class ProgressLine(string activity, long? totalCount)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch _run = Stopwatch.StartNew();
    private TimeSpan _shown;
    private string? _wait;
    private TimeSpan _waitEnds;

    public TimeSpan Elapsed => _run.Elapsed;

    public bool IsShown => _shown > TimeSpan.Zero;

    public void Waits(WaitNotice wait)
    {
        _wait = wait.ToString();
        _waitEnds = _run.Elapsed + wait.Wait;
    }

    /// <summary>The line, if it is time for a new one.</summary>
    public bool TryNext(RunTotals totals, out ProgressRecord record)
    {
        record = null!;
        TimeSpan now = _run.Elapsed;
        if (now - _shown < Every)
            return false;
        _shown = now;
        string rate = string.Format(CultureInfo.InvariantCulture, ", {0:0.0}/s", totals.Sent / now.TotalSeconds);
        record = new ProgressRecord(0, activity, totals.Summary() + rate);
        if (now < _waitEnds)
            record.CurrentOperation = _wait;
        if (totalCount is { } total && totals.Ended > 0)
        {
            double done = Math.Min(1, totals.Ended / (double)total);
            record.PercentComplete = (int)(done * 100);
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, now.TotalSeconds / done * (1 - done));
        }

        return true;
    }

    public ProgressRecord Last() => new(0, activity, "Done") { RecordType = ProgressRecordType.Completed };
}
