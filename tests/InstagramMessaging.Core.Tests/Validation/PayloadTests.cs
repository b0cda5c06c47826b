using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Xunit;

namespace InstagramMessaging.Core.Tests.Validation;

/// <summary>Design section 3: exactly one payload a row.</summary>
public class PayloadTests
{
    private const string Url = "https://example.com/a.png";

    [Fact]
    public void Neither_text_nor_link_is_missing() => Refusal.Of("IgPayloadMissing", () => PayloadRules.Text(null, null));

    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "\t")]
    [InlineData(null, " ")]
    public void Blank_cells_for_both_are_missing(string? text, string? link) => Refusal.Of("IgPayloadMissing", () => PayloadRules.Text(text, link));

    [Fact]
    public void Text_and_link_together_are_ambiguous() => Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Text("a", "https://example.com"));

    [Theory]
    [InlineData("", "https://example.com/")]
    [InlineData("  ", "https://example.com/")]
    public void A_blank_cell_beside_a_filled_one_is_not_given(string text, string link) =>
        Assert.Equal(IgOperation.Link, PayloadRules.Text(text, link).Operation);

    [Fact]
    public void A_blank_link_beside_a_text_is_not_given() => Assert.Equal(IgOperation.Text, PayloadRules.Text("a", " ").Operation);

    [Fact]
    public void No_media_is_missing()
    {
        Refusal.Of("IgPayloadMissing", () => PayloadRules.Media(new MediaInput([], [], [], "Image")));
        Refusal.Of("IgPayloadMissing", () => PayloadRules.Upload(new MediaInput([], [], [], "Image")));
    }

    [Fact]
    public void Two_kinds_of_media_are_ambiguous()
    {
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Media(new MediaInput([Url], [], ["1"], null)));
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Media(new MediaInput([Url], ["/a.png"], [], null)));
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Media(new MediaInput([], ["/a.png"], ["1"], null)));
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Upload(new MediaInput([Url], ["/a.png"], [], null)));
    }

    [Fact]
    public void Several_media_are_refused_where_one_is_meant_and_not_cut_to_the_first() =>
        Refusal.Of("IgPayloadAmbiguous", () => PayloadRules.Upload(new MediaInput([Url, Url], [], [], null)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_post_and_a_reaction_need_their_id(string? id)
    {
        Refusal.Of("IgPayloadMissing", () => PayloadRules.Post(id));
        Refusal.Of("IgPayloadMissing", () => PayloadRules.Reaction(id, "love"));
        Refusal.Of("IgPayloadMissing", () => PayloadRules.Reaction(id, null));
        Assert.Null(PayloadRules.ReplyTo(id));
    }

    [Theory]
    [InlineData("\uD83D")]
    [InlineData("a\0")]
    public void A_reaction_is_valid_unicode(string reaction) => Assert.Throws<InstagramApiException>(() => PayloadRules.Reaction("m_1", reaction));

    [Fact]
    public void An_unknown_type_is_an_error_for_every_kind_of_media()
    {
        Refusal.Of("IgTypeUnknown", () => PayloadRules.Media(new MediaInput([Url], [], [], "picture")));
        Refusal.Of("IgTypeUnknown", () => PayloadRules.Media(new MediaInput([], [], ["1"], "picture")));
        Refusal.Of("IgTypeUnknown", () => PayloadRules.Media(new MediaInput([], ["/a.png"], [], "picture")));
        Refusal.Of("IgTypeUnknown", () => PayloadRules.Upload(new MediaInput([Url], [], [], "picture")));
    }

    [Theory]
    [InlineData("Audio", true)]
    [InlineData("Video", true)]
    [InlineData("Image", false)]
    [InlineData("File", false)]
    [InlineData(null, false)]
    public void Audio_and_video_keep_the_slow_pace_by_id_too(string? type, bool isSlow)
    {
        Payload payload = PayloadRules.Media(new MediaInput([], [], ["1"], type));
        Assert.Equal(isSlow ? Core.Graph.PaceKind.Media : Core.Graph.PaceKind.Sends, RequestBody.PaceOf(payload));
    }

    [Fact]
    public void Text_posts_stickers_and_reactions_keep_the_pace_of_sends()
    {
        Payload[] payloads = [PayloadRules.Text("a", null), PayloadRules.Post("1"), new StickerPayload(), PayloadRules.Reaction("m", "love")];
        Assert.All(payloads, payload => Assert.Equal(Core.Graph.PaceKind.Sends, RequestBody.PaceOf(payload)));
    }
}
