using System.Collections.Generic;
using System.Linq;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>Looks at a whole world, over all of its processes.</summary>
internal sealed class Referee(Scenario scenario, SimClock clock, SimTrace trace)
{
    /// <summary>Processes that ended without writing down what they knew: killed, or with a disk that failed.</summary>
    public int Losses { get; set; }

    /// <summary>The first rule that was broken.</summary>
    public Violation? Violation { get; private set; }

    public Scenario Scenario => scenario;

    public SimClock Clock => clock;

    public SimTrace Trace => trace;

    public void Break(Rule rule, string text)
    {
        if (Violation is not null)
            return;
        Violation = new Violation(rule, $"{rule} at {clock.Now.TotalSeconds:0.000000} s: {text}");
        trace.Add("BROKEN", -1, Violation.Text);
    }

    /// <summary>Graph does what the request says.</summary>
    public void Accepted(Flight flight)
    {
        if (flight.Row is not { } row)
            return;
        trace.Add("accepted", row.Index);
        row.Accepted++;
        if (row.Accepted > 1 + row.Resent && !row.IsRepeatable)
            Break(Rule.AcceptedTwice, $"row {row.Index} for the {row.Accepted}. time, -ResendUnknown {row.Resent} times");
        flight.Watch.Accepted(flight, row);
    }

    /// <summary>After the last process, which had a good network and a good disk.</summary>
    /// <param name="wasInterrupted">Whether there was no such process: a run without a journal is not run again.</param>
    public void Conclude(bool wasInterrupted)
    {
        foreach (SimRow row in scenario.Rows)
        {
            bool isKnown = row.Status is IgSendStatus.Sent or IgSendStatus.Skipped or IgSendStatus.Unknown;
            if (row.Accepted > 0 && !isKnown && row.Resent == 0 && !wasInterrupted)
                Break(Rule.Forgotten, $"row {row.Index} was accepted and is {row.Status}");
            if (!wasInterrupted && !isKnown && !(row.Status == IgSendStatus.Failed && row.Disposition != Disposition.Welcome))
                Break(Rule.NoEnd, $"row {row.Index} is {row.Status} after a last run without any trouble");
        }

        // Rows in work when a process died are Unknown for want of an answer; all other ones had an answer that left it open.
        List<int> lost = [.. scenario.Rows.Where(row => row.Status == IgSendStatus.Unknown && !row.WasInDoubt).Select(row => row.Index)];
        if (lost.Count > Losses * scenario.Options.ThrottleLimit)
            Break(Rule.TooManyUnknown, $"rows {string.Join(", ", lost)} are unknown after {Losses} crashes with {scenario.Options.ThrottleLimit} rows in work");
    }
}
