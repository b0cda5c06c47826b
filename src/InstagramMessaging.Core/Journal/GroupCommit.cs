using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Journal;

/// <summary>
/// Writes lines in the order in which they come, many at a time: while one write is on its way the next one gathers, so that a slow
/// disk costs every row one wait and not one each.
/// </summary>
/// <remarks>
/// A write ends with a line of its own, <c>{}</c>. When the last line of the file is lost, torn by a crash or cut by somebody, it is
/// that one, or a line of a write that was never flushed: never the started line of a request that has left.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    private static readonly byte[] Mark = [.. "{}\n"u8];

    private readonly object _gate = new();
    private readonly object _writing = new();
    private readonly IJournalDisk _disk;
    private readonly string _name;
    private readonly Action<Action> _schedule;
    private readonly TaskCreationOptions _continuations;
    private readonly MemoryStream _unwritten = new();

    private MemoryStream _queue = new();
    private MemoryStream _spare = new();

    /// <summary>One for each who waits: of several who wait for one task, the runtime sends all but one on to the thread pool.</summary>
    private List<TaskCompletionSource<bool>>? _waiters;
    private InstagramApiException? _trouble;
    private bool _isScheduled;
    private bool _isClosed;
    private long _length;
    private bool _isDirty;

    /// <param name="length">How many bytes the disk has; whatever fails, it goes back to whole lines.</param>
    /// <param name="schedule">Runs a write soon.</param>
    /// <param name="inlineContinuations">Whether who waits goes on inside the write that it waited for.</param>
    public GroupCommit(IJournalDisk disk, string name, long length, Action<Action> schedule, bool inlineContinuations)
    {
        _disk = disk;
        _name = name;
        _length = length;
        _schedule = schedule;
        _continuations = inlineContinuations ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;
    }

    /// <summary>Why nothing is written any more; null while all goes well.</summary>
    public InstagramApiException? Trouble
    {
        get
        {
            lock (_gate)
                return _trouble;
        }
    }

    private bool IsClosed
    {
        get
        {
            lock (_gate)
                return _isClosed;
        }
    }

    /// <summary>Queues the line of a request that may leave when the task has ended well: the line is on the disk then.</summary>
    public Task StartAsync(byte[] line)
    {
        Task task;
        lock (_gate)
        {
            if (_trouble is not null || _isClosed)
                return Task.FromException(_trouble ?? Closed());
            _queue.Write(line, 0, line.Length);
            var waiter = new TaskCompletionSource<bool>(_continuations);
            (_waiters ??= []).Add(waiter);
            task = waiter.Task;
        }

        Kick();
        return task;
    }

    /// <summary>Queues a line that nobody waits for. It is written at once, and on the disk with the next flush: lost before that, its row is reported once more, never sent.</summary>
    /// <returns>False once the journal is closed: then it is lost.</returns>
    public bool Add(byte[] line)
    {
        lock (_gate)
        {
            if (_isClosed)
                return false;
            _queue.Write(line, 0, line.Length);
        }

        Kick();
        return true;
    }

    /// <summary>Writes what is pending and closes the disk. Whoever still waits is told that no request may leave: its end could not be written.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
        }

        List<TaskCompletionSource<bool>>? waiters;
        lock (_writing)
        {
            (MemoryStream lines, waiters) = Take();
            Commit(lines, mustFlush: true);
            if (_unwritten.Length > 0)
                WriteLate();
            _disk.Dispose();
            _unwritten.Dispose();
            _queue.Dispose();
            _spare.Dispose();
        }

        waiters?.ForEach(waiter => waiter.SetException(Trouble ?? Closed()));
    }

    private void Kick()
    {
        lock (_gate)
        {
            if (_isScheduled || _isClosed)
                return;
            _isScheduled = true;
        }

        _schedule(Write);
    }

    private void Write()
    {
        List<TaskCompletionSource<bool>>? waiters;
        InstagramApiException? trouble;
        lock (_writing)
        {
            // Closed meanwhile: Dispose writes what there is.
            if (IsClosed)
                return;
            (MemoryStream lines, waiters) = Take();
            trouble = Commit(lines, mustFlush: waiters is not null);
        }

        // Before anybody goes on: what they do next must not hold up the lines that already wait.
        bool isMore;
        lock (_gate)
            isMore = _isScheduled = _queue.Length > 0 && !_isClosed;
        if (isMore)
            _schedule(Write);
        if (trouble is null)
            waiters?.ForEach(waiter => waiter.SetResult(true));
        else
            waiters?.ForEach(waiter => waiter.SetException(trouble));
    }

    private (MemoryStream Lines, List<TaskCompletionSource<bool>>? Waiters) Take()
    {
        lock (_gate)
        {
            (MemoryStream lines, List<TaskCompletionSource<bool>>? waiters) = (_queue, _waiters);
            (_queue, _spare, _waiters) = (_spare, _queue, null);
            _queue.SetLength(0);
            return (lines, waiters);
        }
    }

    /// <returns>What went wrong, now or before.</returns>
    private InstagramApiException? Commit(MemoryStream lines, bool mustFlush)
    {
        if (_trouble is not null)
        {
            Keep(lines);
            return _trouble;
        }

        long whole = lines.Length;
        try
        {
            if (whole > 0)
            {
                lines.Write(Mark, 0, Mark.Length);
                _isDirty = true;
                _disk.Append(lines.GetBuffer(), (int)lines.Length);
            }

            if (mustFlush && _isDirty)
            {
                _disk.Flush();
                _isDirty = false;
            }

            _length += lines.Length;
            return null;
        }
        catch (Exception cause)
        {
            lines.SetLength(whole);
            Keep(lines);
            return Break(cause);
        }
    }

    /// <summary>After one failure nothing is written but what is kept, at the end: a disk that fails now and then would leave lines out in the middle.</summary>
    private InstagramApiException Break(Exception cause)
    {
        InstagramApiException trouble = JournalErrors.Unwritable(_name, cause);
        lock (_gate)
            _trouble = trouble;
        TryCut();
        return trouble;
    }

    /// <summary>Keeps the ends of rows. A started line that was not written belongs to a request that does not leave.</summary>
    private void Keep(MemoryStream lines)
    {
        lines.Position = 0;
        using var reader = new LineReader(lines);
        while (reader.Next(out ReadOnlySpan<byte> bytes))
        {
            if (JournalLine.TryParse(bytes, out JournalLine? line) && line is { Status: not IgJournalStatus.Started })
            {
                byte[] kept = line.ToBytes();
                _unwritten.Write(kept, 0, kept.Length);
            }
        }
    }

    /// <summary>One more try for the ends that could not be written. Where it fails, their rows stay as they are in the file, started, and the next run calls them unknown.</summary>
    private void WriteLate()
    {
        if (!TryCut())
            return;
        try
        {
            _unwritten.Write(Mark, 0, Mark.Length);
            _disk.Append(_unwritten.GetBuffer(), (int)_unwritten.Length);
            _disk.Flush();
        }
        catch (Exception)
        {
            TryCut();
        }
    }

    /// <summary>Takes half a line off the end. Where that fails, too, the next opening does it.</summary>
    private bool TryCut()
    {
        try
        {
            _disk.Truncate(_length);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private InstagramApiException Closed() =>
        IgError.Of(ErrorId.JournalUnwritable, $"{_name} was closed before the row's line was on the disk, so nothing was sent.", remedy: "Send the row again.");
}
