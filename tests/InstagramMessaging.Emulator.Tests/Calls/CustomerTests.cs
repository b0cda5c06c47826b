using System;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.State;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class CustomerTests : IDisposable
{
    private const string HumanAgent = ",\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\"";

    private readonly Api _api = new(new EmulatorOptions { Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider() });

    [Fact]
    public async Task A_window_closes_24_hours_after_the_customer_wrote_and_opens_when_they_write_again()
    {
        _api.Emulator.Receive(new Delivery(Api.Person, "text") { Content = "Hello?" });
        Assert.Equal(200, await StatusAsync());
        _api.Emulator.AdvanceClock(TimeSpan.FromHours(24));
        Assert.Equal(200, await StatusAsync());
        _api.Emulator.AdvanceClock(TimeSpan.FromSeconds(1));
        Assert.Equal(400, await StatusAsync());

        _api.Emulator.Receive(new Delivery(Api.Person, "text") { Content = "Hello again?" });

        Assert.Equal(200, await StatusAsync());
    }

    [Fact]
    public async Task A_human_agent_may_answer_for_seven_days()
    {
        _api.Emulator.AddCustomer(new Customer(Api.Person) { LastWroteAt = _api.Emulator.Now });
        _api.Emulator.AdvanceClock(TimeSpan.FromDays(7));
        Assert.Equal(200, await StatusAsync(HumanAgent));
        _api.Emulator.AdvanceClock(TimeSpan.FromSeconds(1));

        Assert.Equal(400, await StatusAsync(HumanAgent));
    }

    [Fact]
    public async Task Typing_and_seen_need_no_window_but_a_reaction_does()
    {
        IgEmulatorMessage message = _api.Emulator.Receive(new Delivery(Api.Person, "text") { Content = "Hello?" });
        _api.Emulator.AdvanceClock(TimeSpan.FromDays(2));

        Answer seen = await _api.ActAsync("\"sender_action\":\"mark_seen\"");
        Answer react = await _api.ActAsync($$"""
            "sender_action":"react","payload":{"message_id":"{{message.MessageId}}","reaction":"love"}
            """);

        Assert.Equal((200, "WindowOpen"), (seen.Status, react.Rule));
    }

    [Fact]
    public async Task A_customers_reaction_opens_the_window_too()
    {
        string id = await _api.SentIdAsync();
        _api.Emulator.AddCustomer(new Customer(Api.Person));
        Assert.Equal(400, await StatusAsync());

        _api.Emulator.Receive(new Delivery(Api.Person, "react") { Content = "love", MessageId = id });

        Assert.Equal(200, await StatusAsync());
    }

    [Fact]
    public async Task A_strangers_window_is_always_open_unless_only_known_customers_are_taken()
    {
        using var strict = new Api(new EmulatorOptions { KnownCustomersOnly = true });
        _api.Emulator.AdvanceClock(TimeSpan.FromDays(400));

        Assert.Equal(200, await StatusAsync());
        Assert.Equal("UserExists", (await strict.SendTextToAsync("171")).Rule);
        strict.Emulator.Receive(new Delivery("171", "text") { Content = "Hello?" });
        Assert.Equal(200, (await strict.SendTextToAsync("171")).Status);
        Assert.Equal("WindowOpen", (await strict.SendTextToAsync("90000000000000001")).Rule);
    }

    [Fact]
    public async Task The_account_can_react_and_reply_to_what_a_customer_wrote()
    {
        IgEmulatorMessage message = _api.Emulator.Receive(new Delivery(Api.Person, "text") { Content = "Hello?" });

        Answer react = await _api.ActAsync($$"""
            "sender_action":"react","payload":{"message_id":"{{message.MessageId}}","reaction":"love"}
            """);
        Answer reply = await _api.SendMessageAsync("""{"text":"a"}""", $$""","reply_to":{"mid":"{{message.MessageId}}"}""");

        Assert.Equal((200, 200), (react.Status, reply.Status));
    }

    [Fact]
    public void A_message_that_was_never_there_cannot_be_answered_by_a_customer()
    {
        Assert.Throws<ArgumentException>(() => _api.Emulator.Receive(new Delivery("1", "text") { Content = "a", ReplyTo = "aWdfA" }));
        Assert.Throws<ArgumentException>(() => _api.Emulator.AddCustomer(new Customer("anna.smith")));
    }

    [Fact]
    public void The_clock_goes_on_only()
    {
        DateTimeOffset before = _api.Emulator.Now;
        _api.Emulator.AdvanceClock(TimeSpan.FromDays(1));

        Assert.Equal(TimeSpan.FromDays(1), _api.Emulator.Now - before);
        Assert.Throws<ArgumentOutOfRangeException>(() => _api.Emulator.AdvanceClock(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _api.Emulator.AdvanceClock(TimeSpan.MaxValue));
    }

    [Fact]
    public async Task A_block_ends_and_an_attachment_expires_when_the_clock_is_moved()
    {
        string id = (await _api.UploadAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c.png"}}""")).Text("attachment_id");
        await _api.SendTextToAsync("90000000000000011");
        Assert.Equal("RateKept", (await _api.SendTextToAsync("1")).Rule);

        _api.Emulator.AdvanceClock(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await _api.SendTextToAsync("90000000000000011")).Status);
        _api.Emulator.AdvanceClock(TimeSpan.FromDays(90));

        Assert.Equal("IdFresh", (await _api.SendAttachmentAsync($$$"""{"type":"image","payload":{"attachment_id":"{{{id}}}"} }""")).Rule);
    }

    public void Dispose() => _api.Dispose();

    private async Task<int> StatusAsync(string members = "") =>
        (await _api.SendMessageAsync("""{"text":"a"}""", members)).Status;
}
