using System;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Xunit;

namespace InstagramMessaging.Core.Tests.Validation;

/// <summary>Design section 3: -Type, -Tag and -MessagingType in PowerShell's spelling and Graph's, in any case; an unknown word is never ignored.</summary>
public class WordTests
{
    [Theory]
    [InlineData("Image", IgMediaType.Image)]
    [InlineData("image", IgMediaType.Image)]
    [InlineData("AUDIO", IgMediaType.Audio)]
    [InlineData("viDeo", IgMediaType.Video)]
    [InlineData("file", IgMediaType.File)]
    [InlineData(" File ", IgMediaType.File)]
    public void A_media_type_is_known_in_any_case(string word, IgMediaType type) => Assert.Equal(type, WordRules.MediaType(word));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_blank_word_is_none(string? word)
    {
        Assert.Null(WordRules.MediaType(word));
        Assert.Equal(Envelope.None, WordRules.Envelope(word, word));
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("png")]
    [InlineData("0")]
    [InlineData("Image,Video")]
    [InlineData("MEDIA_SHARE")]
    [InlineData("im_age")]
    [InlineData("Im age")]
    public void An_unknown_media_type_is_an_error_that_lists_the_known_ones(string word)
    {
        InstagramApiException error = Refusal.Of("IgTypeUnknown", () => WordRules.MediaType(word));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains("Image, Audio, Video, File", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Response", null, "RESPONSE", null)]
    [InlineData("RESPONSE", null, "RESPONSE", null)]
    [InlineData("update", null, "UPDATE", null)]
    [InlineData(null, "HumanAgent", "MESSAGE_TAG", "HUMAN_AGENT")]
    [InlineData(null, "HUMAN_AGENT", "MESSAGE_TAG", "HUMAN_AGENT")]
    [InlineData(null, "human_agent", "MESSAGE_TAG", "HUMAN_AGENT")]
    [InlineData("MessageTag", "HumanAgent", "MESSAGE_TAG", "HUMAN_AGENT")]
    [InlineData("message_tag", "humanagent", "MESSAGE_TAG", "HUMAN_AGENT")]
    public void Labels_are_known_in_both_spellings(string? messagingType, string? tag, string expectedType, string? expectedTag) =>
        Assert.Equal(new Envelope(expectedType, expectedTag), WordRules.Envelope(messagingType, tag));

    [Theory]
    [InlineData("Reply", null)]
    [InlineData("1", null)]
    [InlineData(null, "ACCOUNT_UPDATE")]
    [InlineData(null, "CONFIRMED_EVENT_UPDATE")]
    [InlineData(null, "POST_PURCHASE_UPDATE")]
    [InlineData(null, "vip")]
    public void An_unknown_label_is_an_error(string? messagingType, string? tag) =>
        Refusal.Of("IgTypeUnknown", () => WordRules.Envelope(messagingType, tag));

    [Theory]
    [InlineData("Response", "HumanAgent")]
    [InlineData("Update", "HumanAgent")]
    [InlineData("MessageTag", null)]
    public void Labels_that_contradict_each_other_are_an_error(string messagingType, string? tag) =>
        Assert.Throws<InstagramApiException>(() => WordRules.Envelope(messagingType, tag));
}
