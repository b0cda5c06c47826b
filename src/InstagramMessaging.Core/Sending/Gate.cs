using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// The line before a connection, shared by all cmdlets on it: whoever wants to make a request enters, and leaves with the answer.
/// Pace and trouble are looked at in the moment in which a request may go, so that what waits for its turn when trouble begins
/// waits for its end as well.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its bells ring at most once more, and whoever stands in line when the connection ends must still get a turn.")]
internal sealed class Gate
{
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(1);

    /// <summary>Timers bear no more than some weeks; who wakes early looks and sleeps on.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly object _lock = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly Trouble _trouble;
    private readonly Tempo _tempo;
    private readonly Pacer _sends;
    private readonly Pacer _media;
    private readonly LinkedList<Waiter> _line = new();
    private readonly List<Bell> _bells = [];
    private int _inFlight;

    /// <param name="sendsPerSecond">Requests per second, above 0.</param>
    /// <param name="mediaPerSecond">Requests per second of audio and video, above 0.</param>
    /// <param name="random">From 0 to 1, for the jitter of waits.</param>
    /// <param name="guard">What a second is longer here than at the server.</param>
    public Gate(TimeProvider clock, double sendsPerSecond, double mediaPerSecond, Func<double> random, TimeSpan guard = default)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _trouble = new Trouble(random);
        _tempo = new Tempo(sendsPerSecond);
        _sends = new Pacer(sendsPerSecond, guard);
        _media = new Pacer(mediaPerSecond, guard);
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>Waits for the caller's turn; every pass that is given is given back by <see cref="Leave"/> or <see cref="GiveBack"/>.</summary>
    /// <param name="maximumWait">The longest pause of the connection to sit out.</param>
    /// <param name="tell">Told of waits of more than a second.</param>
    /// <exception cref="OperationCanceledException">Stopped first; the turn is the next one's.</exception>
    /// <exception cref="WaitTooLongException">The connection pauses for longer.</exception>
    public Task<Pass> EnterAsync(PaceKind kind, TimeSpan maximumWait, CancellationToken stop, Action<WaitNotice>? tell = null)
    {
        if (stop.IsCancellationRequested)
            return Task.FromCanceled<Pass>(stop);
        lock (_lock)
        {
            TimeSpan now = Now;
            if (_line.Count == 0 && _trouble.Until - now <= maximumWait && MayGo(kind, false, now, out _) is { } turn)
                return Task.FromResult(Begin(turn, now));
        }

        return StandInLine(new Waiter(kind, maximumWait, tell), stop);
    }

    /// <summary>Whether a request that was let through and has not left yet may still go: not into a pause, nor beside the one that goes alone.</summary>
    public bool IsOpenFor(Pass pass)
    {
        lock (_lock)
            return _trouble.IsOpenFor(pass, Now);
    }

    /// <summary>Gives the pass back, with what came of the request.</summary>
    public void Leave(Pass pass, Verdict verdict, GraphAnswer answer)
    {
        lock (_lock)
        {
            _inFlight--;
            TimeSpan now = Now;
            if (answer.StatusCode is not null)
                pass.Turn?.Answered(now);
            bool isNew = _trouble.Heed(pass, verdict, answer, now);
            if (isNew && verdict == Verdict.Throttled)
                _tempo.Throttled(now);

            // Graph sends the headers only after enough calls: an answer without them is one of little use.
            if ((answer.Usage ?? (answer.IsGraph ? 0 : null)) is { } usage && _tempo.Heed(usage, pass.Number, pass.Begun, now) is var pause && pause > TimeSpan.Zero)
                _trouble.Hold(now + pause, answer, string.Format(CultureInfo.InvariantCulture, "Graph reports {0:0} % of a limit used", usage));
            Rest();
        }

        Pump();
    }

    /// <summary>Gives a pass back from which nothing follows: no request was made, or it was ended here.</summary>
    public void GiveBack()
    {
        lock (_lock)
            _inFlight--;
        Pump();
    }

    /// <summary>Lets nobody through for that long.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_lock)
        {
            _trouble.Hold(Now + time, null, "a pause was asked for");
            Rest();
        }

