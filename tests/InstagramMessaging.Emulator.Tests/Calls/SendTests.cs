using System;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Calls;

public sealed class SendTests : IDisposable
{
    private readonly Api _api = new();

    [Fact]
    public async Task A_text_is_answered_with_two_ids_and_kept()
    {
        Answer answer = await _api.SendMessageAsync("""{"text":"Hello"}""");

        Assert.Equal(["recipient_id", "message_id"], answer.Members);
        IgEmulatorMessage kept = Assert.Single(_api.Emulator.Messages());
        Assert.Equal((1, Api.Person, "text", "Hello"), (kept.Number, kept.RecipientId, kept.Kind, kept.Content));
    }

    [Theory]
    [InlineData(1000, 'a')]
    [InlineData(500, 'é')]
    public async Task A_text_of_1000_bytes_is_taken(int length, char letter)
    {
        string text = new(letter, length);

        Answer answer = await _api.SendMessageAsync($$"""{"text":"{{text}}"}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(text, _api.Emulator.Messages()[0].Content);
    }

    [Fact]
    public async Task A_human_agents_tag_and_a_reply_are_kept()
    {
        string first = await _api.SentIdAsync();

        await _api.SendMessageAsync(
            """{"text":"a"}""", $$""","messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","reply_to":{"mid":"{{first}}"}""");

        IgEmulatorMessage kept = _api.Emulator.Messages()[1];
        Assert.Equal(("MESSAGE_TAG", "HUMAN_AGENT", first), (kept.MessagingType, kept.MessageTag, kept.ReplyTo));
    }

    [Theory]
    [InlineData("love")]
    [InlineData("🎉")]
    public async Task Any_reaction_is_taken_and_can_be_taken_back(string reaction)
    {
        string id = await _api.SentIdAsync();

        Answer react = await _api.ActAsync($$"""
            "sender_action":"react","payload":{"message_id":"{{id}}","reaction":"{{reaction}}"}
            """);
        Answer unreact = await _api.ActAsync($$"""
            "sender_action":"unreact","payload":{"message_id":"{{id}}"}
            """);

        Assert.Equal(["recipient_id"], react.Members);
        Assert.Equal(["recipient_id"], unreact.Members);
        Assert.Equal(["text", "react", "unreact"], _api.Emulator.Messages().Select(message => message.Kind));
        Assert.Equal(reaction, _api.Emulator.Messages()[1].Content);
    }

    [Theory]
    [InlineData("typing_on")]
    [InlineData("typing_off")]
    [InlineData("mark_seen")]
    public async Task Typing_and_seen_are_taken_and_leave_nothing_behind(string action)
    {
        Answer answer = await _api.ActAsync($"\"sender_action\":\"{action}\"");

        Assert.Equal(["recipient_id"], answer.Members);
        Assert.Empty(_api.Emulator.Messages());
    }

    [Fact]
    public async Task A_reusable_url_gives_an_attachment_id_that_can_be_sent()
    {
        Answer first = await _api.SendAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/c.png","is_reusable":true}}""");
        string id = first.Text("attachment_id");

        Answer second = await _api.SendAttachmentAsync($$$"""{"type":"image","payload":{"attachment_id":"{{{id}}}"} }""");

        Assert.Equal(["recipient_id", "message_id"], second.Members);
        IgEmulatorMessage kept = _api.Emulator.Messages()[1];
        Assert.Equal(("image", "https://a.b/c.png", id), (kept.Kind, kept.Content, kept.AttachmentId));
    }

    [Fact]
    public async Task The_documents_sample_with_a_reusable_string_beside_the_payload_is_taken()
    {
        Answer answer = await _api.SendAttachmentAsync("""{"type":"VIDEO","payload":{"url":"https://a.b/c.mp4"},"is_reusable":"true"}""");

        Assert.Contains("attachment_id", answer.Members);
        Assert.Equal("video", _api.Emulator.Messages()[0].Kind);
    }

