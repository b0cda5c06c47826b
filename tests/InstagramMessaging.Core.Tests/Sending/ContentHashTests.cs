using System;
using System.Collections.Generic;
using System.Linq;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Core.Validation;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Two rows have one hash if and only if they are the same message.</summary>
public class ContentHashTests
{
    private readonly ContentHash _hash = new();

    [Fact]
    public void The_same_row_has_the_same_hash_in_every_run() =>
        Assert.Equal(Of(Stage.Text("hello")), new ContentHash().Of(Stage.Account, Stage.Text("hello")).Content);

    [Fact]
    public void A_key_in_a_journal_stays_the_same_from_version_to_version()
    {
        // A journal of last month must still know its rows: this text may never change.
        Assert.Equal("0ee4e51b590f0e2376058ea874f63514", ContentHash.Key(Of(Stage.Text("hello"))));
        Assert.Equal("d0904bd9b54dc13a8ee3e7d141af8670", ContentHash.Key(ContentHash.Of("order 7")));
    }

    [Fact]
    public void A_key_has_all_its_zeros() =>
        Assert.Equal("000000000000000a00000000000000ff", ContentHash.Key(new RowContent(10, 255)));

    [Fact]
    public void Whatever_differs_makes_another_message()
    {
        using var folder = new MediaFolder();
        string png = folder.File("a.png", "png"), jpeg = folder.File("a.jpg", "jpeg");
        SendRequest[] rows =
        [
            Stage.Text("hello"),
            Stage.Text("Hello"),
            Stage.Text("hello "),
            Stage.Text("hello", "17841400000000043"),
            Text(new Envelope(MessagingType: "RESPONSE")),
            Text(new Envelope(MessagingType: "UPDATE")),
            Text(new Envelope(Tag: "HUMAN_AGENT")),
            Text(new Envelope(ReplyTo: "RESPONSE")),
            Text(new Envelope(ReplyTo: "m_1")),
            Stage.Text("https://example.com/a"),
            new(Stage.Recipient, PayloadRules.Text(null, "https://example.com/a"), Envelope.None),
            Stage.MediaUrl("https://example.com/a.png"),
            Stage.MediaUrl("https://example.com/b.png"),
            Stage.Media(new(["https://example.com/a.png"], [], [], null, IsReusable: true)),
            Stage.Media(new(["https://example.com/a.png"], [], [], "file")),
            Stage.Media(new([], [], ["77"], null)),
            Stage.Media(new([], [], ["78"], null)),
            Stage.Media(new([], [], ["77"], "image")),
            Stage.Media(new([], [], ["77"], "video")),
            Stage.Media(new([], [png], [], null)),
            Stage.Media(new([], [png], [], null, IsDirect: true)),
            Stage.Media(new([], [jpeg], [], null)),
            new(Stage.Recipient, PayloadRules.Post("77"), Envelope.None),
            new(Stage.Recipient, new StickerPayload(), Envelope.None),
            Stage.React("m_1"),
            Stage.React("m_2"),
            new(Stage.Recipient, PayloadRules.Reaction("m_1", "haha"), Envelope.None),
            new(Stage.Recipient, PayloadRules.Reaction("m_1", null), Envelope.None),
            Stage.Upload("https://example.com/a.png"),
            Stage.Upload("https://example.com/b.png"),
            new(null, PayloadRules.Upload(new([], [png], [], null)), Envelope.None),
            new(null, PayloadRules.Upload(new([], [jpeg], [], null)), Envelope.None),
        ];

        RowContent[] contents = [.. rows.Select(Of), .. new[] { "104857600000002", null, string.Empty }.Select(account => _hash.Of(account, rows[0]).Content)];

        IEnumerable<string> same = contents.Select((content, at) => (content, at)).GroupBy(pair => pair.content, pair => pair.at)
            .Where(group => group.Count() > 1).Select(group => string.Join(" = ", group));
        Assert.Empty(same);
    }

    [Fact]
    public void A_hash_does_not_depend_on_the_rows_before()
    {
        SendRequest[] rows = [Stage.Text("hello"), Stage.Text(new string('\u20AC', 333)), Stage.Text(new string('x', 1_000)), Stage.MediaUrl("https://example.com/" + new string('a', 5_000) + ".png"), Stage.Text("hello")];
        Assert.Equal(rows.Select(row => new ContentHash().Of(Stage.Account, row).Content), rows.Select(Of));
    }

    [Fact]
    public void Parts_do_not_run_into_each_other()
    {
        RowContent one = Of(new(Stage.Recipient, new TextPayload("x", 1, false), new Envelope("a", "b")));
        Assert.NotEqual(one, Of(new(Stage.Recipient, new TextPayload("x", 1, false), new Envelope("ab", string.Empty))));
        Assert.NotEqual(one, Of(new(Stage.Recipient, new TextPayload("x", 1, false), new Envelope("a1:b", null))));
        Assert.NotEqual(one, Of(new(Stage.Recipient, new TextPayload("1:x", 3, false), new Envelope("a", "b"))));
    }

    [Fact]
    public void A_file_is_known_by_its_bytes_and_not_by_its_name()
    {
        using var folder = new MediaFolder();
        Assert.Equal(
            Of(Stage.Media(new([], [folder.File("a.png", "png")], [], null))),
            Of(Stage.Media(new([], [folder.File("b.png", "png")], [], null))));
    }

    private static SendRequest Text(Envelope envelope) => new(Stage.Recipient, PayloadRules.Text("hello", null), envelope);

    private RowContent Of(SendRequest request) => _hash.Of(Stage.Account, request).Content;
}
