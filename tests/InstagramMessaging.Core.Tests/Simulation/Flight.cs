using System;
using InstagramMessaging.Core.Graph;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>One request on its way.</summary>
/// <param name="Row">Null for an upload.</param>
/// <param name="Number">Of all requests of the world.</param>
internal sealed record Flight(SimRow? Row, ProcessWatch Watch, PaceKind Pace, Fate Fate, int Number)
{
    /// <summary>When the gate let it through: its started line says so. What leaves later waited for the disk.</summary>
    public TimeSpan Passed { get; set; }

    /// <summary>Accepted only after the client gave up: then a later row may be before it.</summary>
    public bool IsLate { get; set; }

    public override string ToString() => $"request {Number} ({(Row is null ? "upload" : "row " + Row.Index)}, {Fate})";
}
