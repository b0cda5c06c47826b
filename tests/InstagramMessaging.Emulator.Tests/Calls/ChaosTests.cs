using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.State;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class ChaosTests
{
    private const int Sends = 400;
    private const string KeyOfMe = "get /v25.0/me {}";

    [Fact]
    public async Task A_seed_plays_the_same_night_again_in_whichever_order_the_calls_come()
    {
        Dictionary<string, string?> first = await NightAsync(7, Enumerable.Range(0, Sends));
        Dictionary<string, string?> again = await NightAsync(7, Enumerable.Range(0, Sends).Reverse());
        Dictionary<string, string?> other = await NightAsync(8, Enumerable.Range(0, Sends));

        Assert.Equal(first.OrderBy(pair => pair.Key), again.OrderBy(pair => pair.Key));
        Assert.NotEqual(first.OrderBy(pair => pair.Key), other.OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task About_the_wanted_share_fails_in_every_way_there_is()
    {
        Dictionary<string, string?> night = await NightAsync(1, Enumerable.Range(0, Sends));

        Assert.InRange(night.Values.Count(fault => fault is not null), Sends / 5, Sends * 2 / 5);
        Assert.Equal(
            ChaosFaults.All.Select(fault => fault.Outcome.ToString()).Distinct().Order(),
            night.Values.OfType<string>().Distinct().Order());
    }

    [Fact]
    public async Task What_is_accepted_is_kept_and_what_is_not_is_not()
    {
        using var api = new Api(new EmulatorOptions { FaultRate = 0.5, Seed = 3 });
        for (int i = 0; i < Sends; i++)
            await TryAsync(api, $"17{i}");

        foreach (IgEmulatorRequest request in api.Emulator.Requests())
        {
            bool isKept = api.Emulator.Messages().Any(message => request.RequestBody!.Contains($"\"{message.RecipientId}\"", StringComparison.Ordinal));
            Assert.Equal(request.Fault is null || request.Fault.StartsWith("Accepted", StringComparison.Ordinal), isKept);
        }
    }

    [Fact]
    public async Task A_call_that_failed_has_a_chance_of_its_own_when_it_is_made_again()
    {
        using var api = new Api(new EmulatorOptions { FaultRate = 0.5, Seed = 5 });
        for (int i = 0; i < 60; i++)
            await TryAsync(api, "171");

        Assert.Contains(api.Emulator.Requests(), request => request.Fault is null);
        Assert.Contains(api.Emulator.Requests(), request => request.Fault is not null);
    }

    [Fact]
    public async Task Without_a_fault_rate_nothing_fails_and_with_a_whole_one_everything_does()
    {
        using var calm = new Api(new EmulatorOptions { Seed = 1 });
        using var wild = new Api(new EmulatorOptions { FaultRate = 1, Seed = 1 });
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await calm.SendTextToAsync($"17{i}")).Status);
            await TryAsync(wild, $"17{i}");
        }

        Assert.All(wild.Emulator.Requests(), request => Assert.NotNull(request.Fault));
    }

    [Fact]
    public void Jitter_makes_each_answer_late_in_its_own_way_and_the_same_with_the_same_seed()
    {
        double[] first = Lateness(2);

        Assert.Equal(first, Lateness(2));
        Assert.NotEqual(first, Lateness(3));
        Assert.All(first, late => Assert.InRange(late, 0, 1));
        Assert.InRange(first.Average(), 0.4, 0.6);
    }

    [Fact]
    public async Task Jitter_comes_on_top_of_latency_by_the_clock()
    {
        var clock = new FakeTimeProvider();
        var latency = TimeSpan.FromSeconds(10);
        using var api = new Api(new EmulatorOptions { Latency = latency, Jitter = TimeSpan.FromSeconds(100), Seed = 1, Clock = clock });
        double late = new Chaos(1, 0, TimeSpan.FromSeconds(100), 10).Draw(KeyOfMe).Lateness;
        DateTimeOffset start = clock.GetUtcNow();

        Task<Answer> reading = api.GetAsync("/v25.0/me");
        while (!reading.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(api.Emulator.RequestCount));
            await Task.Delay(1);
        }

        Assert.Equal(200, (await reading).Status);
        Assert.InRange(clock.GetUtcNow() - start, latency + (TimeSpan.FromSeconds(100) * late), TimeSpan.MaxValue);
    }

    [Fact]
    public void An_emulator_without_a_seed_tells_where_its_chance_began()
    {
        using GraphEmulator one = GraphEmulator.Start(new EmulatorOptions { FaultRate = 0.1 });
        using GraphEmulator two = GraphEmulator.Start(new EmulatorOptions { FaultRate = 0.1, Seed = one.Seed });

        Assert.Equal(one.Seed, two.Seed);
    }

    /// <summary>Whom a night's sends go to, and the fault that each met.</summary>
    private static async Task<Dictionary<string, string?>> NightAsync(int seed, IEnumerable<int> order)
    {
        using var api = new Api(new EmulatorOptions { FaultRate = 0.3, Seed = seed });
        var faults = new Dictionary<string, string?>();
        foreach (int i in order)
        {
            await TryAsync(api, $"17{i}");
            faults[$"17{i}"] = api.Emulator.Requests()[^1].Fault;
        }

        return faults;
    }

    private static double[] Lateness(int seed)
    {
        var chaos = new Chaos(seed, 0, TimeSpan.FromSeconds(1), Sends);
        return [.. Enumerable.Range(0, Sends).Select(i => chaos.Draw($"call {i}").Lateness)];
    }

    private static async Task TryAsync(Api api, string recipient)
    {
        try
        {
            await api.SendTextToAsync(recipient);
        }
        catch (HttpRequestException)
        {
            // A fault that breaks the connection: the journal tells which.
        }
    }
}
