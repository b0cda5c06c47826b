using System;
using System.Threading.Tasks;

namespace InstagramMessaging.Core.Journal;

/// <summary>A row that its holder may send: nobody else of this process gets its key until it has ended or was released.</summary>
internal sealed class JournalRow
{
    private readonly object _gate = new();
    private readonly OpenJournal _journal;
    private readonly KeyHash _hash;
    private readonly string? _recipientId;
    private readonly IgOperation _operation;
    private JournalState _state;
    private Task? _started;
    private bool _hasLine;
    private bool _isOver;

    public JournalRow(OpenJournal journal, string key, KeyHash hash, JournalState before, string? recipientId, IgOperation operation)
    {
        _journal = journal;
        _hash = hash;
        _state = before;
        _recipientId = recipientId;
        _operation = operation;
        Key = key;
    }

    public string Key { get; }

    /// <summary>Writes that a request is about to leave; before each try. No request may leave unless the task ends well.</summary>
    /// <exception cref="InstagramApiException"><c>IgJournalUnwritable</c>.</exception>
    public Task StartedAsync()
    {
        lock (_gate)
        {
            if (_isOver)
                throw new InvalidOperationException("The row has ended.");
            return _started = _journal.Lines.StartAsync(Line(IgJournalStatus.Started).ToBytes());
        }
    }

    /// <summary>Writes that the row certainly was not delivered so far and waits for another try.</summary>
    public void Waiting(string? errorId, long? code, long? subcode)
    {
        lock (_gate)
        {
            if (!_isOver)
                Wait(errorId, code, subcode);
        }
    }

    /// <summary>Writes the end and frees the key with it. The first end stands: a row given up as unknown stays unknown.</summary>
    /// <param name="status">Sent, Failed or Unknown.</param>
    /// <exception cref="ObjectDisposedException">The journal is closed, and the end is lost: the next run calls the row unknown.</exception>
    public void Ended(IgSendStatus status, string? messageId, string? attachmentId, string? errorId, long? code, long? subcode)
    {
        IgJournalStatus end = status switch
        {
            IgSendStatus.Sent => IgJournalStatus.Sent,
            IgSendStatus.Failed => IgJournalStatus.Failed,
            IgSendStatus.Unknown => IgJournalStatus.Unknown,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "That is no end of a row that was tried."),
        };
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
            JournalLine line = Line(end, errorId, code, subcode);
            line.MessageId = messageId;
            line.AttachmentId = attachmentId;
            bool isQueued = _journal.Lines.Add(line.ToBytes());

            // After its line: whoever gets the key next writes behind it.
            _journal.Index.Set(_hash, line.Status, line.At);
            if (!isQueued)
                throw new ObjectDisposedException(nameof(SendJournal));
        }
    }

    /// <summary>
    /// Gives the row back untried. It leaves no line, unless one says already that a request was about to leave: then another says that
    /// none did. After an end it does nothing.
    /// </summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;

            // A started line that failed is not in the file.
            if (_started is { IsFaulted: false })
                Wait(null, null, null);
            _journal.Index.GiveBack(_hash, _state);
        }
    }

    /// <summary>Where the journal is closed the row stays started, which says too much and never too little.</summary>
    private void Wait(string? errorId, long? code, long? subcode)
    {
        JournalLine line = Line(IgJournalStatus.Waiting, errorId, code, subcode);
        _started = null;
        if (_journal.Lines.Add(line.ToBytes()))
            _state = new JournalState(line.Status, line.At);
    }

    /// <summary>The row's first line says whom it is for; it is an end at once where the row fails before any request.</summary>
    private JournalLine Line(IgJournalStatus status, string? errorId = null, long? code = null, long? subcode = null)
    {
        bool isFirst = status == IgJournalStatus.Started || !_hasLine;
        _hasLine = true;
        return new JournalLine
        {
            Key = Key,
            Status = status,
            RecipientId = isFirst ? _recipientId : null,
            Operation = isFirst ? _operation : null,
            At = _journal.Clock.GetUtcNow(),
            ErrorId = errorId,
            Code = code,
            Subcode = subcode,
        };
    }
}
