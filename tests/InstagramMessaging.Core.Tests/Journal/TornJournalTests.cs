using System;
using System.Text;
using InstagramMessaging.Core.Journal;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>A crash or a hand that cuts the file anywhere: no request that left is forgotten, and the journal goes on.</summary>
public class TornJournalTests
{
    /// <summary>A night whose last write has an end and two started lines.</summary>
    private static readonly (byte[] Content, long LastWrite) Night = MakeNight();

    [Fact]
    public void The_last_line_cut_at_every_byte_costs_nothing()
    {
        byte[] all = Night.Content;
        int lastLine = all.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;
        Assert.Equal("{}\n", Encoding.UTF8.GetString(all.AsSpan(lastLine)));
        for (int cut = lastLine; cut <= all.Length; cut++)
            Assert.Equal((ClaimAnswer.Sent, ClaimAnswer.Sent, ClaimAnswer.Unknown, ClaimAnswer.Unknown), Answers(all[..cut]));
    }

    [Fact]
    public void The_last_write_cut_at_every_byte_leaves_whole_lines_and_nothing_that_left_goes_again()
    {
        byte[] all = Night.Content;
        for (int cut = (int)Night.LastWrite; cut <= all.Length; cut++)
        {
            (ClaimAnswer a, ClaimAnswer b, ClaimAnswer c, ClaimAnswer d) = Answers(all[..cut]);

            // a was sent before, and b begun: neither goes. c and d were begun in this write: where it was cut their requests never left.
            Assert.Equal(ClaimAnswer.Sent, a);
            Assert.True(b is ClaimAnswer.Unknown or ClaimAnswer.Sent);
            Assert.True(b == ClaimAnswer.Sent || c == ClaimAnswer.Go);
            Assert.True(c == ClaimAnswer.Unknown || d == ClaimAnswer.Go);
        }
    }

    [Fact]
    public void A_journal_that_was_cut_anywhere_is_whole_after_the_next_run()
    {
        byte[] all = Night.Content;
        for (int cut = 0; cut <= all.Length; cut++)
        {
            using var stage = new JournalStage(all[..cut]);
            stage.Begin("next").Ended(IgSendStatus.Sent, "m", null, null, null, null);
            byte[] content = stage.Close();
            Assert.All(Encoding.UTF8.GetString(content).TrimEnd('\n').Split('\n'), line => Assert.Matches("^\\{.*\\}$", line));
            Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, "next"));
        }
    }

    [Fact]
    public void A_header_torn_at_every_byte_is_a_new_journal()
    {
        byte[] header = JournalStage.File();
        for (int cut = 0; cut <= header.Length; cut++)
        {
            using var stage = new JournalStage(header[..cut]);
            Assert.Equal(header, stage.Disk.Bytes);
        }
    }

    [Fact]
    public void A_header_that_lacks_only_its_line_end_is_held_against_the_account()
    {
        byte[] header = Encoding.UTF8.GetBytes(JournalStage.Header("17841400000000099"));
        JournalStage.Refused("IgJournalForeign", () => new JournalStage(header));
    }

    [Theory]
    [InlineData("started", "Unknown")]
    [InlineData("sent", "Sent")]
    public void A_last_line_that_lacks_only_its_end_counts(string status, string answer)
    {
        byte[] content = JournalStage.File(JournalStage.Line("k", status))[..^1];
        Assert.Equal(answer, JournalStage.AnswerAfter(content, "k").ToString());
        using var stage = new JournalStage(content);
        Assert.Equal([.. content, (byte)'\n'], stage.Disk.Bytes);
    }

    [Fact]
    public void Zeros_that_a_power_cut_left_behind_the_last_line_are_cut_off()
    {
        byte[] content = JournalStage.File(JournalStage.Line("k", "sent"), "{}");
        using var stage = new JournalStage([.. content, .. new byte[5000]]);
        Assert.Equal(content, stage.Disk.Bytes);
        Assert.Equal(ClaimAnswer.Sent, stage.Claim("k").Answer);
    }

    [Fact]
    public void An_editor_s_byte_order_mark_carriage_returns_and_blank_lines_are_borne()
    {
        string text = Encoding.UTF8.GetString(JournalStage.File(JournalStage.Line("a", "sent"), string.Empty, "{}", JournalStage.Line("b", "started")));
        byte[] content = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))];
        using var stage = new JournalStage(content);
        Assert.Equal((ClaimAnswer.Sent, ClaimAnswer.Unknown), (stage.Claim("a").Answer, stage.Claim("b").Answer));
        Assert.Equal(content, stage.Disk.Bytes);
    }

    [Theory]
    [InlineData("{\"key\":\"a\",\"status\":\"sent\"}")]
    [InlineData("{\"key\":\"a\",\"status\":\"posted\",\"at\":\"2026-03-01T22:00:05Z\"}")]
    [InlineData("{\"key\":\"a\",\"status\":\"2\",\"at\":\"2026-03-01T22:00:05Z\"}")]
    [InlineData("{\"key\":1,\"status\":\"sent\",\"at\":\"2026-03-01T22:00:05Z\"}")]
    [InlineData("{\"key\":\"a\",\"status\":\"sent\",\"at\":\"yesterday\"}")]
    [InlineData("{\"key\":\"a\",\"status\":\"sent\",\"at\":\"2026-03-01T22:00:05Z\"}{}")]
    [InlineData("{\"key\":\"\\uD83D\",\"status\":\"sent\",\"at\":\"2026-03-01T22:00:05Z\"}")]
    [InlineData("{\"status\":\"sent\"}")]
    [InlineData("[]")]
    [InlineData("\"sent\"")]
    [InlineData("sent")]
    public void A_line_in_the_middle_that_says_nothing_is_told_by_its_number_and_nothing_is_touched(string line)
    {
        byte[] content = JournalStage.File(JournalStage.Line("a", "sent"), line, "{}");
        using var disk = new MemoryDisk(content);
        InstagramApiException error = JournalStage.Refused("IgJournalForeign", () => new JournalStage(disk));
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, disk.Bytes);
        Assert.Equal(0, disk.Appends);
    }

    [Fact]
    public void What_a_later_version_adds_to_a_line_is_passed_over()
    {
        byte[] content = JournalStage.File("{\"key\":\"a\",\"more\":{\"x\":[1,{}]},\"status\":\"sent\",\"at\":\"2026-03-01T22:00:05Z\",\"n\":null}", "{}");
        Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, "a"));
    }

    private static (byte[] Content, long LastWrite) MakeNight()
    {
        using var stage = new JournalStage();
        stage.Begin("a").Ended(IgSendStatus.Sent, "m1", null, null, null, null);
        JournalRow b = stage.Begin("b");
        stage.Run();
        long lastWrite = stage.Disk.Bytes.Length;
        b.Ended(IgSendStatus.Sent, "m2", null, null, null, null);
        _ = stage.Take("c").StartedAsync();
        _ = stage.Take("d").StartedAsync();
        stage.Run();
        return (stage.Disk.Bytes, lastWrite);
    }

    private static (ClaimAnswer A, ClaimAnswer B, ClaimAnswer C, ClaimAnswer D) Answers(byte[] content)
    {
        using var stage = new JournalStage(content);
        return (stage.Claim("a").Answer, stage.Claim("b").Answer, stage.Claim("c").Answer, stage.Claim("d").Answer);
    }
}