    [Theory]
    [InlineData("""{"type":"MEDIA_SHARE","payload":{"attachment_id":"ID"}}""")]
    [InlineData("""{"type":"MEDIA_SHARE","payload":{"id":"ID"}}""")]
    [InlineData("""{"type":"video","payload":{"attachment_id":"ID"}}""")]
    public async Task An_uploaded_video_can_be_sent_each_documented_way(string attachment)
    {
        Answer upload = await _api.UploadAttachmentAsync("""{"type":"video","payload":{"url":"https://a.b/c.mp4","is_reusable":"true"}}""");
        string id = upload.Text("attachment_id");

        Answer answer = await _api.SendAttachmentAsync(attachment.Replace("ID", id, StringComparison.Ordinal));

        Assert.Equal(["attachment_id"], upload.Members);
        Assert.Equal(200, answer.Status);
        Assert.Equal(("video", id), (_api.Emulator.Messages()[0].Kind, _api.Emulator.Messages()[0].AttachmentId));
    }

    [Fact]
    public async Task Ten_images_may_mix_urls_and_ids()
    {
        string id = (await _api.UploadAttachmentAsync("""{"type":"image","payload":{"url":"https://a.b/0.png"}}""")).Text("attachment_id");
        string[] images = Enumerable.Range(1, 9)
            .Select(n => $$$"""{"type":"image","payload":{"url":"https://a.b/{{{n}}}.png"} }""")
            .ToArray();

        Answer answer = await _api.SendMessageAsync(
            $$$"""{"attachments":[{"type":"image","payload":{"attachment_id":"{{{id}}}"} },{{{string.Join(",", images)}}}]}""");

        Assert.Equal(200, answer.Status);
        string[] lines = _api.Emulator.Messages()[0].Content!.Split('\n');
        Assert.Equal((10, id, "https://a.b/9.png"), (lines.Length, lines[0], lines[9]));
    }

    [Fact]
    public async Task Instagram_login_takes_its_samples_single_object_and_needs_no_platform()
    {
        using var api = new Api(new EmulatorOptions { Login = IgLogin.Instagram });

        Answer sample = await api.SendMessageAsync("""{"attachments":{"type":"image","payload":{"url":"https://a.b/c.png"}}}""");
        Answer upload = await api.UploadAsync("""{"message":{"attachment":{"type":"image","payload":{"url":"https://a.b/c.png"}}}}""");

        Assert.Equal((200, 200), (sample.Status, upload.Status));
        Assert.StartsWith("IGAA", api.Emulator.AccessToken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_ids_are_never_given_twice_not_even_by_two_emulators()
    {
        using var other = new Api();
        string[] ids = [await _api.SentIdAsync(), await _api.SentIdAsync(), await other.SentIdAsync(), await other.SentIdAsync()];

        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_inbox_can_be_read_by_person()
    {
        await _api.SendTextToAsync("1");
        await _api.SendTextToAsync("2");
        await _api.SendTextToAsync("1");

        Assert.Equal([1L, 3L], _api.Emulator.Messages("1").Select(message => message.Number));
    }

    [Fact]
    public async Task Only_the_newest_messages_are_kept()
    {
        using var api = new Api(new EmulatorOptions { MessagesKept = 3, RequestsKept = 2 });
        string first = await api.SentIdAsync();
        for (int i = 0; i < 4; i++)
            await api.SentIdAsync();

        Answer react = await api.ActAsync($$"""
            "sender_action":"react","payload":{"message_id":"{{first}}","reaction":"love"}
            """);

        Assert.Equal([3L, 4L, 5L], api.Emulator.Messages().Select(message => message.Number));
        Assert.Equal("MessageKnown", react.Rule);
        Assert.Equal([5L, 6L], api.Emulator.Requests().Select(request => request.Number));
        Assert.Equal(6, api.Emulator.RequestCount);
    }

    public void Dispose() => _api.Dispose();
}
