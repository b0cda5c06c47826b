using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public void The_emulator_shares_no_code_with_Core()
    {
        string[] references = typeof(GraphEmulator).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToArray();

        Assert.Equal(["InstagramMessaging"], references.Where(name => name.StartsWith("Instagram", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_its_end_nothing_listens_and_the_inbox_can_still_be_read()
    {
        using var api = new Api();
        await api.SentIdAsync();

        api.Emulator.Dispose();

        await Assert.ThrowsAsync<HttpRequestException>(() => api.SendTextToAsync("1"));
        Assert.Single(api.Emulator.Messages());
    }

    [Fact]
    public void A_second_end_does_nothing()
    {
        GraphEmulator emulator = GraphEmulator.Start(new EmulatorOptions());

        emulator.Dispose();
        emulator.Dispose();
    }

    [Fact]
    public void A_port_that_is_taken_says_so()
    {
        using GraphEmulator first = GraphEmulator.Start(new EmulatorOptions());

        Assert.Throws<SocketException>(() => GraphEmulator.Start(new EmulatorOptions { Port = first.BaseUri.Port }));
    }

    [Fact]
    public void It_listens_on_loopback_only_unless_it_is_told_that_it_may_elsewhere()
    {
        Assert.Throws<ArgumentException>(() => GraphEmulator.Start(new EmulatorOptions { ListenAddress = IPAddress.Any }));

        using GraphEmulator open = GraphEmulator.Start(new EmulatorOptions { ListenAddress = IPAddress.Any, AllowsRemote = true });
        Assert.True(open.BaseUri.IsLoopback);
    }

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_out_of_their_range_are_refused_without_repeating_them(EmulatorOptions options, string name)
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => GraphEmulator.Start(options));

        Assert.Equal(name, wrong.ParamName);
        Assert.DoesNotContain("canary", wrong.Message, StringComparison.Ordinal);
    }

    public static TheoryData<EmulatorOptions, string> WrongOptions => new()
    {
        { new EmulatorOptions { Port = 65_536 }, nameof(EmulatorOptions.Port) },
        { new EmulatorOptions { Account = "my.shop" }, nameof(EmulatorOptions.Account) },
        { new EmulatorOptions { AccessToken = "canary token" }, nameof(EmulatorOptions.AccessToken) },
        { new EmulatorOptions { AppSecret = string.Empty }, nameof(EmulatorOptions.AppSecret) },
        { new EmulatorOptions { MessagesKept = 0 }, nameof(EmulatorOptions.MessagesKept) },
        { new EmulatorOptions { RequestsKept = -1 }, nameof(EmulatorOptions.RequestsKept) },
        { new EmulatorOptions { SendsPerSecond = 0 }, nameof(EmulatorOptions.SendsPerSecond) },
        { new EmulatorOptions { MediaPerSecond = double.NaN }, nameof(EmulatorOptions.MediaPerSecond) },
        { new EmulatorOptions { ReadsPerSecond = -1 }, nameof(EmulatorOptions.ReadsPerSecond) },
        { new EmulatorOptions { FaultRate = 1.01 }, nameof(EmulatorOptions.FaultRate) },
        { new EmulatorOptions { FaultRate = double.NaN }, nameof(EmulatorOptions.FaultRate) },
        { new EmulatorOptions { Jitter = TimeSpan.FromTicks(-1) }, nameof(EmulatorOptions.Jitter) },
        { new EmulatorOptions { LogPath = string.Empty }, nameof(EmulatorOptions.LogPath) },
        { new EmulatorOptions { ThrottleBlock = TimeSpan.Zero }, nameof(EmulatorOptions.ThrottleBlock) },
        { new EmulatorOptions { Latency = TimeSpan.FromTicks(-1) }, nameof(EmulatorOptions.Latency) },
        { new EmulatorOptions { SlowClientTimeout = TimeSpan.Zero }, nameof(EmulatorOptions.SlowClientTimeout) },
        { new EmulatorOptions { IdleTimeout = TimeSpan.Zero }, nameof(EmulatorOptions.IdleTimeout) },
    };
}
