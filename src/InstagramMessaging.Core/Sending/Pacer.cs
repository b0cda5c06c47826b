using System;
using System.Collections.Generic;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// Spaces requests so that a rate is kept, whoever asks: at most a twentieth of it goes at once, to catch up after a late timer, and
/// never more than the rate in any second, which a token bucket breaks in the first one. A server counts arrivals: one whose answer was
/// late may have arrived late, and counts for as much longer. It holds no clock and nobody's place: <see cref="Gate"/> asks it.
/// </summary>
internal sealed class Pacer
{
    private const double LargestBurst = 0.05;

    private readonly double _perSecond;

    /// <summary>The time in which no more than <see cref="_most"/> pass: as many seconds as the rate needs for them, and the guard.</summary>
    private readonly TimeSpan _window;
    private readonly int _most;

    /// <summary>How many of them in the first such time after a rest: new connections take longer to arrive, and bunch more.</summary>
    private readonly int _mostAtFirst;
    private readonly Queue<Turn> _passed = new();

    /// <summary>Those whose time is over, and which count on because they may have arrived late.</summary>
    private readonly List<Turn> _late = [];
    private readonly AnswerTimes _times;
    private TimeSpan _firstEnds = TimeSpan.MinValue;
    private TimeSpan _next = TimeSpan.MinValue;

    /// <param name="perSecond">Requests per second, above 0.</param>
    /// <param name="guard">What a second is longer here than at the server, whatever the answers tell.</param>
    public Pacer(double perSecond, TimeSpan guard)
    {
        _perSecond = perSecond;
        _times = new AnswerTimes(perSecond);
        _most = (int)Math.Max(1, Math.Floor(perSecond));
        _mostAtFirst = guard > TimeSpan.Zero ? (int)Math.Max(1, Math.Floor(_most * 0.9)) : _most;
        _window = TimeSpan.FromSeconds(_most / perSecond) + guard;
    }

    /// <summary>Takes a turn; null if there is none yet.</summary>
    /// <param name="factor">How much of the rate may be used now, above 0, at most 1.</param>
    /// <param name="hasSlept">Whether the caller has sat out a wait that was told here.</param>
    /// <param name="wait">How long until there is a turn; whole milliseconds, since timers know no parts: one that rings early would have the rest waited out by looking at the clock.</param>
    public Turn? Take(TimeSpan now, double factor, bool hasSlept, out TimeSpan wait)
    {
        TimeSpan free = FreeAt(now);
        TimeSpan next = _next > free ? _next : free;
        if (next > now)
        {
            wait = TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
            return null;
        }

        // A timer that rang a little late has not moved the turns behind it. A clock that jumped, or a rest, saves up the burst at most.
        double rate = _perSecond * factor;
        var interval = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / rate));
        var burst = TimeSpan.FromTicks(interval.Ticks * (long)Math.Max(0, Math.Floor(rate * LargestBurst) - 1));
        TimeSpan earliest = now - (hasSlept && now - _next < interval ? interval : burst);
        _next = (_next > earliest ? _next : earliest) + interval;
        var turn = new Turn(_times, now, now < _firstEnds);
        _passed.Enqueue(turn);
        wait = TimeSpan.Zero;
        return turn;
    }

    /// <summary>Gives no turn before that time, and saves none up for it.</summary>
    public void Rest(TimeSpan until)
    {
        if (until > _next)
            _next = until;
    }

    /// <summary>When fewer count than may pass: now, or when the next one may stop to count.</summary>
    private TimeSpan FreeAt(TimeSpan now)
    {
        for (int i = _late.Count - 1; i >= 0; i--)
        {
            if (CountsUntil(_late[i], now) <= now)
                _late.RemoveAt(i);
        }

        while (_passed.Count > 0 && now - _passed.Peek().Begun >= _window)
        {
            Turn oldest = _passed.Dequeue();
            if (CountsUntil(oldest, now) > now)
                _late.Add(oldest);
        }

        int counted = _passed.Count + _late.Count;
        if (counted == 0)
            _firstEnds = now + _window;
        if (counted < (now < _firstEnds ? _mostAtFirst : _most))
            return now;
        TimeSpan free = _passed.Count > 0 ? _passed.Peek().Begun + _window : TimeSpan.MaxValue;
        foreach (Turn turn in _late)
        {
            TimeSpan until = CountsUntil(turn, now);
            free = until < free ? until : free;
        }

        return free;
    }

    private TimeSpan CountsUntil(Turn turn, TimeSpan now) => turn.Begun + _window + _times.LatenessOf(turn.Took ?? (now - turn.Begun), turn.IsFirst);

    /// <summary>One that passed.</summary>
    internal sealed class Turn(AnswerTimes times, TimeSpan begun, bool isFirst)
    {
        public TimeSpan Begun { get; } = begun;

        /// <summary>Whether it passed in the first time after a rest.</summary>
        public bool IsFirst { get; } = isFirst;

        /// <summary>From its pass to its answer; null until that comes.</summary>
        public TimeSpan? Took { get; private set; }

        /// <summary>The answer has come: it is known how late the request can have been.</summary>
        public void Answered(TimeSpan now)
        {
            Took = now - Begun;
            times.Add(now - Begun, IsFirst);
        }
    }
}
