using System;
using System.Threading;

namespace InstagramMessaging.Emulator.State;

/// <summary>How many calls the token is still good for.</summary>
internal sealed class TokenLife
{
    private long _callsLeft = long.MaxValue;

    internal bool IsOver => Interlocked.Read(ref _callsLeft) <= 0;

    /// <summary>Lets the token expire with the n-th call from now; a shorter life that it has already stays.</summary>
    internal void ExpireAtCall(long n)
    {
        long left;
        while (n - 1 < (left = Interlocked.Read(ref _callsLeft)))
        {
            if (Interlocked.CompareExchange(ref _callsLeft, Math.Max(0, n - 1), left) == left)
                return;
        }
    }

    /// <summary>Counts a call; false when the token has expired before it.</summary>
    internal bool Covers()
    {
        long left = Interlocked.Read(ref _callsLeft);
        return left == long.MaxValue || Interlocked.Decrement(ref _callsLeft) >= 0;
    }
}
