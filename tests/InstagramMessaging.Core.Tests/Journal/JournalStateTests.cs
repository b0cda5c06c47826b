using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Core.Journal;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>Design section 4: what a row may do after each thing that can have become of it, in this process and in the next one.</summary>
public class JournalStateTests
{
    /// <summary>What is done to a row that was begun; the answer to the next claim in the same process, and after the journal was opened again.</summary>
    private static readonly Dictionary<string, (Action<JournalRow> Do, ClaimAnswer Now, ClaimAnswer Next)> Ways = new()
    {
        ["nothing"] = (_ => { }, ClaimAnswer.Taken, ClaimAnswer.Unknown),
        ["waiting"] = (row => row.Waiting("IgRateLimited", 613, null), ClaimAnswer.Taken, ClaimAnswer.Go),
        ["waiting, begun again"] = (row => { row.Waiting("IgRateLimited", 613, null); _ = row.StartedAsync(); }, ClaimAnswer.Taken, ClaimAnswer.Unknown),
        ["waiting, released"] = (row => { row.Waiting("IgRateLimited", 613, null); row.Release(); }, ClaimAnswer.Go, ClaimAnswer.Go),
        ["released"] = (row => row.Release(), ClaimAnswer.Go, ClaimAnswer.Go),
        ["sent"] = (row => row.Ended(IgSendStatus.Sent, "m1", null, null, null, null), ClaimAnswer.Sent, ClaimAnswer.Sent),
        ["failed"] = (row => row.Ended(IgSendStatus.Failed, null, null, "IgWindowClosed", 10, 2534022), ClaimAnswer.Go, ClaimAnswer.Go),
        ["unknown"] = (row => row.Ended(IgSendStatus.Unknown, null, null, "IgOutcomeUnknown", null, null), ClaimAnswer.Unknown, ClaimAnswer.Unknown),
        ["sent, then failed"] = (row => { End(row, IgSendStatus.Sent); End(row, IgSendStatus.Failed); }, ClaimAnswer.Sent, ClaimAnswer.Sent),
        ["unknown, then sent"] = (row => { End(row, IgSendStatus.Unknown); End(row, IgSendStatus.Sent); }, ClaimAnswer.Unknown, ClaimAnswer.Unknown),
        ["sent, then released"] = (row => { End(row, IgSendStatus.Sent); row.Release(); }, ClaimAnswer.Sent, ClaimAnswer.Sent),
        ["sent, then waiting"] = (row => { End(row, IgSendStatus.Sent); row.Waiting(null, null, null); }, ClaimAnswer.Sent, ClaimAnswer.Sent),
    };

