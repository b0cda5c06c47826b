using System;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class RateTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Api _api;

    public RateTests() => _api = new Api(new EmulatorOptions
    {
        SendsPerSecond = 5,
        MediaPerSecond = 1,
        ThrottleBlock = TimeSpan.FromMinutes(2),
        Clock = _clock,
    });

    [Fact]
    public async Task Sends_within_the_limit_are_taken_in_any_second()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await _api.SendTextToAsync("1")).Status);
            _clock.Advance(TimeSpan.FromMilliseconds(200));
        }
    }

    [Fact]
    public async Task The_limit_slides_with_no_double_burst_over_the_edge_of_a_second()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        await BurstAsync(5);
        _clock.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal(613, (await _api.SendTextToAsync("1")).Code);
    }

    [Fact]
    public async Task A_throttled_account_is_told_the_wait_and_taken_after_it()
    {
        await BurstAsync(5);
        Answer refused = await _api.SendTextToAsync("1");
        _clock.Advance(TimeSpan.FromMinutes(2));
        Answer taken = await _api.SendTextToAsync("1");

        Assert.Equal((613, 2534040), (refused.Code, refused.Subcode));
        Assert.Contains("\"estimated_time_to_regain_access\":2", refused.Header("x-business-use-case-usage"), StringComparison.Ordinal);
        Assert.Equal(200, taken.Status);
    }

    [Fact]
    public async Task Coming_back_too_early_lengthens_the_block()
    {
        await BurstAsync(5);
        await _api.SendTextToAsync("1");
        _clock.Advance(TimeSpan.FromSeconds(119));
        await _api.SendTextToAsync("1");
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(613, (await _api.SendTextToAsync("1")).Code);
    }

    [Fact]
    public async Task Audio_and_video_have_a_limit_of_their_own()
    {
        const string Video = """{"type":"video","payload":{"url":"https://a.b/c.mp4"}}""";
        await _api.SendAttachmentAsync(Video);

        Answer video = await _api.SendAttachmentAsync(Video);
        Answer text = await _api.SendTextToAsync("1");

        Assert.Equal((613, 200), (video.Code, text.Status));
    }

    [Fact]
    public async Task Usage_is_told_in_percent_after_enough_calls()
    {
        Answer first = await _api.SendTextToAsync("1");
        for (int i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await _api.SendTextToAsync("1");
        }

        _clock.Advance(TimeSpan.FromSeconds(2));
        Answer late = await _api.SendTextToAsync("1");

        Assert.Null(first.Header("x-app-usage"));
        Assert.Contains("\"call_count\":20", late.Header("x-app-usage"), StringComparison.Ordinal);
        string business = $"{{\"{_api.Emulator.Account}\":[{{\"type\":\"messenger\"";
        Assert.StartsWith(business, late.Header("x-business-use-case-usage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_holds_back_the_answer_but_not_the_decision()
    {
        var clock = new FakeTimeProvider();
        var latency = TimeSpan.FromSeconds(10);
        using var api = new Api(new EmulatorOptions { Latency = latency, Clock = clock });
        DateTimeOffset start = clock.GetUtcNow();

        Task<Answer> sending = api.SendTextToAsync("1");
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(api.Emulator.RequestCount));
            await Task.Delay(1);
        }

        Assert.Equal(200, (await sending).Status);
        Assert.True(clock.GetUtcNow() - start >= latency);
        Assert.Equal(start, api.Emulator.Messages().Single().ReceivedAt);
    }

    public void Dispose() => _api.Dispose();

    private async Task BurstAsync(int count)
    {
        for (int i = 0; i < count; i++)
            Assert.Equal(200, (await _api.SendTextToAsync("1")).Status);
    }
}
