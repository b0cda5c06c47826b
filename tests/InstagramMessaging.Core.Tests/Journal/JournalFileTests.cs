using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using InstagramMessaging.Core.Journal;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>Real files: whose journal it is, who may write it, and what is none.</summary>
public class JournalFileTests
{
    [Fact]
    public void A_journal_is_begun_with_its_header_and_no_byte_order_mark()
    {
        using var folder = new JournalFolder();
        folder.Open().Dispose();
        Assert.Equal(JournalStage.File(), File.ReadAllBytes(folder.At("night.jsonl")));
        Assert.Equal(["night.jsonl"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("17841400000000099", JournalStage.Host)]
    [InlineData(JournalStage.Account, "loopback")]
    public void A_journal_of_another_account_or_host_is_left_alone(string account, string host)
    {
        using var folder = new JournalFolder();
        folder.Open(account: account, host: host).Dispose();
        byte[] before = File.ReadAllBytes(folder.At("night.jsonl"));

        InstagramApiException error = JournalStage.Refused("IgJournalForeign", () => folder.Open());

        Assert.Contains(account == JournalStage.Account ? host : account, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.At("night.jsonl")));
        using SendJournal own = folder.Open(account: account, host: host.ToUpperInvariant());
        JournalStage.Refused("IgJournalForeign", () => folder.Open());
    }

    [Fact]
    public void A_journal_of_a_newer_module_is_left_alone()
    {
        byte[] content = Encoding.UTF8.GetBytes(JournalStage.Header(version: 2) + "\n{\"what\":\"ever\"}\n");
        AssertLeftAlone(content, "version 2");
    }

    [Theory]
    [InlineData("RecipientId,Text\n17841400000000001,Hello\n")]
    [InlineData("RecipientId")]
    [InlineData("\n")]
    [InlineData("{}\n")]
    [InlineData("{\"key\":\"a\",\"status\":\"sent\"}\n")]
    [InlineData("{\"journal\":\"InstagramMessaging\"}\n")]
    [InlineData("{\"journal\":\"AnotherModule\",\"version\":1}\n")]
    [InlineData("[{\"journal\":\"InstagramMessaging\"")]
    public void A_file_that_is_no_journal_is_left_alone(string content) => AssertLeftAlone(Encoding.UTF8.GetBytes(content), "no run of this module began");

    [Fact]
    public void A_large_file_without_line_ends_is_left_alone_and_not_read_to_its_end()
    {
        AssertLeftAlone(new byte[8 << 20], "no run of this module began");
        AssertLeftAlone([.. JournalStage.File(), .. new byte[8 << 20]], "line 2");
    }

    [Fact]
    public void A_journal_that_another_process_writes_is_refused()
    {
        using var folder = new JournalFolder();
        folder.Open().Dispose();
        using (new FileStream(folder.At("night.jsonl.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains(folder.At("night.jsonl"), JournalStage.Refused("IgJournalInUse", () => folder.Open()).Message, StringComparison.Ordinal);

        // A lock file that a killed process left is no lock.
        Assert.True(File.Exists(folder.At("night.jsonl.lock")));
        folder.Open().Dispose();
        Assert.False(File.Exists(folder.At("night.jsonl.lock")));
    }

    [FlockFact]
    public void Two_real_processes_keep_each_other_out()
    {
        using var folder = new JournalFolder();
        string file = folder.At("night.jsonl.lock");
        using (Process other = Flock($"--exclusive '{file}' sh -c 'echo ready; cat'"))
        {
            Assert.Equal("ready", other.StandardOutput.ReadLine());
            JournalStage.Refused("IgJournalInUse", () => folder.Open());
            other.StandardInput.Close();
            Assert.True(other.WaitForExit(120_000));
        }

        using (folder.Open())
        using (Process other = Flock($"--nonblock --conflict-exit-code 99 '{file}' true"))
        {
            Assert.True(other.WaitForExit(120_000));
            Assert.Equal(99, other.ExitCode);
        }
    }

    [Fact]
    public void A_journal_can_be_read_while_it_is_written()
    {
        using var folder = new JournalFolder();
        using SendJournal journal = folder.Open();
        Assert.Equal(JournalStage.Header() + "\n", File.ReadAllText(folder.At("night.jsonl")));
        Assert.Equal(0, JournalReport.Read(folder.At("night.jsonl")).Summary.Rows);
    }

    [Fact]
    public void All_cmdlets_of_a_process_share_one_journal_and_the_last_one_closes_it()
    {
        using var folder = new JournalFolder();
        SendJournal first = folder.Open();
        SendJournal second = folder.Open();
        JournalRow row = first.Claim("k", "9", IgOperation.Text, resendUnknown: false).Row!;
        Assert.Equal(ClaimAnswer.Taken, second.Claim("k", "9", IgOperation.Text, resendUnknown: false).Answer);

        first.Dispose();
        first.Dispose();
        row.Ended(IgSendStatus.Sent, "m", null, null, null, null);

        Assert.Equal(ClaimAnswer.Sent, second.Claim("k", "9", IgOperation.Text, resendUnknown: false).Answer);
        Assert.True(File.Exists(folder.At("night.jsonl.lock")));
        second.Dispose();
        Assert.False(File.Exists(folder.At("night.jsonl.lock")));
        using SendJournal third = folder.Open();
        Assert.Equal(ClaimAnswer.Sent, third.Claim("k", "9", IgOperation.Text, resendUnknown: false).Answer);
    }

    [Fact]
    public void Names_that_lead_to_one_file_share_one_journal()
    {
        using var folder = new JournalFolder();
        string inner = Directory.CreateDirectory(folder.At("inner")).FullName;
        Directory.CreateSymbolicLink(folder.At("folderlink"), inner);
        File.CreateSymbolicLink(folder.At("filelink"), Path.Combine("folderlink", "night.jsonl"));

        using SendJournal plain = folder.Open("inner/night.jsonl");
        foreach (string name in new[] { "folderlink/night.jsonl", "filelink", "inner/../inner//night.jsonl" })
        {
            using SendJournal other = folder.Open(name);
            JournalRow row = plain.Claim(name, "9", IgOperation.Text, resendUnknown: false).Row!;
            Assert.Equal(ClaimAnswer.Taken, other.Claim(name, "9", IgOperation.Text, resendUnknown: false).Answer);
            row.Release();
        }

        Assert.Equal(["night.jsonl", "night.jsonl.lock"], Directory.GetFiles(inner).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_path_that_cannot_be_a_journal_is_told_of_with_what_to_do()
    {
        using var folder = new JournalFolder();
        Directory.CreateDirectory(folder.At("sub"));
        File.CreateSymbolicLink(folder.At("circle"), folder.At("circle"));
        Assert.Contains("folder", JournalStage.Refused("IgJournalUnwritable", () => folder.Open("sub")).Message, StringComparison.Ordinal);
        Assert.Contains("no folder", JournalStage.Refused("IgJournalUnwritable", () => folder.Open("none/night.jsonl")).Message, StringComparison.Ordinal);
        JournalStage.Refused("IgJournalUnwritable", () => folder.Open("circle"));
        JournalStage.Refused("IgJournalUnwritable", () => folder.Open(new string('n', 300)));
        JournalStage.Refused("IgJournalUnwritable", () => folder.Open("sub/a\0b"));
        Assert.Empty(Directory.GetFiles(folder.At("sub")));
    }

    [Fact]
    public void A_refused_journal_stays_open_to_others()
    {
        using var folder = new JournalFolder();
        File.WriteAllText(folder.At("night.jsonl"), "a,b\n");
        JournalStage.Refused("IgJournalForeign", () => folder.Open());
        using (new FileStream(folder.At("night.jsonl"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.False(File.Exists(folder.At("night.jsonl.lock")));
    }

    private static void AssertLeftAlone(byte[] content, string says)
    {
        using var folder = new JournalFolder();
        File.WriteAllBytes(folder.At("night.jsonl"), content);
        Assert.Contains(says, JournalStage.Refused("IgJournalForeign", () => folder.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(folder.At("night.jsonl")));
        Assert.Equal(["night.jsonl"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    private static Process Flock(string arguments) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", $"exec flock {arguments}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}

/// <summary>Runs where another process can be had that locks files.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FlockFactAttribute : FactAttribute
{
    public FlockFactAttribute()
    {
        if (!File.Exists("/usr/bin/flock"))
            Skip = "This system has no flock.";
    }
}
