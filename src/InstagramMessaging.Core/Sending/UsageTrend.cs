using System;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// How far the usage may have risen since it was last heard of: a figure is of the moment in which its request was counted, and what
/// was sent since is not in it. While a limit of seconds fills up, half of it can be on its way to a server that stands still; where
/// a limit is one of hours, or figures stand, a request costs next to nothing, and so does this.
/// </summary>
internal sealed class UsageTrend
{
    /// <summary>So many answers apart are the two that tell what a request costs, since answers come in any order.</summary>
    private const int Span = 24;

    /// <summary>What two figures differ by without any trend: they are whole percent, and requests arrive in bunches.</summary>
    private const double Noise = 2;

    /// <summary>A figure beyond says no more, and may be infinite.</summary>
    private const double Most = 1000;

    private readonly (long Number, double Percent)[] _heard = new (long, double)[Span];
    private (long Number, double Percent) _newest;
    private long _answers;
    private double _cost;

    /// <summary>Takes in the figure of an answer.</summary>
    /// <param name="number">Which request it answers, counted from 1.</param>
    /// <param name="percent">0 where the answer has none: too little was used for Graph to speak of it.</param>
    public void Heard(long number, double percent)
    {
        percent = Math.Min(percent, Most);
        if (number >= _newest.Number)
            _newest = (number, percent);
        if (percent <= 0)
        {
            _cost = 0;
            return;
        }

        long slot = _answers++ % Span;
        (long before, double then) = _heard[slot];
        if (_answers > Span && number - before >= Span / 2)
            _cost = Math.Max(0, (percent - then - Noise) / (number - before));
        _heard[slot] = (number, percent);
    }

    /// <summary>The usage by now, in percent of the limit; 0 where it does not rise.</summary>
    /// <param name="passed">How many requests have been let through.</param>
    public double PercentAt(long passed) => _cost > 0 ? _newest.Percent + (_cost * (passed - _newest.Number)) : 0;
}
