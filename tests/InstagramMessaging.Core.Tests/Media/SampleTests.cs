using System;
using System.Threading.Tasks;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Media;

/// <summary>Every documented format as a real file: what it is taken for, and that it arrives whole.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, IgMediaType, string> Samples => new()
    {
        { "photo.png", "sample.png", IgMediaType.Image, "image/png" },
        { "photo.jpg", "sample.jpg", IgMediaType.Image, "image/jpeg" },
        { "photo.jpeg", "sample.jpg", IgMediaType.Image, "image/jpeg" },
        { "photo.gif", "sample.gif", IgMediaType.Image, "image/gif" },
        { "sound.aac", "sample.aac", IgMediaType.Audio, "audio/aac" },
        { "sound.m4a", "sample.m4a", IgMediaType.Audio, "audio/mp4" },
        { "sound.wav", "sample.wav", IgMediaType.Audio, "audio/wav" },
        { "sound.mp4", "sound.mp4", IgMediaType.Audio, "audio/mp4" },
        { "clip.mp4", "sample.mp4", IgMediaType.Video, "video/mp4" },
        { "clip.ogg", "sample.ogg", IgMediaType.Video, "video/ogg" },
        { "clip.avi", "sample.avi", IgMediaType.Video, "video/x-msvideo" },
        { "clip.mov", "sample.mov", IgMediaType.Video, "video/quicktime" },
        { "clip.webm", "sample.webm", IgMediaType.Video, "video/webm" },
        { "bill.pdf", "sample.pdf", IgMediaType.File, "application/pdf" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_real_file_is_uploaded_byte_for_byte_and_sent_by_its_id_and_type(string name, string sample, IgMediaType type, string contentType)
    {
        using var stage = new Stage();
        string path = _folder.Sampled(name, sample);

        RowOutcome outcome = await stage.SendAsync(Stage.Media(new MediaInput([], [path], [], null)));

        Assert.Equal((IgSendStatus.Sent, "att1", "mid2"), (outcome.Status, outcome.AttachmentId, outcome.MessageId));
        Assert.Equal(2, stage.Requests.Count);
        AssertFile(stage.Requests[0], name, sample, contentType);
        string word = MediaWords.Graph(type);
        Assert.Equal("{\"attachment\":{\"type\":\"" + word + "\",\"payload\":{\"is_reusable\":true}}}", stage.Requests[0].Parts()[1].Text);
        Assert.Equal(
            "{\"recipient\":{\"id\":\"" + Stage.Recipient + "\"},\"message\":{\"attachment\":{\"type\":\"" + word + "\",\"payload\":{\"attachment_id\":\"att1\"}}}}",
            stage.Requests[1].Text);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_real_file_goes_directly_in_one_request(string name, string sample, IgMediaType type, string contentType)
    {
        using var stage = new Stage();
        RowOutcome outcome = await stage.SendAsync(Stage.Media(new MediaInput([], [_folder.Sampled(name, sample)], [], null, IsDirect: true)));
        Assert.Equal((IgSendStatus.Sent, "mid1"), (outcome.Status, outcome.MessageId));
        AssertFile(stage.OnlyRequest, name, sample, contentType);
        Assert.Equal("{\"attachment\":{\"type\":\"" + MediaWords.Graph(type) + "\",\"payload\":{}}}", stage.OnlyRequest.Parts()[1].Text);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_real_file_becomes_an_attachment(string name, string sample, IgMediaType type, string contentType)
    {
        using var stage = new Stage();
        UploadPayload payload = PayloadRules.Upload(new MediaInput([], [_folder.Sampled(name, sample)], [], null));
        RowOutcome outcome = await stage.SendAsync(new SendRequest(null, payload, Envelope.None));
        Assert.Equal((IgSendStatus.Sent, "att1", type), (outcome.Status, outcome.AttachmentId, payload.Source.Type));
        AssertFile(stage.OnlyRequest, name, sample, contentType);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_real_file_without_an_ending_is_told_by_its_content(string name, string sample, IgMediaType type, string contentType)
    {
        MediaFile file = MediaFile.Inspect(_folder.Sampled("download", sample), null);
        Assert.Equal((type, contentType), (file.Type, file.ContentType));
        Assert.NotNull(name);
    }

    [Theory]
    [InlineData("sample.mp4", null, IgMediaType.Video, "video/mp4")]
    [InlineData("sample.mp4", IgMediaType.Audio, IgMediaType.Audio, "audio/mp4")]
    [InlineData("sound.mp4", null, IgMediaType.Audio, "audio/mp4")]
    [InlineData("sound.mp4", IgMediaType.Video, IgMediaType.Video, "video/mp4")]
    [InlineData("sample.m4a", null, IgMediaType.Audio, "audio/mp4")]
    public void An_mp4_is_what_the_type_says_and_else_what_its_tracks_say(string sample, IgMediaType? wanted, IgMediaType type, string contentType)
    {
        MediaFile file = MediaFile.Inspect(_folder.Sampled("x.mp4", sample), wanted);
        Assert.Equal((type, contentType), (file.Type, file.ContentType));
    }

    [Theory]
    [InlineData("a.mov", "sample.mp4", "video/quicktime")]
    [InlineData("a.m4v", "sample.mov", "video/mp4")]
    [InlineData("a.m4a", "sound.mp4", "audio/mp4")]
    public void Another_name_of_the_same_container_passes(string name, string sample, string contentType) =>
        Assert.Equal(contentType, MediaFile.Inspect(_folder.Sampled(name, sample), null).ContentType);

    private static void AssertFile(RecordedRequest request, string name, string sample, string contentType)
    {
        RecordedPart part = request.Parts()[2];
        Assert.Equal($"Content-Disposition: form-data; name=\"filedata\"; filename=\"{name}\"", part.Disposition);
        Assert.Equal(contentType, part.ContentType);
        Assert.Equal(Sample.Sha256(Sample.Bytes(sample)), Sample.Sha256([.. part.Body]));
        Assert.Equal("instagram", request.Target.EndsWith("/message_attachments", StringComparison.Ordinal) ? request.Parts()[0].Text : "instagram");
    }
}
