using System;
using InstagramMessaging.Core.Cache;

namespace InstagramMessaging.Core.Sending;

/// <summary>What a caller may set about a run. The defaults are those of the cmdlets.</summary>
internal sealed record EngineOptions
{
    public const int DefaultThrottleLimit = 5;
    public const int DefaultRetries = 5;
    public const int DefaultUnknown = 10;

    /// <summary>Rows in work at the same time, at least 1.</summary>
    public int ThrottleLimit { get; init; } = DefaultThrottleLimit;

    /// <summary>Tries after the first for what may be tried again, and throttle answers in a row that the connection may give; 0 or more.</summary>
    public int MaximumRetryCount { get; init; } = DefaultRetries;

    /// <summary>A longer pause of the connection is not sat out: an unattended run should end and say why.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Rows that may end in doubt, or without having reached Graph, before the run stops; at least 1.</summary>
    public int MaximumUnknown { get; init; } = DefaultUnknown;

    /// <summary>After that time no further row is begun; null for never.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>The attachments of earlier runs; null where nobody keeps them.</summary>
    public AttachmentCache? Cache { get; init; }

    /// <summary>Whether the servers of addresses are asked first what Meta would find there.</summary>
    public bool CheckUrl { get; init; }
}
