using System;

namespace InstagramMessaging;

/// <summary>The counts of a journal.</summary>
public sealed class IgJournalSummary
{
    internal IgJournalSummary()
    {
    }

    /// <summary>The file.</summary>
    public string JournalPath { get; internal init; } = string.Empty;

    /// <summary>The account that sent.</summary>
    public string Account { get; internal init; } = string.Empty;

    /// <summary>When the journal was begun, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; internal init; }

    /// <summary>When its last line was written, in UTC; null when no row was tried.</summary>
    public DateTimeOffset? LastAt { get; internal init; }

    /// <summary>All rows that were ever tried.</summary>
    public int Rows { get; internal init; }

    /// <summary>Rows that were accepted.</summary>
    public int Sent { get; internal init; }

    /// <summary>Rows certainly not delivered.</summary>
    public int Failed { get; internal init; }

    /// <summary>Rows that may have been delivered.</summary>
    public int Unknown { get; internal init; }

    /// <summary>Rows not delivered so far that were to be tried again.</summary>
    public int Waiting { get; internal init; }

    /// <summary>Rows whose end is not known, or that are being sent now.</summary>
    public int Started { get; internal init; }

    /// <summary>The counts.</summary>
    public override string ToString() => $"{Rows} rows: {Sent} sent, {Failed} failed, {Unknown} unknown, {Waiting} waiting, {Started} started";
}
