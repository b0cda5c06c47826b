using System;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// How long answers take, and so how late a request may have reached the server: an answer that took longer than the quickest ones may
/// have lost the difference on its way there, or in a program that stood still. A server that takes its time for some of them would
/// cost a good part of the rate that way, so lateness is spent where there is most of it, and on average no more than a little.
/// </summary>
internal sealed class AnswerTimes
{
    private const int Kept = 1024;
    private const int BetweenLooks = 128;

    /// <summary>Seconds, with the requests of which it is judged whether answers differ widely.</summary>
    private const double FirstSeconds = 0.5;

    /// <summary>The most that one is late: answers that take seconds were on the server for seconds, not on their way to it.</summary>
    private static readonly long Longest = TimeSpan.FromMilliseconds(500).Ticks;

    /// <summary>What a request is late by on average, at most: that part of a second is the part of the rate that it costs.</summary>
    private static readonly long MostOnAverage = TimeSpan.FromMilliseconds(10).Ticks;

    private readonly int _first;
    private readonly long[] _times = new long[Kept];
    private readonly long[] _sorted = new long[Kept];
    private long _count;

    /// <summary>The quickest of those that are kept and of those since, in ticks; without any answer, whatever comes is as quick.</summary>
    private long _quickest = long.MaxValue;

    /// <summary>Up to here an answer is in time, once enough of them are known; until then only the quickest is.</summary>
    private long _inTime;

    /// <param name="perSecond">Requests per second, above 0.</param>
    public AnswerTimes(double perSecond)
    {
        _first = (int)Math.Min(256, Math.Max(32, perSecond * FirstSeconds));
    }

    /// <param name="isFirst">Whether it may have needed a new connection: those tell nothing of how widely the others differ, and would hide a delay of theirs.</param>
    public void Add(TimeSpan time, bool isFirst)
    {
        _quickest = Math.Min(_quickest, time.Ticks);
        if (isFirst)
            return;
        _times[_count++ % Kept] = time.Ticks;
        if (_count == _first || (_count > _first && _count % BetweenLooks == 0))
            _inTime = Look();
    }

    /// <summary>How late a request may have arrived whose answer took so long, or has not come for so long.</summary>
    /// <param name="isFirst">Whether it may have needed a new connection: such are the slowest, all of them at once, and only the quickest answer was in time.</param>
    public TimeSpan LatenessOf(TimeSpan time, bool isFirst) =>
        TimeSpan.FromTicks(Math.Min(Longest, Math.Max(0, time.Ticks - (isFirst || _count < _first ? _quickest : _inTime))));

    /// <summary>The least time from which on the average lateness is within its bound.</summary>
    private long Look()
    {
        int known = (int)Math.Min(_count, Kept);
        Array.Copy(_times, _sorted, known);
        Array.Sort(_sorted, 0, known);
        _quickest = _sorted[0];

        // From the slowest down: what all those above are late by, measured from the next one below.
        long sum = 0;
        for (int i = known - 1; i > 0; i--)
        {
            long step = Math.Min(Longest, _sorted[i] - _sorted[i - 1]);
            if (sum + (step * (known - i)) > MostOnAverage * known)
                return _sorted[i];
            sum += step * (known - i);
        }

        return _sorted[0];
    }
}
