using System;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Wire;

/// <summary>Several images in one message: graph-contract 1.5, up to ten, of addresses, ids and files.</summary>
public sealed class SeveralImagesTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_addresses_are_one_message_with_attachments()
    {
        using var stage = new Stage();
        RowOutcome outcome = await stage.SendAsync(Row(urls: ["https://example.com/a.png", "https://example.com/b"]));
        Assert.Equal((IgSendStatus.Sent, "mid1", null), (outcome.Status, outcome.MessageId, outcome.AttachmentId));
        Assert.Equal(
            """{"recipient":{"id":"17841400000000042"},"message":{"attachments":[{"type":"image","payload":{"url":"https://example.com/a.png"}},{"type":"image","payload":{"url":"https://example.com/b"}}]}}""",
            stage.OnlyRequest.Text);
    }

    [Fact]
    public async Task Ten_addresses_and_ids_are_mixed_in_one_message()
    {
        using var stage = new Stage();
        string[] urls = [.. Enumerable.Range(1, 6).Select(n => $"https://example.com/{n}.png")], ids = [.. Enumerable.Range(1, 4).Select(n => $"90{n}")];
        await stage.SendAsync(new SendRequest(Stage.Recipient, Row(urls, ids: ids).Payload, WordRules.Envelope(null, "HumanAgent") with { ReplyTo = "m_9" }));
        string images = string.Join(",", [.. urls.Select(url => Image("url", url)), .. ids.Select(id => Image("attachment_id", id))]);
        Assert.Equal(
            "{\"recipient\":{\"id\":\"17841400000000042\"},\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\",\"message\":{\"attachments\":[" + images + "]},\"reply_to\":{\"mid\":\"m_9\"}}",
            stage.OnlyRequest.Text);
    }

    [Fact]
    public async Task Files_are_uploaded_each_once_and_go_in_one_message_in_their_order()
    {
        using var stage = new Stage();
        SendRequest row = Row(files: [_folder.Sampled("b.png", "sample.png"), _folder.Sampled("a.gif", "sample.gif"), _folder.Sampled("c.png", "sample.png")]);
        using var trial = new EngineTrial(stage);
        trial.Add([row, row with { RecipientId = "17841400000000043" }]);
        await trial.AllEndedAsync();

        Assert.Equal((2, 2, 2), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages")));
        string images = string.Join(",", Image("attachment_id", "att1"), Image("attachment_id", "att2"), Image("attachment_id", "att1"));
        Assert.All(stage.Requests.Skip(2), request => Assert.Contains("\"message\":{\"attachments\":[" + images + "]}", request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reusable_addresses_become_attachments_once_and_go_by_id()
    {
        using var stage = new Stage();
        using var trial = new EngineTrial(stage, new EngineOptions { ThrottleLimit = 8 });
        Payload payload = PayloadRules.Media(new MediaInput(["https://example.com/a.png", "https://example.com/b.png"], [], [], null, IsReusable: true));
        trial.Add([.. Enumerable.Range(0, 10).Select(row => new SendRequest($"178414000000000{row:00}", payload, Envelope.None))]);
        await trial.AllEndedAsync();

        Assert.Equal((10, 2, 10), (trial.Count(IgSendStatus.Sent), stage.CountOf("message_attachments"), stage.CountOf("messages")));
        Assert.Equal(
            """{"platform":"instagram","message":{"attachment":{"type":"image","payload":{"url":"https://example.com/a.png","is_reusable":true}}}}""",
            stage.Requests[0].Text);
        string images = Image("attachment_id", "att1") + "," + Image("attachment_id", "att2");
        Assert.All(stage.Requests.Skip(2), request => Assert.Contains("\"attachments\":[" + images + "]", request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_cannot_be_uploaded_costs_the_message_and_nothing_is_sent()
    {
        using var stage = new Stage();
        stage.Server.When("bad.gif", Reply.Error(400, 100, 2018109));
        using var trial = new EngineTrial(stage);
        trial.Add([Row(files: [_folder.Sampled("good.png", "sample.png"), _folder.Sampled("bad.gif", "sample.gif")]), Stage.Text("next")]);
        await trial.AllEndedAsync();
        Assert.Equal([(IgSendStatus.Failed, "IgMediaTooLarge"), (IgSendStatus.Sent, null)], trial.Rows.Select(row => (row.Status, row.ErrorId)));
        Assert.Equal((2, 1), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
    }

    [Fact]
    public async Task Images_whose_ids_are_refused_are_made_anew_once()
    {
        using var stage = new Stage();
        stage.Server.When("\"attachments\"", Reply.Error(400, 100, 2018074));
        RowOutcome outcome = await stage.SendAsync(Row(files: [_folder.Sampled("a.png", "sample.png"), _folder.Sampled("b.gif", "sample.gif")]));
        Assert.Equal((IgSendStatus.Sent, 2), (outcome.Status, outcome.Attempts));
        Assert.Equal((4, 2), (stage.CountOf("message_attachments"), stage.CountOf("messages")));
    }

    [Theory]
    [InlineData(11, 0)]
    [InlineData(6, 5)]
    [InlineData(0, 11)]
    public void Eleven_are_too_many(int urls, int ids)
    {
        InstagramApiException error = Refusal.Of("IgPayloadAmbiguous", () => Row([.. Enumerable.Repeat("https://example.com/a.png", urls)], ids: [.. Enumerable.Repeat("9", ids)]));
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eleven_files_are_too_many() => Refusal.Of("IgPayloadAmbiguous", () => Row(files: [.. Enumerable.Repeat(_folder.Sampled("a.png", "sample.png"), 11)]));

    [Fact]
    public void Only_images_go_several_in_one_message()
    {
        string png = _folder.Sampled("a.png", "sample.png"), mp4 = _folder.Sampled("a.mp4", "sample.mp4"), pdf = _folder.Sampled("a.pdf", "sample.pdf");
        Refusal.Of("IgPayloadAmbiguous", () => Row(files: [png, mp4]));
        Refusal.Of("IgPayloadAmbiguous", () => Row(files: [pdf, pdf]));
        Refusal.Of("IgPayloadAmbiguous", () => Row(["https://example.com/a.png", "https://example.com/a.mp4"]));
        Refusal.Of("IgPayloadAmbiguous", () => Row(["https://example.com/a", "https://example.com/b"], type: "Video"));
        Refusal.Of("IgPayloadAmbiguous", () => Row(ids: ["1", "2"], type: "Audio"));
        Refusal.Of("IgPayloadAmbiguous", () => Row(files: [png, png], type: "File"));
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Media(new MediaInput([], [png, png], [], null, IsDirect: true)));
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Upload(new MediaInput([], [png, png], [], null)));
    }

    [Fact]
    public void One_address_beside_one_id_stays_ambiguous_and_files_mix_with_neither()
    {
        string png = _folder.Sampled("a.png", "sample.png");
        Refusal.Of("IgPayloadAmbiguous", () => Row(["https://example.com/a.png"], ids: ["1"]));
        Refusal.Of("IgPayloadAmbiguous", () => Row(["https://example.com/a.png", "https://example.com/b.png"], files: [png]));
        Refusal.Of("IgPayloadAmbiguous", () => Row(ids: ["1", "2"], files: [png]));
    }

    [Fact]
    public void What_is_wrong_with_one_of_them_has_its_own_id()
    {
        Refusal.Of("IgMediaUrlInvalid", () => Row(["https://example.com/a.png", "ftp://example.com/b.png"]));
        Refusal.Of("IgMediaFormatNotSupported", () => Row(["https://example.com/a.png", "https://example.com/b.heic"]));
        Refusal.Of("IgIdInvalid", () => Row(ids: ["1", "a b"]));
        Refusal.Of("IgMediaNotFound", () => Row(files: [_folder.Sampled("a.png", "sample.png"), _folder.At("no.png")]));
    }

    private static string Image(string name, string value) => "{\"type\":\"image\",\"payload\":{\"" + name + "\":\"" + value + "\"}}";

    private static SendRequest Row(string[]? urls = null, string[]? files = null, string[]? ids = null, string? type = null) =>
        Stage.Media(new MediaInput(urls ?? [], files ?? [], ids ?? [], type));
}
