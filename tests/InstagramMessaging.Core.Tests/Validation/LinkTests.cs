using System;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Xunit;

namespace InstagramMessaging.Core.Tests.Validation;

/// <summary>Design section 5, "-Link" and "-Url": absolute http or https, a host with a dot or loopback, no white space.</summary>
public class LinkTests
{
    public static TheoryData<string> Good =>
    [
        "https://example.com",
        "http://example.com/",
        "HTTPS://EXAMPLE.COM/Path",
        "https://example.com:8443/a",
        "https://shop.example.co.uk/a/b.html?x=1&y=%20#top",
        "http://localhost",
        "http://localhost:8080/a",
        "http://127.0.0.1:5000/x",
        "http://[::1]:5000/x",
        "http://192.168.1.10/x",
        "https://xn--mnchen-3ya.de/",
        "https://m\u00FCnchen.de/stra\u00DFe",
        "https://example.com/\u65E5\u672C\u8A9E",
        "https://example.com/\U0001F600",
        "https://user:word@example.com/",
        "https://example.com?q=a",
        "https://example.com./",
        "https://a.b",
        "https://example.com/a_(b)'c!",
    ];

    public static TheoryData<string> Bad =>
    [
        "example.com",
        "www.example.com/a",
        "/a/b",
        "//example.com/a",
        "C:\\a\\b.png",
        "https://",
        "https:///a",
        "https://?q=1",
        "http:/example.com/x",
        "http:example.com",
        "https:\\\\example.com",
        "https://example",
        "https://example/a.b",
        "https://https://example.com",
        "https://.com",
        "https://example..com/",
        "https://.",
        "https://:8080/a",
        "https://example.com:99999/",
        "https://example.com:port/",
        "https://exa mple.com/",
        "https://example.com/a b",
        " https://example.com/",
        "https://example.com/ ",
        "https://example.com/\n",
        "https://example.com/a\tb",
        "https://example.com/\u00A0a",
        "https://example.com/\u3000a",
        "https://example.com/\0",
        "https://example.com/gr\uFFFDn",
        "https://example.com/\uD83D",
        "ftp://example.com/a",
        "mailto:anna@example.com",
        "tel:+49123456789",
        "file:///etc/passwd",
        "javascript:alert('example.com')",
        "data:text/html,example.com",
        "urn:isbn:0451450523",
        "htps://example.com/",
        "https//example.com/",
        "<https://example.com/>",
        "\"https://example.com/\"",
        "http://12345",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_link_passes_unchanged(string link)
    {
        Assert.Equal((link, IgOperation.Link), (PayloadRules.Text(null, link).Text, PayloadRules.Text(null, link).Operation));
        Assert.IsType<Messages.MediaUrlPayload>(PayloadRules.Media(new MediaInput([link], [], [], "Image")));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_link_is_refused(string link)
    {
        Refusal.Of("IgLinkInvalid", () => PayloadRules.Text(null, link));
        Refusal.Of("IgMediaUrlInvalid", () => PayloadRules.Media(new MediaInput([link], [], [], "Image")));
        Refusal.Of("IgMediaUrlInvalid", () => PayloadRules.Upload(new MediaInput([link], [], [], "Image")));
    }

    [Fact]
    public void A_link_longer_than_a_text_may_be_is_too_long()
    {
        string link = "https://example.com/".PadRight(1000, 'a');
        Assert.Equal(link, PayloadRules.Text(null, link).Text);
        Refusal.Of("IgTextTooLong", () => PayloadRules.Text(null, link + "a"));
        Refusal.Of("IgTextTooLong", () => PayloadRules.Text(null, link[..^1] + "\u00FC"));
    }

    [Theory]
    [InlineData("https://cdn.example.com/a.png", IgMediaType.Image)]
    [InlineData("https://cdn.example.com/a.JPG?size=big.pdf", IgMediaType.Image)]
    [InlineData("https://cdn.example.com/a.jpeg#x.mp4", IgMediaType.Image)]
    [InlineData("https://cdn.example.com/a.gif", IgMediaType.Image)]
    [InlineData("https://cdn.example.com/a.aac", IgMediaType.Audio)]
    [InlineData("https://cdn.example.com/a.m4a", IgMediaType.Audio)]
    [InlineData("https://cdn.example.com/a.wav", IgMediaType.Audio)]
    [InlineData("https://cdn.example.com/a.mp4", IgMediaType.Video)]
    [InlineData("https://cdn.example.com/a.ogg", IgMediaType.Video)]
    [InlineData("https://cdn.example.com/a.avi", IgMediaType.Video)]
    [InlineData("https://cdn.example.com/a.mov", IgMediaType.Video)]
    [InlineData("https://cdn.example.com/a.webm", IgMediaType.Video)]
    [InlineData("https://cdn.example.com/a%20b.pdf", IgMediaType.File)]
    public void The_type_of_a_media_url_is_told_by_its_ending(string url, IgMediaType type) =>
        Assert.Equal(type, Assert.IsType<Messages.MediaUrlPayload>(PayloadRules.Media(new MediaInput([url], [], [], null))).Type);

    [Theory]
    [InlineData("https://cdn.example.com/a")]
    [InlineData("https://cdn.example.com/")]
    [InlineData("https://cdn.example.com/a.php?file=b.png")]
    [InlineData("https://cdn.example.com/a.png/b")]
    public void A_media_url_without_a_known_ending_needs_a_type(string url)
    {
        Refusal.Of("IgTypeUnknown", () => PayloadRules.Media(new MediaInput([url], [], [], null)));
        Assert.IsType<Messages.MediaUrlPayload>(PayloadRules.Media(new MediaInput([url], [], [], "Video")));
    }

    [Theory]
    [InlineData("https://cdn.example.com/a.mp3")]
    [InlineData("https://cdn.example.com/a.heic")]
    public void A_media_url_whose_ending_names_another_format_is_refused(string url)
    {
        InstagramApiException error = Refusal.Of("IgMediaFormatNotSupported", () => PayloadRules.Media(new MediaInput([url], [], [], null)));
        Assert.Contains(url, error.Message, StringComparison.Ordinal);
    }
}
