using System;
using System.Globalization;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Sending;

/// <summary>The right to make one request, and what its answer may tell about the connection.</summary>
/// <param name="Epoch">The trouble during which it was begun.</param>
/// <param name="IsAlone">Whether it goes alone, to find out.</param>
/// <param name="Begun">On the gate's clock.</param>
/// <param name="Number">Later ones have higher numbers.</param>
internal readonly record struct Pass(long Epoch, bool IsAlone, TimeSpan Begun, long Number)
{
    /// <summary>Its place in the pace.</summary>
    public Pacer.Turn? Turn { get; init; }
}

/// <summary>
/// The trouble of a connection, as it follows from the answers. After a throttle answer, or three answers in a row that leave the
/// outcome in doubt or never came, requests go alone, each after a wait, until one has a real answer. It holds no clock and sends
/// nothing: <see cref="Gate"/> asks it.
/// </summary>
internal sealed class Trouble
{
    private const int DoubtsInARow = 3;

    /// <summary>Answers to requests that were on their way already make the wait longer, but not by more than that.</summary>
    private const int LevelOfMates = 5;

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    private readonly Func<double> _random;
    private long _epoch;
    private long _passes;
    private long _lastDoubted;
    private int _doubts;
    private int _throttled;
    private int _level;
    private int _throttledAlone;

    /// <param name="random">From 0 to 1, for the jitter of waits.</param>
    public Trouble(Func<double> random)
    {
        _random = random;
    }

    /// <summary>Whether requests go one at a time until one has a real answer.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>Nobody goes before that time.</summary>
    public TimeSpan Until { get; private set; }

    /// <summary>The answer that the wait is for, and what it was called; null for a pause that no answer asked for.</summary>
    public GraphAnswer? Cause { get; private set; }

    /// <summary>Why nobody goes, for people.</summary>
    public string Why { get; private set; } = string.Empty;

    /// <summary>
    /// Whether the connection was throttled more often in a row than the caller allows. Where those that were on their way at once are
    /// more than that by themselves, a request alone has to be as well, twice: the burst says only what one answer says.
    /// </summary>
    public bool IsUsedUp(int maximumRetryCount) =>
        _throttled > maximumRetryCount
        && (maximumRetryCount == 0 || _throttledAlone >= (_throttled - _throttledAlone > maximumRetryCount ? 2 : 1));

    /// <summary>Whether one more may go now; <paramref name="wait"/> is infinite where an answer has to come first.</summary>
    public bool MayPass(TimeSpan now, int inFlight, out TimeSpan wait)
    {
        // After a doubt no more are on their way than could make it three: what is in flight when an outage begins is lost for sure.
        int most = IsAlone ? 1 : _doubts > 0 ? Math.Max(1, DoubtsInARow - _doubts) : int.MaxValue;
        wait = inFlight >= most ? System.Threading.Timeout.InfiniteTimeSpan
            : Until > now ? TimeSpan.FromMilliseconds(Math.Ceiling((Until - now).TotalMilliseconds))
            : TimeSpan.Zero;
        return wait == TimeSpan.Zero;
    }

    public Pass Begin(TimeSpan now) => new(_epoch, IsAlone, now, ++_passes);

    /// <summary>Whether the trouble that there is now leaves that one its turn.</summary>
    public bool IsOpenFor(Pass pass, TimeSpan now) => Until <= now && (!IsAlone || pass.Epoch == _epoch);

    /// <summary>Draws the conclusions of one answer.</summary>
    /// <returns>Whether a new trouble began with it.</returns>
    public bool Heed(Pass pass, Verdict verdict, GraphAnswer answer, TimeSpan now)
    {
        // Begun before the trouble that there is now: such an answer says nothing new.
        bool isNews = pass.Epoch == _epoch;
        if (answer.Wait is { } asked && verdict != Verdict.Throttled)
            Hold(now + asked, answer, verdict == Verdict.Accepted ? "Graph asks for it" : answer.Describe());
        switch (verdict)
        {
            case Verdict.Throttled:
                return Throttled(pass, answer, isNews, now);
            case Verdict.Doubtful or Verdict.Unreachable:
                return isNews && Doubted(pass, answer, now);
            case Verdict.Accepted:
                // One that was begun before the last that ended in doubt says how the connection was, not how it is.
                if (isNews && pass.Number > _lastDoubted)
                    End();
                return false;
            default:
                // A refusal is an answer, too: the connection works.
                if (pass.IsAlone && isNews)
                    End();
                return false;
        }
    }

    /// <summary>Has everybody wait, for a reason that lies in no single answer.</summary>
    public void Hold(TimeSpan until, GraphAnswer? cause, string why)
    {
        if (until <= Until)
            return;
        Until = until;
        Cause = cause;
        Why = why;
    }

    private bool Throttled(Pass pass, GraphAnswer answer, bool isNews, TimeSpan now)
    {
        _throttled++;
        _throttledAlone += pass.IsAlone && isNews ? 1 : 0;
        _level = isNews ? _level + 1 : Math.Max(_level, Math.Min(_level + 1, LevelOfMates));
        Hold(now + (answer.Wait ?? Backoff()), answer, answer.Describe());
        return isNews && Isolate();
    }

    private bool Doubted(Pass pass, GraphAnswer answer, TimeSpan now)
    {
        _lastDoubted = Math.Max(_lastDoubted, pass.Number);
        _doubts++;
        if (_doubts < DoubtsInARow && !IsAlone)
            return false;
        _level++;
        Hold(now + Backoff(), answer, string.Format(CultureInfo.InvariantCulture, "requests in a row without a clear answer: {0}; of the last, {1}", _doubts, answer.Describe()));
        return Isolate();
    }

    private bool Isolate()
    {
        if (IsAlone)
            return false;
        IsAlone = true;
        _epoch++;
        return true;
    }

    private void End()
    {
        if (IsAlone)
            _epoch++;
        IsAlone = false;
        _doubts = _throttled = _throttledAlone = _level = 0;
    }

    /// <summary>1 s, doubled to 60 s, and up to a quarter more.</summary>
    private TimeSpan Backoff()
    {
        double seconds = Math.Min(LongestBackoff.TotalSeconds, FirstBackoff.TotalSeconds * Math.Pow(2, _level - 1));
        return TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, seconds * (1 + (0.25 * _random()))));
    }
}
