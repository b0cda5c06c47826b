using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>What the progress line of a run says, a few times a second: how many rows ended how, how fast, how long still, and why it waits.</summary>
/// <param name="activity">The cmdlet.</param>
/// <param name="totalCount">How many rows the caller expects; null where nobody said.</param>
internal sealed class ProgressLine(string activity, long? totalCount)
{
    private const string UploadActivity = "Upload";
    private const double Megabyte = 1024 * 1024;

    /// <summary>A smaller file is gone before anybody has read its line.</summary>
    private const double WorthShowing = Megabyte;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch _run = Stopwatch.StartNew();
    private TimeSpan _shown;
    private string? _wait;
    private TimeSpan _waitEnds;
    private bool _isUploading;

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

    /// <summary>The line for the files that are on their way, under the run's own; null where there is none to show.</summary>
    public ProgressRecord? Uploads(IEnumerable<UploadProgress> uploads)
    {
        UploadProgress[] large = [.. uploads.Where(upload => upload.Length > WorthShowing)];
        if (large.Length == 0)
        {
            bool wasShown = _isUploading;
            _isUploading = false;
            return wasShown ? new ProgressRecord(1, UploadActivity, "Done") { ParentActivityId = 0, RecordType = ProgressRecordType.Completed } : null;
        }

        _isUploading = true;
        double sent = large.Sum(upload => upload.Sent), length = large.Sum(upload => upload.Length);
        string more = large.Length > 1 ? $" and {large.Length - 1} more" : string.Empty;
        string status = string.Format(CultureInfo.InvariantCulture, "{0}{1}: {2:0.0} of {3:0.0} MB", large[0].Name, more, sent / Megabyte, length / Megabyte);
        return new ProgressRecord(1, UploadActivity, status) { ParentActivityId = 0, PercentComplete = (int)Math.Min(100, 100 * sent / length) };
    }

    public ProgressRecord Last() => new(0, activity, "Done") { RecordType = ProgressRecordType.Completed };
}
