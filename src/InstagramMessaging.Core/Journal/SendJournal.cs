using System;
using System.Threading;

namespace InstagramMessaging.Core.Journal;

/// <summary>The answer to the question whether a row may go.</summary>
/// <param name="Row">Only for <see cref="ClaimAnswer.Go"/>: what records the row from here on.</param>
/// <param name="At">When the row's last line was written; null for a row without any.</param>
internal readonly record struct JournalClaim(ClaimAnswer Answer, JournalRow? Row, DateTimeOffset? At);

/// <summary>
/// One cmdlet's use of a journal, the memory of a run. A line goes to the disk before each request and one when its answer is there, so
/// that a run which dies at any instruction can be run again: what was sent is skipped, what may have been sent is reported.
/// </summary>
internal sealed class SendJournal : IDisposable
{
    private readonly OpenJournal _journal;
    private Action? _leave;

    private SendJournal(OpenJournal journal, Action leave)
    {
        _journal = journal;
        _leave = leave;
    }

    /// <summary>When the first row of this journal was sent; null when none was.</summary>
    public DateTimeOffset? SentSince => _journal.Index.SentSince;

    /// <summary>Why nothing is written any more; null while all goes well. Still there after <see cref="Dispose"/>, whose own last write may fail.</summary>
    public InstagramApiException? Trouble => _journal.Lines.Trouble;

    /// <summary>Opens or begins a journal; all who open one file in this process share it.</summary>
    /// <exception cref="InstagramApiException"><c>IgJournalInUse</c>, <c>IgJournalForeign</c> or <c>IgJournalUnwritable</c>.</exception>
    public static SendJournal Open(string fullPath, string account, string host, TimeProvider clock)
    {
        (OpenJournal journal, Action leave) = OpenJournals.Enter(fullPath, account, host, clock);
        return new SendJournal(journal, leave);
    }

    /// <summary>A journal on a disk of the caller's, which it disposes.</summary>
    /// <param name="schedule">Runs a write soon.</param>
    /// <param name="inlineContinuations">Whether who waits for a line goes on inside the write: all on one thread, in one order.</param>
    /// <exception cref="InstagramApiException"><c>IgJournalForeign</c> or <c>IgJournalUnwritable</c>.</exception>
    public static SendJournal On(IJournalDisk disk, string account, string host, TimeProvider clock, Action<Action> schedule, bool inlineContinuations)
    {
        OpenJournal journal = OpenJournal.On(disk, "The journal", account, host, clock, schedule, inlineContinuations);
        return new SendJournal(journal, journal.Dispose);
    }

    /// <summary>Asks for a row and, if it may go, takes it for the asker, in one step.</summary>
    /// <param name="resendUnknown">Whether a row whose end is not known goes again.</param>
    public JournalClaim Claim(string key, string? recipientId, IgOperation operation, bool resendUnknown)
    {
        KeyHash hash = KeyHash.Of(key);
        ClaimAnswer answer = _journal.Index.Claim(hash, resendUnknown, out JournalState before);
        return new JournalClaim(answer, answer == ClaimAnswer.Go ? new JournalRow(_journal, key, hash, before, recipientId, operation) : null, before.At);
    }

    /// <summary>Leaves the journal. The last one writes what is pending, flushes and closes; it throws nothing, <see cref="Trouble"/> tells.</summary>
    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