        Pump();
    }

    /// <inheritdoc cref="Trouble.IsUsedUp" />
    public bool IsUsedUp(int maximumRetryCount)
    {
        lock (_lock)
            return _trouble.IsUsedUp(maximumRetryCount);
    }

    private Task<Pass> StandInLine(Waiter waiter, CancellationToken stop)
    {
        waiter.Leaving = stop.Register(() => GiveUp(waiter, stop));
        lock (_lock)
        {
            if (!waiter.HasGivenUp)
                waiter.Place = _line.AddLast(waiter);
        }

        Pump();
        return waiter.Task;
    }

    private Pass Begin(Pacer.Turn turn, TimeSpan now)
    {
        _inFlight++;
        Pass pass = _trouble.Begin(now) with { Turn = turn };
        _tempo.Passed(pass.Number, now);
        return pass;
    }

    private void Rest()
    {
        _sends.Rest(_trouble.Until);
        _media.Rest(_trouble.Until);
    }

    /// <summary>
    /// Lets through whoever may go, and sets a bell for the next one. What the let-through do then happens outside of the lock, in the
    /// order of the line; so is the bell set, since there are clocks that ring at once.
    /// </summary>
    private void Pump()
    {
        List<Action>? after = null;
        Bell? bell;
        lock (_lock)
        {
            TimeSpan now = Now, next = TimeSpan.MaxValue;
            bool sendsWait = false, mediaWait = false;
            for (LinkedListNode<Waiter>? place = _line.First, following; place is not null; place = following)
            {
                following = place.Next;
                Waiter waiter = place.Value;
                if (_trouble.Until - now > waiter.MaximumWait)
                {
                    (after ??= []).Add(Refuse(waiter, _trouble.Until - now));
                    continue;
                }

                // Behind one that has to wait, all of its kind have to.
                ref bool kindWaits = ref waiter.Kind == PaceKind.Media ? ref mediaWait : ref sendsWait;
                if (kindWaits)
                    continue;
                if (MayGo(waiter.Kind, waiter.HasSlept, now, out TimeSpan wait) is { } turn)
                {
                    (after ??= []).Add(Admit(waiter, turn, now));
                    continue;
                }

                kindWaits = true;
                waiter.HasSlept |= _trouble.Until <= now;
                next = wait >= TimeSpan.Zero && now + wait < next ? now + wait : next;
                if (wait > LongWait && Tell(waiter, wait, now) is { } telling)
                    (after ??= []).Add(telling);
            }

            bell = BellFor(next, now);
        }

        bell?.Set(_clock);
        after?.ForEach(action => action());
    }

    private Pacer.Turn? MayGo(PaceKind kind, bool hasSlept, TimeSpan now, out TimeSpan wait) =>
        _trouble.MayPass(now, _inFlight, out wait)
            ? (kind == PaceKind.Media ? _media : _sends).Take(now, _tempo.FactorAt(now), hasSlept, out wait)
            : null;

    private Action Admit(Waiter waiter, Pacer.Turn turn, TimeSpan now)
    {
        _line.Remove(waiter.Place!);
        Pass pass = Begin(turn, now);
        return () =>
        {
            waiter.Leaving.Dispose();
            waiter.TrySetResult(pass);
        };
    }

    private Action Refuse(Waiter waiter, TimeSpan wait)
    {
        _line.Remove(waiter.Place!);
        var tooLong = new WaitTooLongException(wait, _trouble.Why, _trouble.Cause);
        return () =>
        {
            waiter.Leaving.Dispose();
            waiter.TrySetException(tooLong);
        };
    }

    /// <summary>A wait for the pace is told to the one who is first; one for trouble to everybody, who knows it again by its end.</summary>
    private Action? Tell(Waiter first, TimeSpan wait, TimeSpan now)
    {
        bool isPace = _trouble.Until <= now;
        if (isPace && first.IsTold)
            return null;
        first.IsTold = true;
        var notice = new WaitNotice(wait, isPace ? now + wait : _trouble.Until, isPace ? null : _trouble.Why);
        Action<WaitNotice>[] hearers = [.. (isPace ? [first] : _line.AsEnumerable()).Select(waiter => waiter.Tell).OfType<Action<WaitNotice>>().Distinct()];
        return () => Array.ForEach(hearers, tell => tell(notice));
    }

    private void GiveUp(Waiter waiter, CancellationToken stop)
    {
        lock (_lock)
        {
            waiter.HasGivenUp = true;
            if (waiter.Place is { List: null })
                return;
            if (waiter.Place is not null)
                _line.Remove(waiter.Place);
        }

        waiter.TrySetCanceled(stop);
        Pump();
    }

    /// <summary>A new bell where none rings as early: one that rings for nothing only makes one look.</summary>
    private Bell? BellFor(TimeSpan next, TimeSpan now)
    {
        foreach (Bell set in _bells)
        {
            if (set.Rings <= next)
                return null;
        }

        if (next == TimeSpan.MaxValue)
            return null;
        TimeSpan wait = next - now < LongestTimer ? next - now : LongestTimer;
        var bell = new Bell(this, now + wait, wait);
        _bells.Add(bell);
        return bell;
    }

    private void Rang(Bell bell)
    {
        lock (_lock)
            _bells.Remove(bell);
        Pump();
    }

    /// <summary>Has the line looked at when a turn comes.</summary>
    private sealed class Bell(Gate gate, TimeSpan rings, TimeSpan wait)
    {
        private ITimer? _timer;

        public TimeSpan Rings { get; } = rings;

        public void Set(TimeProvider clock) =>
            _timer = clock.CreateTimer(static bell => ((Bell)bell!).Ring(), this, wait, Timeout.InfiniteTimeSpan);

        private void Ring()
        {
            _timer?.Dispose();
            gate.Rang(this);
        }
    }

    /// <summary>One who stands in line. What follows runs on the thread that lets him through.</summary>
    private sealed class Waiter(PaceKind kind, TimeSpan maximumWait, Action<WaitNotice>? tell) : TaskCompletionSource<Pass>
    {
        public PaceKind Kind { get; } = kind;

        public TimeSpan MaximumWait { get; } = maximumWait;

        public Action<WaitNotice>? Tell { get; } = tell;

        public LinkedListNode<Waiter>? Place { get; set; }

        public CancellationTokenRegistration Leaving { get; set; }

        public bool HasSlept { get; set; }

        public bool IsTold { get; set; }

        public bool HasGivenUp { get; set; }
    }
}
