using System;
using System.Globalization;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Sending;

/// <summary>A wait of more than a second.</summary>
/// <param name="Ends">On the gate's clock: the same wait has the same end.</param>
/// <param name="Cause">What led to it; null for the pace.</param>
internal sealed record WaitNotice(TimeSpan Wait, TimeSpan Ends, string? Cause)
{
    /// <summary>A sentence for people.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        Cause is null ? "Waiting {0:0.0} s to keep the pace." : "Waiting {0:0.0} s: {1}.",
        Wait.TotalSeconds,
        Cause);
}

/// <summary>A pause of the connection that is longer than the caller sits out.</summary>
internal sealed class WaitTooLongException(TimeSpan wait, string why, GraphAnswer? cause) : Exception(why)
{
    public TimeSpan Wait { get; } = wait;

    public GraphAnswer? Cause { get; } = cause;
}
