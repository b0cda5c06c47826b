using System.Linq;
using Xunit;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>A simulation that finds nothing proves nothing: here it has something to find.</summary>
public class PlantedFaultTests
{
    private const int Seeds = 200;

    [Fact]
    public void It_finds_a_retry_after_a_timeout() => Finds(Plant.RetryAfterTimeout, Rule.AcceptedTwice);

    [Fact]
    public void It_finds_a_started_line_that_is_written_after_the_request() => Finds(Plant.LineAfterRequest, Rule.LeftUnrecorded);

    [Fact]
    public void It_finds_that_the_order_is_lost() => Finds(Plant.OrderLost, Rule.OutOfOrder);

    [Fact]
    public void It_finds_that_the_pace_is_exceeded() => Finds(Plant.PaceExceeded, Rule.PaceExceeded);

    [Fact]
    public void It_finds_a_sent_message_that_is_called_failed() => Finds(Plant.SentCalledFailed, Rule.CalledUndelivered);

    [Fact]
    public void It_finds_that_nobody_waits_as_long_as_graph_asks() => Finds(Plant.WaitUnread, Rule.WaitIgnored);

    [Fact]
    public void It_finds_that_unknown_rows_are_sent_again() => Finds(Plant.UnknownResent, Rule.AcceptedTwice);

    private static void Finds(Plant plant, Rule rule)
    {
        SimResult[] found = [.. Enumerable.Range(0, Seeds).Select(seed => World.Run(seed, plant)).Where(result => result.Violation?.Rule == rule)];

        Assert.True(found.Length > 0, $"None of {Seeds} seeds broke the rule {rule}.");

        // The fault and nothing else: without it the same seed is quiet.
        Assert.Null(World.Run(found[0].Seed).Violation);
    }
}
