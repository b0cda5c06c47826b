using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Wire;

/// <summary>Files: the form as graph-contract 1.7 has it, to the byte.</summary>
public class MultipartTests
{
    [Fact]
    public async Task An_upload_from_disk_has_platform_message_and_filedata()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        string path = folder.File("shirt.png", "png");

        RowOutcome outcome = await stage.SendAsync(new SendRequest(null, PayloadRules.Upload(new MediaInput([], [path], [], null)), Envelope.None));

        Assert.Equal((IgSendStatus.Sent, "att1"), (outcome.Status, outcome.AttachmentId));
        RecordedRequest request = stage.OnlyRequest;
        Assert.Equal($"/v25.0/{Stage.Account}/message_attachments", request.Target);
        AssertPart(request, 0, "form-data; name=\"platform\"", "instagram");
        AssertPart(request, 1, "form-data; name=\"message\"", """{"attachment":{"type":"image","payload":{"is_reusable":true}}}""");
        AssertFile(request, 2, "form-data; name=\"filedata\"; filename=\"shirt.png\"", "image/png", path);
        Assert.Equal(3, request.Parts().Count);
    }

    [Fact]
    public async Task A_file_is_uploaded_and_then_sent_by_its_id_and_type()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        stage.Server.Next(Reply.Json("""{"attachment_id":"1857777774821032"}"""));

        RowOutcome outcome = await stage.SendAsync(Stage.Media(new MediaInput([], [folder.File("clip.mp4", "mp4")], [], null)));

        Assert.Equal((IgSendStatus.Sent, "1857777774821032", 1), (outcome.Status, outcome.AttachmentId, outcome.Attempts));
        Assert.EndsWith("/message_attachments", stage.Requests[0].Target, StringComparison.Ordinal);
        Assert.EndsWith("/messages", stage.Requests[1].Target, StringComparison.Ordinal);
        Assert.Equal(
            """{"recipient":{"id":"17841400000000042"},"message":{"attachment":{"type":"video","payload":{"attachment_id":"1857777774821032"}}}}""",
            stage.Requests[1].Text);
    }

    [Fact]
    public async Task A_direct_send_is_one_form_whose_payload_is_an_object()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        string path = folder.File("bill.pdf", "pdf");

        RowOutcome outcome = await stage.SendAsync(Stage.Media(new MediaInput([], [path], [], null, IsDirect: true)));

        Assert.Equal((IgSendStatus.Sent, "mid1"), (outcome.Status, outcome.MessageId));
        RecordedRequest request = stage.OnlyRequest;
        Assert.Equal($"/v25.0/{Stage.Account}/messages", request.Target);
        AssertPart(request, 0, "form-data; name=\"recipient\"", """{"id":"17841400000000042"}""");
        AssertPart(request, 1, "form-data; name=\"message\"", """{"attachment":{"type":"file","payload":{}}}""");
        AssertFile(request, 2, "form-data; name=\"filedata\"; filename=\"bill.pdf\"", "application/pdf", path);
        Assert.Equal(3, request.Parts().Count);
    }

    [Fact]
    public async Task Labels_of_a_direct_send_are_parts_of_their_own()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        Payload payload = PayloadRules.Media(new MediaInput([], [folder.File("a.gif", "gif")], [], null, IsDirect: true));

        await stage.SendAsync(new SendRequest(Stage.Recipient, payload, WordRules.Envelope(null, "HumanAgent") with { ReplyTo = "m_9" }));

        RecordedRequest request = stage.OnlyRequest;
        AssertNamed(request, "messaging_type", "MESSAGE_TAG");
        AssertNamed(request, "tag", "HUMAN_AGENT");
        AssertNamed(request, "reply_to", """{"mid":"m_9"}""");
        Assert.Equal(6, request.Parts().Count);
    }

    [Theory]
    [InlineData("a.png", "png", "image", "image/png")]
    [InlineData("a.jpg", "jpeg", "image", "image/jpeg")]
    [InlineData("a.gif", "gif", "image", "image/gif")]
    [InlineData("a.aac", "aac", "audio", "audio/aac")]
    [InlineData("a.m4a", "m4a", "audio", "audio/mp4")]
    [InlineData("a.wav", "wav", "audio", "audio/wav")]
    [InlineData("a.mp4", "mp4", "video", "video/mp4")]
    [InlineData("a.ogg", "ogg", "video", "video/ogg")]
    [InlineData("a.avi", "avi", "video", "video/x-msvideo")]
    [InlineData("a.mov", "mov", "video", "video/quicktime")]
    [InlineData("a.webm", "webm", "video", "video/webm")]
    [InlineData("a.pdf", "pdf", "file", "application/pdf")]
    public async Task Every_format_has_its_type_and_content_type(string name, string kind, string type, string contentType)
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        string path = folder.File(name, kind);

        await stage.SendAsync(new SendRequest(null, PayloadRules.Upload(new MediaInput([], [path], [], null)), Envelope.None));

        AssertNamed(stage.OnlyRequest, "message", "{\"attachment\":{\"type\":\"" + type + "\",\"payload\":{\"is_reusable\":true}}}");
        AssertFile(stage.OnlyRequest, 2, $"form-data; name=\"filedata\"; filename=\"{name}\"", contentType, path);
    }

    [Fact]
    public async Task An_mp4_sent_as_audio_is_audio_in_every_place()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        string path = folder.File("a.mp4", "mp4");

        await stage.SendAsync(Stage.Media(new MediaInput([], [path], [], "audio")));

        AssertFile(stage.Requests[0], 2, "form-data; name=\"filedata\"; filename=\"a.mp4\"", "audio/mp4", path);
        Assert.Contains("\"type\":\"audio\"", stage.Requests[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_is_a_whole_one_of_known_length()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        await stage.SendAsync(Stage.Media(new MediaInput([], [folder.File("a.png", "png")], [], null, IsDirect: true)));

        RecordedRequest request = stage.OnlyRequest;
        string type = request.Headers["Content-Type"];
        Assert.StartsWith("multipart/form-data; boundary=", type, StringComparison.Ordinal);
        string boundary = type["multipart/form-data; boundary=".Length..];
        Assert.Matches("^[0-9A-Za-z'()+_,./:=?-]{1,70}$", boundary);
        string body = Encoding.Latin1.GetString([.. request.Body]);
        Assert.StartsWith("--" + boundary + "\r\n", body, StringComparison.Ordinal);
        Assert.EndsWith("\r\n--" + boundary + "--\r\n", body, StringComparison.Ordinal);
        Assert.Equal(request.Body.Count.ToString(CultureInfo.InvariantCulture), request.Headers["Content-Length"]);
        Assert.DoesNotContain("Expect", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_repeated_upload_sends_the_whole_file_again()
    {
        using var folder = new MediaFolder();
        using var stage = new Stage();
        byte[] bytes = [.. MediaFolder.Header("png"), .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];
        string path = folder.File("big.png", bytes);
        stage.Server.Next(Reply.Cut(Ending.Reset));

        RowOutcome outcome = await stage.SendAsync(new SendRequest(null, PayloadRules.Upload(new MediaInput([], [path], [], null)), Envelope.None), retries: 2);

        Assert.Equal((IgSendStatus.Sent, 2), (outcome.Status, outcome.Attempts));
        Assert.All(stage.Requests, request => Assert.Equal(bytes, request.Parts()[2].Body));

        // And lets go of it afterwards: a file that stays open cannot be moved on Windows.
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Theory]
    [InlineData("r\u00E9sum\u00E9.pdf", "pdf")]
    [InlineData("\u65E5\u672C\u8A9E.png", "png")]
    [InlineData("\U0001F600.png", "png")]
    [InlineData("a\"b.png", "png")]
    [InlineData("a;b=c.png", "png")]
    [InlineData("a\\b.png", "png")]
    [InlineData("line\nbreak.png", "png")]
    [InlineData("PHOTO.JPG", "jpeg")]
    [InlineData("with blanks (2).gif", "gif")]
    [InlineData("noextension", "gif")]
    public async Task A_file_name_is_quoted_ascii_that_keeps_the_formats_ending(string name, string kind)
    {
        if (OperatingSystem.IsWindows() && name.Any(c => Path.GetInvalidFileNameChars().Contains(c)))
            return;
        using var folder = new MediaFolder();
        using var stage = new Stage();
        await stage.SendAsync(new SendRequest(null, PayloadRules.Upload(new MediaInput([], [folder.File(name, kind)], [], null)), Envelope.None));

        string disposition = stage.OnlyRequest.Parts()[2].Disposition;
        Assert.Matches("^Content-Disposition: form-data; name=\"filedata\"; filename=\"[ !#-\\[\\]-~]+\\.(?i:pdf|png|jpg|gif)\"$", disposition);
    }

    private static void AssertPart(RecordedRequest request, int index, string disposition, string body)
    {
        RecordedPart part = request.Parts()[index];
        Assert.Equal("Content-Disposition: " + disposition, part.Disposition);
        Assert.Equal(body, part.Text);
    }

    private static void AssertNamed(RecordedRequest request, string name, string body) =>
        Assert.Equal(body, Assert.Single(request.Parts(), part => part.Disposition.EndsWith($"; name=\"{name}\"", StringComparison.Ordinal)).Text);

    private static void AssertFile(RecordedRequest request, int index, string disposition, string contentType, string path)
    {
        RecordedPart part = request.Parts()[index];
        Assert.Equal("Content-Disposition: " + disposition, part.Disposition);
        Assert.Equal(contentType, part.ContentType);
        Assert.Equal(File.ReadAllBytes(path), part.Body);
    }
}
