using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Journal;

/// <summary>A journal read back for people, row by row, whether or not a run is writing it.</summary>
internal sealed class JournalReport
{
    private readonly string _path;
    private readonly JournalHeader _header;
    private readonly Dictionary<string, Draft> _drafts = new(StringComparer.Ordinal);
    private readonly List<Draft> _order = [];
    private DateTimeOffset? _lastAt;

    private JournalReport(string path)
    {
        _path = path;
        string name = JournalErrors.Name(path);
        using FileStream stream = JournalFile.OpenToRead(path);
        JournalExtent extent = JournalReader.Read(stream, name, Take);
        _header = extent.Header ?? throw IgError.Of(ErrorId.JournalForeign, $"{name} is empty: no run has begun it yet.", remedy: "Give the path of a journal that a run has written.");
        IsTorn = extent.IsTorn;
    }

    /// <summary>Whether the last line is half a line: the run was killed while it wrote, or is writing now.</summary>
    public bool IsTorn { get; }

    /// <summary>The rows, in the order in which they first went.</summary>
    public IEnumerable<IgJournalEntry> Entries => _order.Select(draft => draft.Entry(_header.Account));

    public IgJournalSummary Summary => new()
    {
        JournalPath = _path,
        Account = _header.Account,
        CreatedAt = _header.Created,
        LastAt = _lastAt,
        Rows = _order.Count,
        Sent = Count(IgJournalStatus.Sent),
        Failed = Count(IgJournalStatus.Failed),
        Unknown = Count(IgJournalStatus.Unknown),
        Waiting = Count(IgJournalStatus.Waiting),
        Started = Count(IgJournalStatus.Started),
    };

    /// <exception cref="InstagramApiException"><c>IgJournalForeign</c>: there is none, or it is none.</exception>
    public static JournalReport Read(string path)
    {
        try
        {
            return new JournalReport(path);
        }
        catch (Exception trouble) when (trouble is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(path))
        {
            throw IgError.Of(ErrorId.JournalForeign, $"There is no journal '{path}'.", trouble, "Check the path: it is what a run was given as -JournalPath.");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw IgError.Of(ErrorId.JournalForeign, $"{JournalErrors.Name(path)} cannot be read: {trouble.Message.TrimEnd('.')}.", trouble, "Give a journal that this user may read and that no program holds locked.");
        }
    }

    private int Count(IgJournalStatus status) => _order.Count(draft => draft.Status == status);

    private void Take(JournalLine line)
    {
        _lastAt = line.At;
        if (!_drafts.TryGetValue(line.Key, out Draft? draft))
        {
            _drafts.Add(line.Key, draft = new Draft(line.Key));
            _order.Add(draft);
        }

        draft.Take(line);
    }

    /// <summary>A row while its lines are read.</summary>
    private sealed class Draft
    {
        private readonly string _key;
        private JournalLine _last = new();
        private string? _recipientId;
        private IgOperation? _operation;
        private string? _messageId;
        private string? _attachmentId;
        private int _attempts;
        private DateTimeOffset? _startedAt;
        private DateTimeOffset? _endedAt;

        public Draft(string key) => _key = key;

        public IgJournalStatus Status => _last.Status;

        public void Take(JournalLine line)
        {
            _last = line;
            _recipientId = line.RecipientId ?? _recipientId;
            _operation = line.Operation ?? _operation;
            _messageId = line.MessageId ?? _messageId;
            _attachmentId = line.AttachmentId ?? _attachmentId;
            if (line.Status == IgJournalStatus.Started)
            {
                _attempts++;
                _startedAt ??= line.At;
            }
            else if (line.Status != IgJournalStatus.Waiting)
            {
                _endedAt = line.At;
            }
        }

        public IgJournalEntry Entry(string account) => new()
        {
            Key = _key,
            RecipientId = _recipientId,
            Operation = _operation,
            Status = _last.Status,
            MessageId = _messageId,
            AttachmentId = _attachmentId,
            ErrorId = _last.ErrorId,
            Code = _last.Code,
            Subcode = _last.Subcode,
            Attempts = _attempts,
            StartedAt = _startedAt,
            EndedAt = _endedAt,
            Account = account,
        };
    }
}
