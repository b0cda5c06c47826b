using System;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Wire;

/// <summary>The table of calls, row by row, from the cells to the bytes.</summary>
public class JsonBodyTests
{
    private const string To = "\"recipient\":{\"id\":\"17841400000000042\"}";

    [Fact]
    public Task A_text() => Sends(PayloadRules.Text("T", null), "{" + To + ",\"message\":{\"text\":\"T\"}}");

    [Fact]
    public void A_body_holds_nothing_of_one_that_could_not_be_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GraphJson.Message(Stage.Upload()));
        Assert.Equal("{" + To + ",\"message\":{\"text\":\"T\"}}", Encoding.UTF8.GetString(GraphJson.Message(Stage.Text("T"))));
    }

    [Fact]
    public Task A_link_goes_as_text() =>
        Sends(PayloadRules.Text(null, "https://example.com/a?b=1"), "{" + To + ",\"message\":{\"text\":\"https://example.com/a?b=1\"}}");

    [Theory]
    [InlineData(null, "HumanAgent", "\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\"")]
    [InlineData("MESSAGE_TAG", "human_agent", "\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\"")]
    [InlineData("Response", null, "\"messaging_type\":\"RESPONSE\"")]
    [InlineData("update", "", "\"messaging_type\":\"UPDATE\"")]
    public async Task A_label_stands_beside_the_message(string? messagingType, string? tag, string members)
    {
        using var stage = new Stage();
        await stage.SendAsync(new SendRequest(Stage.Recipient, PayloadRules.Text("T", null), WordRules.Envelope(messagingType, tag)));
        AssertJson("{" + To + ",\"message\":{\"text\":\"T\"}," + members + "}", stage.OnlyRequest.Text);
    }

    [Fact]
    public async Task A_reply_names_its_message()
    {
        using var stage = new Stage();
        var envelope = new Envelope(ReplyTo: PayloadRules.ReplyTo("aWdfZAG1faXRlbToxOklH"));
        await stage.SendAsync(new SendRequest(Stage.Recipient, PayloadRules.Text("T", null), envelope));
        AssertJson("{" + To + ",\"message\":{\"text\":\"T\"},\"reply_to\":{\"mid\":\"aWdfZAG1faXRlbToxOklH\"}}", stage.OnlyRequest.Text);
    }

    [Theory]
    [InlineData("Image", "image")]
    [InlineData("Audio", "audio")]
    [InlineData("Video", "video")]
    [InlineData("File", "file")]
    public Task Media_by_url(string type, string word) => Sends(
        PayloadRules.Media(new MediaInput(["https://example.com/x"], [], [], type)),
        "{" + To + ",\"message\":{\"attachment\":{\"type\":\"" + word + "\",\"payload\":{\"url\":\"https://example.com/x\"}}}}");

    [Fact]
    public async Task Reusable_media_gives_the_attachment_id_of_the_answer()
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"recipient_id":"17841400000000042","message_id":"m_1","attachment_id":"1857777774821032"}"""));

        RowOutcome outcome = await stage.SendAsync(Stage.Media(new MediaInput(["https://example.com/x"], [], [], "Video", IsReusable: true)));

        AssertJson("{" + To + ",\"message\":{\"attachment\":{\"type\":\"video\",\"payload\":{\"url\":\"https://example.com/x\",\"is_reusable\":true}}}}", stage.OnlyRequest.Text);
        Assert.Equal(("m_1", "1857777774821032"), (outcome.MessageId, outcome.AttachmentId));
    }

    [Theory]
    [InlineData("Image", "image")]
    [InlineData("Audio", "audio")]
    [InlineData("Video", "video")]
    [InlineData("File", "file")]
    [InlineData(null, "MEDIA_SHARE")]
    [InlineData("", "MEDIA_SHARE")]
    public Task Media_by_attachment_id(string? type, string word) => Sends(
        PayloadRules.Media(new MediaInput([], [], ["1857777774821032"], type)),
        "{" + To + ",\"message\":{\"attachment\":{\"type\":\"" + word + "\",\"payload\":{\"attachment_id\":\"1857777774821032\"}}}}");

    [Fact]
    public Task A_post() => Sends(
        PayloadRules.Post("17895695668004550"),
        "{" + To + ",\"message\":{\"attachment\":{\"type\":\"MEDIA_SHARE\",\"payload\":{\"id\":\"17895695668004550\"}}}}");

    [Fact]
    public Task The_heart_has_no_payload() => Sends(new StickerPayload(), "{" + To + ",\"message\":{\"attachment\":{\"type\":\"like_heart\"}}}");

    [Fact]
    public Task A_reaction() => Sends(
        PayloadRules.Reaction("m_1", "love"),
        "{" + To + ",\"sender_action\":\"react\",\"payload\":{\"message_id\":\"m_1\",\"reaction\":\"love\"}}");

    [Theory]
    [InlineData("wow")]
    [InlineData("\U0001F44D\U0001F3FD")]
    public async Task A_reaction_may_be_any(string reaction)
    {
        using var stage = new Stage();
        await stage.SendAsync(new SendRequest(Stage.Recipient, PayloadRules.Reaction("m_1", reaction), Envelope.None));
        Assert.Equal(reaction, JsonNode.Parse(stage.OnlyRequest.Text)!["payload"]!["reaction"]!.GetValue<string>());
    }

    [Fact]
    public Task The_removal_of_a_reaction_names_none() => Sends(
        PayloadRules.Reaction("m_1", null),
        "{" + To + ",\"sender_action\":\"unreact\",\"payload\":{\"message_id\":\"m_1\"}}");

    [Fact]
    public async Task An_upload_from_a_url()
    {
        using var stage = new Stage();
        RowOutcome outcome = await stage.SendAsync(new SendRequest(null, PayloadRules.Upload(new MediaInput(["https://example.com/x"], [], [], "Image")), Envelope.None));

        RecordedRequest request = stage.OnlyRequest;
        Assert.Equal($"/v25.0/{Stage.Account}/message_attachments", request.Target);
        AssertJson("""{"platform":"instagram","message":{"attachment":{"type":"image","payload":{"url":"https://example.com/x","is_reusable":true}}}}""", request.Text);
        Assert.Equal((IgSendStatus.Sent, "att1"), (outcome.Status, outcome.AttachmentId));
    }

    [Fact]
    public async Task Ids_stay_strings_with_all_their_digits()
    {
        using var stage = new Stage();
        await stage.SendAsync(Stage.Text("T", "00123456789012345678901234567890"));
        Assert.Contains("\"id\":\"00123456789012345678901234567890\"", stage.OnlyRequest.Text, System.StringComparison.Ordinal);
    }

    private static async Task Sends(Payload payload, string body)
    {
        using var stage = new Stage();
        RowOutcome outcome = await stage.SendAsync(new SendRequest(Stage.Recipient, payload, Envelope.None));

        Assert.Equal((IgSendStatus.Sent, 1), (outcome.Status, outcome.Attempts));
        RecordedRequest request = stage.OnlyRequest;
        Assert.Equal(("POST", $"/v25.0/{Stage.Account}/messages"), (request.Method, request.Target));
        Assert.Equal(body, request.Text);
    }

    /// <summary>The same members with the same values, in any order, and no others.</summary>
    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected {expected}, was {actual}");
}
