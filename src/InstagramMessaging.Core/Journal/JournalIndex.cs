using System;
using System.Collections.Generic;

namespace InstagramMessaging.Core.Journal;

/// <summary>Whether a row may go.</summary>
internal enum ClaimAnswer
{
    /// <summary>It may, and the asker has it now.</summary>
    Go,

    /// <summary>It was sent: skip it.</summary>
    Sent,

    /// <summary>It was begun and its end is not known: report it, do not send it.</summary>
    Unknown,

    /// <summary>Another row of this process with the same key is in work.</summary>
    Taken,
}

/// <summary>A row's last line, in eight bytes. The default is a row without any.</summary>
internal readonly record struct JournalState
{
    private const int TakenBit = 8;

    private readonly long _packed;

    private JournalState(long packed) => _packed = packed;

    public JournalState(IgJournalStatus status, DateTimeOffset at) => _packed = (at.ToUnixTimeMilliseconds() << 4) | ((long)status + 1);

    public IgJournalStatus? Status => (_packed & 7) == 0 ? null : (IgJournalStatus)((_packed & 7) - 1);

    public DateTimeOffset? At => (_packed & 7) == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_packed >> 4);

    public bool IsTaken => (_packed & TakenBit) != 0;

    public JournalState Taken() => new(_packed | TakenBit);
}

/// <summary>The last word on every key, in some 60 bytes each.</summary>
internal sealed class JournalIndex
{
    private readonly object _gate = new();
    private readonly Dictionary<KeyHash, JournalState> _states = [];
    private DateTimeOffset? _sentSince;

    /// <summary>When the first row was sent.</summary>
    public DateTimeOffset? SentSince
    {
        get
        {
            lock (_gate)
                return _sentSince;
        }
    }

    /// <summary>Takes a line in: the last one of a key decides.</summary>
    public void Set(KeyHash key, IgJournalStatus status, DateTimeOffset at)
    {
        lock (_gate)
        {
            _states[key] = new JournalState(status, at);
            if (status == IgJournalStatus.Sent)
                _sentSince ??= at;
        }
    }

    /// <summary>Asks for a key and takes it if it may go.</summary>
    /// <param name="before">What is to come back if nothing comes of it.</param>
    public ClaimAnswer Claim(KeyHash key, bool resendUnknown, out JournalState before)
    {
        lock (_gate)
        {
            _states.TryGetValue(key, out before);
            ClaimAnswer answer = before.IsTaken ? ClaimAnswer.Taken : before.Status switch
            {
                IgJournalStatus.Sent => ClaimAnswer.Sent,
                IgJournalStatus.Started or IgJournalStatus.Unknown when !resendUnknown => ClaimAnswer.Unknown,
                _ => ClaimAnswer.Go,
            };
            if (answer == ClaimAnswer.Go)
                _states[key] = before.Taken();
            return answer;
        }
    }

    public void GiveBack(KeyHash key, JournalState before)
    {
        lock (_gate)
        {
            if (before.Status is null)
                _states.Remove(key);
            else
                _states[key] = before;
        }
    }
}
