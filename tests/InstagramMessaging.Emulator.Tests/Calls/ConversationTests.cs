using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.State;
using InstagramMessaging.Emulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class ConversationTests : IDisposable
{
    private const string List = "/v25.0/me/conversations?platform=instagram";
    private const string Whole = "id,created_time,from,to,message,attachments,shares,story,reactions,is_unsupported,reply_to";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 7, 12, 19, 11, 7, TimeSpan.Zero));
    private readonly Api _api;

    public ConversationTests() => _api = new Api(new EmulatorOptions { Clock = _clock });

    [Fact]
    public async Task Conversations_are_listed_newest_first_with_id_and_time()
    {
        await _api.SendTextToAsync("171");
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _api.SendTextToAsync("172");
        await _api.SendTextToAsync("171");

        JsonElement[] data = await DataAsync(List);

        Assert.Equal(2, data.Length);
        Assert.Equal(["updated_time", "id"], data[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("2026-07-12T19:11:12+0000", data[0].GetProperty("updated_time").GetString());
        JsonElement[] one = await DataAsync(List + "&user_id=171");
        Assert.Equal(data[0].GetProperty("id").GetString(), Assert.Single(one).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(IgLogin.Facebook, "/v25.0/me/conversations", 0)]
    [InlineData(IgLogin.Facebook, "/v25.0/me/conversations?platform=messenger", 0)]
    [InlineData(IgLogin.Facebook, "/v20.0/106540352242922/conversations?platform=instagram", 1)]
    [InlineData(IgLogin.Facebook, List + "&user_id=999", 0)]
    [InlineData(IgLogin.Instagram, "/v26.0/me/conversations", 1)]
    [InlineData(IgLogin.Instagram, "/v26.0/17841405309211844/conversations?platform=instagram", 1)]
    public async Task The_list_is_of_one_platform_and_person(IgLogin login, string path, int count)
    {
        using var api = new Api(new EmulatorOptions { Login = login });
        await api.SendTextToAsync("171");

        Answer answer = await api.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal(count, answer.Json.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(25)]
    public async Task Following_next_gives_every_conversation_once_and_then_no_next(int limit)
    {
        for (int i = 0; i < 7; i++)
            await _api.SendTextToAsync($"17{i}");

        var people = new System.Collections.Generic.List<string>();
        string? path = $"{List}&limit={limit}&fields=participants";
        while (path is not null)
        {
            Answer page = await _api.GetAsync(path);
            people.AddRange(page.Json.GetProperty("data").EnumerateArray().Select(one => Participant(one, 1)));
            path = Next(page.Json);
        }

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"17{i}"), people);
    }

    [Fact]
    public async Task Next_holds_the_token_and_a_client_may_go_on_from_the_cursor_alone()
    {
        for (int i = 0; i < 3; i++)
            await _api.SendTextToAsync($"17{i}");

        Answer first = await _api.GetAsync(List + "&limit=2");
        string after = first.Json.GetProperty("paging").GetProperty("cursors").GetProperty("after").GetString()!;
        Answer second = await _api.GetAsync($"{List}&limit=2&after={after}");
        string before = second.Json.GetProperty("paging").GetProperty("cursors").GetProperty("before").GetString()!;
        Answer back = await _api.GetAsync($"{List}&limit=2&before={before}");

        Assert.Contains($"access_token={_api.Emulator.AccessToken}", Next(first.Json), StringComparison.Ordinal);
        Assert.Null(Next(second.Json));
        Assert.True(second.Json.GetProperty("paging").TryGetProperty("previous", out _));
        Assert.Equal(first.Json.GetProperty("data").GetRawText(), back.Json.GetProperty("data").GetRawText());
        Assert.False((await _api.GetAsync(List + "&user_id=999")).Json.TryGetProperty("paging", out _));
    }

    [Fact]
    public async Task A_nested_selection_gives_messages_with_both_sides_newest_first()
    {
        string sent = (await _api.SendTextToAsync("171")).Text("message_id");
        IgEmulatorMessage received = _api.Emulator.Receive(new Delivery("171", "text") { Content = "Hello yourself", ReplyTo = sent });

        JsonElement[] data = await DataAsync($"{List}&fields=id,updated_time,participants,is_owner,messages.limit(5){{{Whole}}}");

        JsonElement[] messages = [.. data[0].GetProperty("messages").GetProperty("data").EnumerateArray()];
        Assert.Equal(received.MessageId, messages[0].GetProperty("id").GetString());
        Assert.Equal("171", messages[0].GetProperty("from").GetProperty("id").GetString());
        Assert.Equal("17841405309211844", messages[0].GetProperty("to").GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal($$"""{"mid":"{{sent}}","is_self_reply":false}""", messages[0].GetProperty("reply_to").GetRawText());
        Assert.Equal(("Hello", "offline.shop"), (messages[1].GetProperty("message").GetString(), messages[1].GetProperty("from").GetProperty("username").GetString()));
        Assert.Equal(["17841405309211844", "171"], [Participant(data[0], 0), Participant(data[0], 1)]);
        Assert.True(data[0].GetProperty("is_owner").GetBoolean());
    }

    [Fact]
    public async Task Only_the_20_newest_messages_are_listed_and_told_of()
    {
        string first = (await _api.SendTextToAsync("171")).Text("message_id");
        for (int i = 0; i < 20; i++)
            await _api.SendTextToAsync("171");
        string id = (await DataAsync(List))[0].GetProperty("id").GetString()!;

        Answer whole = await _api.GetAsync($"/v25.0/{id}?fields=messages{{id,message}}");
        Answer old = await _api.GetAsync($"/v25.0/{first}");

        Assert.Equal(20, whole.Json.GetProperty("messages").GetProperty("data").GetArrayLength());
        Assert.Equal((9000001, 400), (old.Code, old.Status));
        Assert.EndsWith("This Message has been deleted by the user or the business.", old.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_messages_of_a_conversation_have_pages_of_their_own()
    {
        for (int i = 0; i < 5; i++)
            await _api.SendTextToAsync("171");

        Answer answer = await _api.GetAsync(List + "&fields=messages.limit(2){id}");
        string next = Next(answer.Json.GetProperty("data")[0].GetProperty("messages"))!;
        Answer second = await _api.GetAsync(next);
        Answer third = await _api.GetAsync(Next(second.Json)!);

        Assert.Equal(["created_time", "id"], second.Json.GetProperty("data")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(2, second.Json.GetProperty("data").GetArrayLength());
        Assert.Equal(1, third.Json.GetProperty("data").GetArrayLength());
        Assert.Null(Next(third.Json));
    }

    [Fact]
    public async Task A_message_tells_its_attachments_and_who_reacted()
    {
        string id = (await _api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c.png"}}""")).Text("message_id");
        await _api.ActAsync($$"""
            "sender_action":"react","payload":{"message_id":"{{id}}","reaction":"love"}
            """);
        _api.Emulator.Receive(new Delivery(Api.Person, "react") { Content = "love", MessageId = id });

        Answer answer = await _api.GetAsync($"/v25.0/{id}?fields={Whole}");
        await _api.ActAsync($$"""
            "sender_action":"unreact","payload":{"message_id":"{{id}}"}
            """);
        Answer later = await _api.GetAsync($"/v25.0/{id}?fields=reactions");

        JsonElement image = answer.Json.GetProperty("attachments").GetProperty("data")[0].GetProperty("image_data");
        Assert.Equal("https://a.b/c.png", image.GetProperty("url").GetString());
        JsonElement reaction = Assert.Single(answer.Json.GetProperty("reactions").GetProperty("data").EnumerateArray());
        Assert.Equal(("love", 2), (reaction.GetProperty("reaction").GetString(), reaction.GetProperty("users").GetArrayLength()));
        Assert.Equal("2026-07-12T19:11:07+0000", answer.Text("created_time"));
        JsonElement left = Assert.Single(later.Json.GetProperty("reactions").GetProperty("data")[0].GetProperty("users").EnumerateArray());
        Assert.Equal(Api.Person, left.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"type":"video","payload":{"url":"https://a.b/c"}}""", "attachments", "video_data")]
    [InlineData("""{"type":"audio","payload":{"url":"https://a.b/c"}}""", "attachments", "file_url")]
    [InlineData("""{"type":"file","payload":{"url":"https://a.b/c"}}""", "attachments", "file_url")]
    [InlineData("""{"type":"MEDIA_SHARE","payload":{"id":"17900000000000001"}}""", "shares", "link")]
    public async Task Each_kind_of_content_is_told_in_its_place(string attachment, string field, string member)
    {
        string id = (await _api.SendAttachmentAsync(attachment)).Text("message_id");

        Answer answer = await _api.GetAsync($"/v25.0/{id}?fields=message,{field}");

        Assert.Equal(string.Empty, answer.Text("message"));
        Assert.Contains(answer.Json.GetProperty(field).GetProperty("data")[0].EnumerateObject(), one => one.Name == member);
    }

    [Fact]
    public async Task Several_images_are_several_attachments()
    {
        string id = (await _api.SendMessageAsync("""
            {"attachments":[{"type":"image","payload":{"url":"https://a.b/1"}},{"type":"image","payload":{"url":"https://a.b/2"}}]}
            """)).Text("message_id");

        Answer answer = await _api.GetAsync($"/v25.0/{id}?fields=attachments");

        Assert.Equal(
            ["https://a.b/1", "https://a.b/2"],
            answer.Json.GetProperty("attachments").GetProperty("data").EnumerateArray()
                .Select(one => one.GetProperty("image_data").GetProperty("url").GetString()));
    }

    [Fact]
    public async Task A_request_that_nobody_answered_for_30_days_is_not_listed()
    {
        _api.Emulator.Receive(new Delivery("171", "text") { Content = "Anybody there?" });
        await _api.SendTextToAsync("172");
        _api.Emulator.AdvanceClock(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));

        JsonElement[] data = await DataAsync(List + "&fields=participants");

        Assert.Equal("172", Participant(Assert.Single(data), 1));
    }

    [Fact]
    public async Task What_the_ring_has_dropped_is_no_longer_there()
    {
        using var api = new Api(new EmulatorOptions { MessagesKept = 2 });
        string gone = (await api.SendTextToAsync("171")).Text("message_id");
        await api.SendTextToAsync("172");
        await api.SendTextToAsync("172");

        Assert.Equal("ObjectKnown", (await api.GetAsync($"/v25.0/{gone}")).Rule);
        Assert.Equal(1, (await api.GetAsync(List)).Json.GetProperty("data").GetArrayLength());
    }

    public void Dispose() => _api.Dispose();

    private async Task<JsonElement[]> DataAsync(string path) => [.. (await _api.GetAsync(path)).Json.GetProperty("data").EnumerateArray()];

    private static string Participant(JsonElement conversation, int index) =>
        conversation.GetProperty("participants").GetProperty("data")[index].GetProperty("id").GetString()!;

    private static string? Next(JsonElement edge) =>
        edge.GetProperty("paging").TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
}
