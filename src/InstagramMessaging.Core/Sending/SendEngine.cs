using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Keeps up to <c>-ThrottleLimit</c> rows in work: those of one recipient one after another, in the order in which they came, those of
/// different recipients side by side, the oldest first. It is given as many rows ahead as the caller likes, and says of each how it ended.
/// </summary>
/// <typeparam name="TRow">What the caller knows a row by.</typeparam>
[SuppressMessage("Reliability", "CA1001", Justification = "Its sources of cancellation outlive it on purpose: rows that are still on their way hold their tokens.")]
internal sealed class SendEngine<TRow> : IDisposable
{
    /// <summary>Timers bear no more; who sets a longer time means never.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly object _lock = new();
    private readonly Action<TRow, SendRequest, RowOutcome> _ended;
    private readonly int _throttleLimit;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource? _deadline;

    /// <summary>The rows that may go, the oldest first: one that waited for its recipient's earlier ones goes before younger rows.</summary>
    private readonly SortedSet<Item> _ready = new(Comparer<Item>.Create(static (one, other) => one.Number.CompareTo(other.Number)));

    /// <summary>The rows behind the one that is in work or ready, by recipient.</summary>
    private readonly Dictionary<string, Queue<Item>?> _lanes = new(StringComparer.Ordinal);
    private long _added;
    private int _running;
    private int _asked;

    /// <param name="tell">Told of each wait, once.</param>
    /// <param name="ended">Told how each row ended, on any thread.</param>
    public SendEngine(IGraphCaller caller, EngineOptions options, Action<WaitNotice> tell, Action<TRow, SendRequest, RowOutcome> ended)
    {
        _ended = ended;
        _throttleLimit = options.ThrottleLimit;
        Run = new SendRun(caller, options, tell, _stop.Cancel);
        if (options.StopAfter is { } time)
        {
            _deadline = caller.Clock.Timer(time < LongestTimer ? time : LongestTimer);
            _deadline.Token.Register(() => Run.Stop(IgError.Of(ErrorId.RunStopped, $"-StopAfter {time} is over.", remedy: "Send the rows that were not tried in another run.")));
        }
    }

    public SendRun Run { get; }

    /// <summary>Rows that have been added and not ended.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Adds a row; it goes when its recipient's earlier ones have ended and there is room.</summary>
    /// <param name="journal">The row's place in the journal; null without one.</param>
    public void Add(TRow row, SendRequest request, JournalRow? journal = null)
    {
        lock (_lock)
        {
            var item = new Item(++_added, row, request, journal);
            Outstanding++;
            if (request.RecipientId is not { } recipient)
            {
                _ready.Add(item);
            }
            else if (_lanes.TryGetValue(recipient, out Queue<Item>? lane))
            {
                _lanes[recipient] = lane ??= new Queue<Item>();
                lane.Enqueue(item);
            }
            else
            {
                _lanes.Add(recipient, null);
                _ready.Add(item);
            }
        }

        Pump();
    }

    /// <summary>Begins no further request, and ends waits; rows that were not begun end as NotTried.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends what is on its way; its outcome is then in doubt.</summary>
    public void Abort() => _abort.Cancel();

    /// <summary>Forgets <c>-StopAfter</c>; rows that are still on their way go on.</summary>
    public void Dispose() => _deadline?.Dispose();

    /// <summary>
    /// Begins rows while there is room. Whoever comes while another does it leaves it to that one: a row that ends at once must not begin
    /// the next one on top of its own stack.
    /// </summary>
    private void Pump()
    {
        if (Interlocked.Increment(ref _asked) > 1)
            return;
        int seen;
        do
        {
            seen = Volatile.Read(ref _asked);
            while (Next() is { } item)
                _ = WorkAsync(item);
        }
        while (Interlocked.Add(ref _asked, -seen) > 0);
    }

    private Item? Next()
    {
        lock (_lock)
        {
            if (_running >= Run.MostAtOnce(_throttleLimit) || _ready.Min is not { } oldest)
                return null;
            _running++;
            _ready.Remove(oldest);
            return oldest;
        }
    }

    private async Task WorkAsync(Item item)
    {
        RowOutcome outcome;
        try
        {
            outcome = await Run.SendAsync(item.Request, _stop.Token, _abort.Token, item.Journal).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // A fault of this module, wherever it came from: nobody may take the row for one that certainly was not delivered.
            outcome = new RowOutcome(IgSendStatus.Unknown, IgError.Of(ErrorId.OutcomeUnknown, $"The row ended in an unexpected way: {fault.Message}", fault));
        }

        // Told first, so that results come in the order of a recipient's rows, too.
        _ended(item.Row, item.Request, outcome);
        Free(item);
        Pump();
    }

    private void Free(Item item)
    {
        lock (_lock)
        {
            _running--;
            Outstanding--;
            if (item.Request.RecipientId is not { } recipient)
                return;
            if (_lanes[recipient] is { Count: > 0 } lane)
                _ready.Add(lane.Dequeue());
            else
                _lanes.Remove(recipient);
        }
    }

    /// <param name="Number">Its place among all rows.</param>
    private sealed record Item(long Number, TRow Row, SendRequest Request, JournalRow? Journal);
}
