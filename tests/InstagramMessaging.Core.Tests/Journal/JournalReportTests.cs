using System;
using System.IO;
using System.Linq;
using System.Text;
using InstagramMessaging.Core.Journal;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>A journal read back as objects.</summary>
public class JournalReportTests
{
    [Fact]
    public void Each_row_is_told_once_in_the_order_of_the_night()
    {
        using var stage = new JournalStage();
        JournalRow b = stage.Begin("b");
        JournalRow a = stage.Begin("a");
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        b.Waiting("IgRateLimited", 613, 33);
        stage.Begin("s").Ended(IgSendStatus.Failed, null, null, "IgWindowClosed", 10, 2534022);
        _ = b.StartedAsync();
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        b.Ended(IgSendStatus.Sent, "m1", "att", null, null, null);
        stage.Begin("w").Waiting("IgUnreachable", null, null);
        JournalRow never = stage.Take("never");
        never.Ended(IgSendStatus.Failed, null, null, "IgMediaUnreadable", null, null);

        (JournalReport report, string path) = Read(stage);

        IgJournalEntry[] rows = [.. report.Entries];
        Assert.Equal(["b", "a", "s", "w", "never"], rows.Select(row => row.Key));
        IgJournalEntry sent = rows[0];
        Assert.Equal(("90001", IgOperation.Text, IgJournalStatus.Sent, "m1", "att", 2), (sent.RecipientId, sent.Operation, sent.Status, sent.MessageId, sent.AttachmentId, sent.Attempts));
        Assert.Equal((null, null, null), (sent.ErrorId, sent.Code, sent.Subcode));
        Assert.Equal((JournalStage.Start, JournalStage.Start.AddSeconds(2)), (sent.StartedAt, sent.EndedAt));
        Assert.Equal(JournalStage.Account, sent.Account);
        Assert.Equal("Sent 90001", sent.ToString());
        Assert.Equal((IgJournalStatus.Started, null), (rows[1].Status, rows[1].EndedAt));
        Assert.Equal((IgJournalStatus.Failed, "IgWindowClosed", 10L, 2534022L), (rows[2].Status, rows[2].ErrorId, rows[2].Code, rows[2].Subcode));
        Assert.Equal((IgJournalStatus.Waiting, "IgUnreachable", null), (rows[3].Status, rows[3].ErrorId, rows[3].EndedAt));
        Assert.Equal((IgJournalStatus.Failed, "90005", IgOperation.Text, 0, null), (rows[4].Status, rows[4].RecipientId, rows[4].Operation, rows[4].Attempts, rows[4].StartedAt));

        IgJournalSummary summary = report.Summary;
        Assert.Equal((path, JournalStage.Account, JournalStage.Start, JournalStage.Start.AddSeconds(2)), (summary.JournalPath, summary.Account, summary.CreatedAt, summary.LastAt));
        Assert.Equal("5 rows: 1 sent, 2 failed, 0 unknown, 1 waiting, 1 started", summary.ToString());
        Assert.False(report.IsTorn);
        Assert.NotNull(a);
    }

    [Fact]
    public void A_torn_last_line_is_left_out_and_told_of()
    {
        using var folder = new JournalFolder();
        File.WriteAllBytes(folder.At("j"), [.. JournalStage.File(JournalStage.Line("a", "sent"), "{}"), .. "{\"key\":\"b"u8]);
        JournalReport report = JournalReport.Read(folder.At("j"));
        Assert.True(report.IsTorn);
        Assert.Single(report.Entries);
    }

    [Theory]
    [InlineData("none", "There is no journal")]
    [InlineData("sub/none", "There is no journal")]
    [InlineData("folder", "There is no journal")]
    [InlineData("table.csv", "no run of this module began")]
    [InlineData("empty", "no run has begun it yet")]
    [InlineData("torn", "no run has begun it yet")]
    [InlineData("spoilt", "line 2")]
    public void What_is_no_journal_is_told_as_such(string name, string says)
    {
        using var folder = new JournalFolder();
        Directory.CreateDirectory(folder.At("folder"));
        File.WriteAllText(folder.At("table.csv"), "a,b\n1,2\n");
        File.WriteAllText(folder.At("empty"), string.Empty);
        File.WriteAllText(folder.At("torn"), JournalStage.Header()[..20]);
        File.WriteAllBytes(folder.At("spoilt"), JournalStage.File("{\"key\":\"b", "{}"));
        InstagramApiException error = JournalStage.Refused("IgJournalForeign", () => JournalReport.Read(folder.At(name)));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(error.Remedy, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_with_rows_of_a_hundred_thousand_keys_is_read_back()
    {
        using var folder = new JournalFolder();
        var text = new StringBuilder(JournalStage.Header()).Append('\n');
        for (int i = 0; i < 100_000; i++)
            text.Append(JournalStage.Line($"k{i}", "started")).Append('\n').Append(JournalStage.Line($"k{i}", i % 2 == 0 ? "sent" : "failed")).Append("\n{}\n");
        File.WriteAllText(folder.At("j"), text.ToString());
        Assert.StartsWith("100000 rows: 50000 sent, 50000 failed", JournalReport.Read(folder.At("j")).Summary.ToString(), StringComparison.Ordinal);
    }

    private static (JournalReport Report, string Path) Read(JournalStage stage)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, stage.Close());
            return (JournalReport.Read(path), path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
