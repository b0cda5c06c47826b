using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class MagicTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Api _api;

    public MagicTests() => _api = new Api(new EmulatorOptions { Clock = _clock });

    [Fact]
    public void The_table_has_ids_of_its_own_that_are_digits()
    {
        Assert.Equal(23, MagicRecipients.All.Select(magic => magic.Id).Distinct().Count());
        Assert.All(MagicRecipients.All, magic => Assert.Matches("^9000000000000([0-9]{4}|[12]nnn)$", magic.Id));
    }

    [Theory]
    [InlineData("0008", 1)]
    [InlineData("0009", 2)]
    [InlineData("2003", 3)]
    public async Task A_throttled_recipient_takes_a_later_send(string number, int refusals)
    {
        string id = $"9000000000000{number}";
        for (int i = 0; i < refusals; i++)
            Assert.Equal(613, (await _api.SendTextToAsync(id)).Code);

        Assert.Equal(200, (await _api.SendTextToAsync(id)).Status);
        Assert.Single(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_throttled_recipient_announces_its_wait_only_where_the_table_says_so()
    {
        Answer silent = await _api.SendTextToAsync("90000000000000008");
        Answer announced = await _api.SendTextToAsync("90000000000000011");

        Assert.Null(silent.Header("x-business-use-case-usage"));
        Assert.Contains("\"estimated_time_to_regain_access\":1", announced.Header("x-business-use-case-usage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_is_throttled_always_never_takes_a_send()
    {
        for (int i = 0; i < 5; i++)
            Assert.Equal(613, (await _api.SendTextToAsync("90000000000000010")).Code);
        Assert.Empty(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_closed_window_is_opened_by_the_human_agents_tag()
    {
        Answer answer = await _api.SendAsync(
            """{"recipient":{"id":"90000000000000001"},"message":{"text":"a"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT"}""");

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("14", 500, true)]
    [InlineData("18", 400, null)]
    public async Task An_error_may_hide_an_accepted_message(string number, int status, bool? isTransient)
    {
        Answer answer = await _api.SendTextToAsync($"900000000000000{number}");

        Assert.Equal(status, answer.Status);
        Assert.Equal(isTransient, answer.Error.TryGetProperty("is_transient", out var flag) ? flag.GetBoolean() : null);
        Assert.Single(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_message_may_be_accepted_without_ids()
    {
        Answer answer = await _api.SendTextToAsync("90000000000000017");

        Assert.Equal((200, "{}"), (answer.Status, answer.Body));
        Assert.Single(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_bad_gateway_answers_HTML_and_accepts_nothing()
    {
        Answer answer = await _api.SendTextToAsync("90000000000000016");

        Assert.Equal((502, "text/html"), (answer.Status, answer.Response.Content.Headers.ContentType!.MediaType));
        Assert.Empty(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_connection_may_be_reset_after_the_message_was_accepted()
    {
        HttpRequestException broken = await Assert.ThrowsAsync<HttpRequestException>(() => _api.SendTextToAsync("90000000000000012"));

        Assert.Contains("reset", broken.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Single(_api.Emulator.Messages());
    }

    [Fact]
    public async Task An_answer_may_end_in_the_middle_after_the_message_was_accepted()
    {
        HttpRequestException broken = await Assert.ThrowsAsync<HttpRequestException>(() => _api.SendTextToAsync("90000000000000015"));

        Assert.Equal(HttpRequestError.ResponseEnded, broken.HttpRequestError);
        Assert.Single(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_message_may_be_accepted_and_never_answered_and_others_go_on()
    {
        Task<Answer> silent = _api.SendTextToAsync("90000000000000013");
        await UntilAsync(() => _api.Emulator.Messages().Count == 1);

        Answer other = await _api.SendTextToAsync("1");

        Assert.Equal(200, other.Status);
        Assert.False(silent.IsCompleted);
        _api.Emulator.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => silent);
    }

    [Fact]
    public async Task A_silent_connection_does_not_hold_up_the_end()
    {
        Task<Answer> silent = _api.SendTextToAsync("90000000000000013");
        await UntilAsync(() => _api.Emulator.Messages().Count == 1);

        var time = Stopwatch.StartNew();
        _api.Emulator.Dispose();

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        await Assert.ThrowsAnyAsync<Exception>(() => silent);
    }

    [Fact]
    public async Task A_slow_recipient_answers_after_three_seconds()
    {
        Task<Answer> slow = _api.SendTextToAsync("90000000000000019");

        // The delay begins on the server's side: the clock is moved until it has seen it.
        int moves = 0;
        while (!slow.IsCompleted)
        {
            Assert.InRange(++moves, 0, 2_000);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        Assert.InRange(moves, 3, 2_000);
        Assert.Equal(200, (await slow).Status);
    }

    [Fact]
    public async Task A_wrong_message_to_a_magic_recipient_is_refused_for_what_is_wrong()
    {
        Answer answer = await _api.SendAsync("""{"recipient":{"id":"90000000000000016"},"message":{"text":""}}""");

        Assert.Equal("TextNotEmpty", answer.Rule);
    }

    public void Dispose() => _api.Dispose();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(5, limit.Token);
    }
}