    public static TheoryData<string> WayNames => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(WayNames))]
    public void The_last_line_of_a_row_decides_now_and_in_the_next_run(string way)
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("k");

        Ways[way].Do(row);

        JournalClaim now = stage.Claim("k");
        Assert.Equal(Ways[way].Now, now.Answer);
        Assert.Equal(now.Answer == ClaimAnswer.Go, now.Row is not null);
        now.Row?.Release();
        stage.Run();

        // With and without an orderly end.
        Assert.Equal(Ways[way].Next, JournalStage.AnswerAfter(stage.Disk.Bytes, "k"));
        Assert.Equal(Ways[way].Next, JournalStage.AnswerAfter(stage.Close(), "k"));
    }

    [Theory]
    [InlineData("started", "Unknown", "Go")]
    [InlineData("unknown", "Unknown", "Go")]
    [InlineData("sent", "Sent", "Sent")]
    [InlineData("failed", "Go", "Go")]
    [InlineData("waiting", "Go", "Go")]
    public void What_the_file_says_decides_whether_a_row_goes(string status, string answer, string whenResent)
    {
        byte[] content = JournalStage.File(JournalStage.Line("k", status), "{}");
        Assert.Equal(answer, JournalStage.AnswerAfter(content, "k").ToString());
        Assert.Equal(whenResent, JournalStage.AnswerAfter(content, "k", resendUnknown: true).ToString());
        Assert.Equal(ClaimAnswer.Go, JournalStage.AnswerAfter(content, "another"));
    }

    [Fact]
    public void A_claim_tells_when_the_row_was_last_heard_of()
    {
        using var stage = new JournalStage(JournalStage.File(JournalStage.Line("k", "unknown")));
        Assert.Equal(JournalStage.Start.AddSeconds(5), stage.Claim("k").At);
        Assert.Null(stage.Claim("new").At);
    }

    [Fact]
    public void A_row_that_was_never_tried_leaves_no_line()
    {
        using var stage = new JournalStage();
        byte[] before = stage.Disk.Bytes;
        stage.Take("k").Release();
        stage.Take("k").Release();
        Assert.Equal(before, stage.Close());
    }

    [Fact]
    public void A_row_released_before_its_request_left_goes_in_the_next_run()
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("k");
        row.Release();
        Assert.Equal(ClaimAnswer.Go, JournalStage.AnswerAfter(stage.Close(), "k"));
        Assert.Equal(["started", "waiting"], Statuses(stage));
    }

    [Fact]
    public void An_unknown_row_that_was_claimed_to_be_resent_and_released_is_unknown_again()
    {
        using var stage = new JournalStage(JournalStage.File(JournalStage.Line("k", "unknown")));
        stage.Take("k", resendUnknown: true).Release();
        Assert.Equal(ClaimAnswer.Unknown, stage.Claim("k").Answer);
    }

    [Fact]
    public void One_of_many_who_ask_at_once_gets_the_row()
    {
        using var stage = new JournalStage();
        var answers = new ClaimAnswer[64];
        Parallel.For(0, answers.Length, i => answers[i] = stage.Claim("k").Answer);
        Assert.Single(answers, ClaimAnswer.Go);
        Assert.Equal(63, answers.Count(answer => answer == ClaimAnswer.Taken));
    }

    [Fact]
    public void A_journal_knows_since_when_rows_were_sent()
    {
        using var stage = new JournalStage();
        Assert.Null(stage.Journal.SentSince);
        End(stage.Begin("a"), IgSendStatus.Failed);
        Assert.Null(stage.Journal.SentSince);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        End(stage.Begin("b"), IgSendStatus.Sent);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        End(stage.Begin("c"), IgSendStatus.Sent);
        Assert.Equal(JournalStage.Start.AddMinutes(1), stage.Journal.SentSince);

        using var next = new JournalStage(stage.Close());
        Assert.Equal(JournalStage.Start.AddMinutes(1), next.Journal.SentSince);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\"b\\c\nd\u2028 é 😀")]
    [InlineData("half a pair \uD83D")]
    [InlineData("{}")]
    public void A_key_may_be_any_text(string key)
    {
        using var stage = new JournalStage();
        End(stage.Begin(key), IgSendStatus.Sent);
        byte[] content = stage.Close();
        Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, key));
        Assert.Equal(ClaimAnswer.Go, JournalStage.AnswerAfter(content, key + "x"));
    }

    [Fact]
    public void A_line_longer_than_any_buffer_is_read_back()
    {
        string key = new('k', 300_000);
        using var stage = new JournalStage();
        End(stage.Begin(key), IgSendStatus.Sent);
        End(stage.Begin("after"), IgSendStatus.Sent);
        byte[] content = stage.Close();
        Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, key));
        Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, "after"));
    }

    [Fact]
    public void An_end_that_is_no_end_is_refused()
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("k");
        Assert.Throws<ArgumentOutOfRangeException>(() => End(row, IgSendStatus.NotTried));
        Assert.Throws<ArgumentOutOfRangeException>(() => End(row, IgSendStatus.Skipped));
        End(row, IgSendStatus.Sent);
        Assert.Throws<InvalidOperationException>(() => { _ = row.StartedAsync(); });
    }

    [Fact]
    public async Task After_the_end_of_the_journal_no_request_may_leave_and_no_end_is_lost_in_silence()
    {
        using var stage = new JournalStage();
        (JournalRow row, JournalRow ended) = (stage.Take("k"), stage.Begin("e"));
        End(ended, IgSendStatus.Unknown);
        JournalRow left = stage.Begin("l");
        byte[] content = stage.Close();

        Assert.Equal("IgJournalUnwritable", (await Assert.ThrowsAsync<InstagramApiException>(row.StartedAsync)).ErrorId);
        row.Release();
        End(ended, IgSendStatus.Sent);
        Assert.Throws<ObjectDisposedException>(() => End(left, IgSendStatus.Sent));
        Assert.Equal(content, stage.Disk.Bytes);
        Assert.Equal(ClaimAnswer.Unknown, JournalStage.AnswerAfter(content, "l"));
    }

    private static void End(JournalRow row, IgSendStatus status) => row.Ended(status, null, null, null, null, null);

    private static IEnumerable<string> Statuses(JournalStage stage) =>
        stage.Disk.Text.Split('\n').Where(line => line.Contains("\"status\"", StringComparison.Ordinal)).Select(line => line.Split("\"status\":\"")[1].Split('"')[0]);
}
