using System;
using System.Collections.Generic;
using System.Globalization;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>Counts the rows of a run by how they ended, and what <c>-WhatIf</c> would have done.</summary>
/// <param name="kept">What has been uploaded before, and need not be again; a plan alone asks for it.</param>
internal sealed class RunTotals(double sendsPerSecond, double mediaPerSecond, IEnumerable<MediaKey>? kept = null)
{
    private readonly HashSet<MediaKey> _noUploads = [.. kept ?? []];
    private long _plannedUploads;
    private long _plannedRows;
    private long _plannedSends;
    private long _plannedOthers;
    private long _plannedMedia;
    private long _plannedBytes;
    private long _rows;
    private long _sent;
    private long _failed;
    private long _unknown;
    private long _notTried;
    private long _skipped;

    public long Blank { get; set; }

    /// <summary>Rows that said the same to the same person as an earlier one.</summary>
    public long Duplicates { get; set; }

    /// <summary>Rows to people who are never to be messaged.</summary>
    public long Excluded { get; set; }

    /// <summary>Rows that the journal has as sent.</summary>
    public long SentBefore { get; set; }

    public long Sent => _sent;

    /// <summary>Rows that have an outcome.</summary>
    public long Ended => _sent + _failed + _unknown + _notTried + _skipped;

    public long NextIndex() => ++_rows;

    public void Count(IgSendStatus status)
    {
        switch (status)
        {
            case IgSendStatus.Sent: _sent++; break;
            case IgSendStatus.Failed: _failed++; break;
            case IgSendStatus.Unknown: _unknown++; break;
            case IgSendStatus.NotTried: _notTried++; break;
            case IgSendStatus.Skipped: _skipped++; break;
        }
    }

    /// <summary>Adds a row that would be sent.</summary>
    public void Plan(SendRequest request)
    {
        _plannedRows++;
        _plannedBytes += request.Payload.Bytes;
        foreach (MediaSource source in request.Payload.Uploads)
        {
            // Rows that need the same file share one upload.
            if (!_noUploads.Add(source.Key))
                continue;
            _plannedUploads++;
            _plannedBytes += source.File?.Length ?? 0;
            PlanCall(RequestBody.PaceOf(source.Type));
        }

        if (request.Payload.Operation == IgOperation.Upload)
            return;
        _plannedSends++;
        PlanCall(RequestBody.PaceOf(request.Payload));
    }

    private void PlanCall(PaceKind pace)
    {
        if (pace == PaceKind.Media)
            _plannedMedia++;
        else
            _plannedOthers++;
    }

    /// <summary>The one line that ends a <c>-WhatIf</c>.</summary>
    public string PlanSummary()
    {
        double minutes = Math.Max(_plannedOthers / sendsPerSecond, _plannedMedia / mediaPerSecond) / 60;
        return string.Format(
            CultureInfo.InvariantCulture,
            "What if: rows to send: {0}, rows with errors: {1}, bytes of text and files: {2}, uploads: {3}, sends: {4}, minutes at the current pace: {5:0.0}.",
            _plannedRows,
            _failed,
            _plannedBytes,
            _plannedUploads,
            _plannedSends,
            minutes);
    }

    /// <summary>The counts, in the order in which people look for them.</summary>
    public string Summary() =>
        $"{_sent} sent, {_failed} failed, {_unknown} unknown, {_notTried} not tried" + (_skipped > 0 ? $", {_skipped} skipped" : string.Empty);

    /// <summary>The line that ends a run on the Verbose stream.</summary>
    public string Summary(TimeSpan time) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}, in {1:0.0} s ({2:0.0}/s).",
        Summary(),
        time.TotalSeconds,
        time > TimeSpan.Zero ? _sent / time.TotalSeconds : 0);
}
