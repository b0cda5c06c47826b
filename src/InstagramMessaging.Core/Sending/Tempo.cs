using System;

namespace InstagramMessaging.Core.Sending;

/// <summary>
/// How much of the set rate a connection uses. Meta's usage headers slow it linearly from 80 % and pause it at 95 %; a throttle
/// answer cuts it, since where no header says so, only such an answer tells that the limit is lower than the setting.
/// </summary>
/// <remarks>Source: "Rate limits", https://developers.facebook.com/docs/graph-api/overview/rate-limiting.</remarks>
internal sealed class Tempo
{
    private const double SlowFrom = 80;
    private const double PauseFrom = 95;

    /// <summary>Where the rate settles between the two: what is given back quickly after a deep cut.</summary>
    private const double Aim = 88;

    /// <summary>The least part of the rate: a connection that sends nothing hears nothing either.</summary>
    private const double Least = 0.05;

    private const double QuickPerSecond = 8;
    private const double SlowPerSecond = 0.01;
    private const double RecoveryPerSecond = 0.001;
    private static readonly TimeSpan CalmBeforeRecovery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.75);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private readonly double _perSecond;
    private readonly PassCount _passes = new();
    private readonly UsageTrend _trend = new();
    private long _passed;
    private double _byUsage = 1;
    private double _hint = 1;
    private double _byThrottle = 1;
    private TimeSpan _heard;
    private TimeSpan _cutAt;
    private TimeSpan _pause = FirstPause;
    private TimeSpan _pausedAt = TimeSpan.MinValue;

    /// <param name="perSecond">The rate that is set.</param>
    public Tempo(double perSecond)
    {
        _perSecond = perSecond;
    }

    /// <summary>Part of the set rate, above 0, at most 1.</summary>
    public double FactorAt(TimeSpan now) => Math.Min(ByThrottle(now), Math.Min(_byUsage, AllowedAt(_trend.PercentAt(_passed))));

    /// <param name="number">Which request it is, counted from 1.</param>
    public void Passed(long number, TimeSpan now)
    {
        _passed = number;
        _passes.Add(now);
    }

    /// <summary>A throttle answer: down to what went through in the last second, within reason.</summary>
    public void Throttled(TimeSpan now)
    {
        // What the usage allows by now may be much less than what the refused request went out under.
        double measured = _passes.InSecondBefore(now) / _perSecond;
        double before = Math.Min(ByThrottle(now), Math.Max(_byUsage, measured));
        _byThrottle = Math.Max(Least, Math.Min(Math.Max(0.9 * measured, before * 0.5), before * 0.75));
        _cutAt = now;
    }

    /// <summary>Heeds the usage of one answer.</summary>
    /// <param name="percent">The highest figure of its headers.</param>
    /// <param name="number">Which request it answers, counted from 1.</param>
    /// <param name="begun">When its request was begun: one from before a pause says nothing about it.</param>
    /// <returns>How long nobody should ask; zero for no pause.</returns>
    public TimeSpan Heed(double percent, long number, TimeSpan begun, TimeSpan now)
    {
        double allowed = AllowedAt(percent);
        _trend.Heard(number, percent);
        double passed = Math.Max(0, (now - _heard).TotalSeconds);
        _heard = now;
        if (allowed < _byUsage)
            _byUsage = allowed;
        else if (_byUsage < _hint)
            _byUsage = Math.Min(allowed, Math.Min(_hint, _byUsage * Math.Exp(QuickPerSecond * passed)));
        else
            _byUsage = Math.Min(allowed, _byUsage + (SlowPerSecond * passed));

        // What went out in the second before that request and what Meta calls it in percent give away the limit, where it is one of seconds; where
        // it is one of hours, the hint is 1 and the header alone decides.
        if (percent is > SlowFrom and < PauseFrom)
            _hint = Math.Min(1, Aim * _passes.InSecondBefore(begun) / percent / _perSecond);
        if (percent < PauseFrom)
        {
            _pause = FirstPause;
            return TimeSpan.Zero;
        }

        if (begun < _pausedAt)
            return TimeSpan.Zero;
        TimeSpan pause = _pause;
        _pausedAt = now;
        _pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 2));
        return pause;
    }

    private static double AllowedAt(double percent) => Math.Max(Least, Math.Min(1, (PauseFrom - percent) / (PauseFrom - SlowFrom)));

    private double ByThrottle(TimeSpan now)
    {
        double calm = (now - _cutAt - CalmBeforeRecovery).TotalSeconds;
        return Math.Min(1, _byThrottle + Math.Max(0, calm * RecoveryPerSecond));
    }

    /// <summary>Counts what passed, in tenths of a second, for some seconds.</summary>
    private sealed class PassCount
    {
        private const int InSecond = 10;
        private const int Kept = 50;
        private const long Part = TimeSpan.TicksPerSecond / InSecond;
        private readonly long[] _part = new long[Kept];
        private readonly int[] _count = new int[Kept];

        public PassCount()
        {
            for (int slot = 0; slot < Kept; slot++)
                _part[slot] = -1;
        }

        public void Add(TimeSpan now)
        {
            long part = now.Ticks / Part;
            int slot = (int)(part % Kept);
            if (_part[slot] != part)
                (_part[slot], _count[slot]) = (part, 0);
            _count[slot]++;
        }

        public double InSecondBefore(TimeSpan time)
        {
            long last = time.Ticks / Part;
            double sum = 0;
            for (long part = Math.Max(0, last - InSecond + 1); part <= last; part++)
                sum += Count(part);

            // Of the part that the second begins in, as much as still lies in it.
            double share = 1 - ((time.Ticks % Part) / (double)Part);
            return sum + (last >= InSecond ? Count(last - InSecond) * share : 0);
        }

        private int Count(long part) => _part[part % Kept] == part ? _count[part % Kept] : 0;
    }
}
