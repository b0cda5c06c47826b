using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>Thousands of bad nights, each from one seed. IG_SIM_SEED plays one of them and tells it; IG_SIM_SEEDS sets how many are played.</summary>
public class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    [Fact]
    public void No_seed_breaks_a_rule()
    {
        if (Number(World.SeedVariable) is { } seed)
        {
            SimResult told = World.Run(seed, isTold: true);
            output.WriteLine(told.Words);
            Assert.True(told.Violation is null, $"{told}\n{told.Words}");
            return;
        }

        var broken = new ConcurrentBag<SimResult>();

        // Each world has one thread and nothing in common with another; how many are played side by side changes none of them.
        Parallel.For(0, Number("IG_SIM_SEEDS") ?? Seeds, number =>
        {
            SimResult result = World.Run(number);
            if (result.Violation is not null)
                broken.Add(result);
        });
        Assert.True(broken.IsEmpty, $"{broken.Count} seeds broke a rule:\n{string.Join('\n', broken.OrderBy(result => result.Seed).Take(20))}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(4711)]
    [InlineData(9999)]
    public void The_same_seed_gives_the_same_night(int seed)
    {
        SimResult first = World.Run(seed, isTold: true);
        SimResult second = World.Run(seed, isTold: true);

        Assert.NotEmpty(first.Words);
        Assert.Equal(first.Words, second.Words);
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Hash, World.Run(seed).Hash);
    }

    [Fact]
    public void A_night_is_the_same_whether_or_not_others_are_played_beside_it()
    {
        const int Nights = 500;
        ulong[] alone = [.. Enumerable.Range(0, Nights).Select(seed => World.Run(seed).Hash)];
        ulong[] together = new ulong[Nights];
        Parallel.For(0, Nights, seed => together[seed] = World.Run(seed).Hash);

        Assert.Equal(alone, together);
        Assert.Equal(Nights, alone.Distinct().Count());
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
