using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Core.Journal;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>A disk that fills up or breaks: no request leaves unrecorded, and what can still be told is told.</summary>
public class FailingDiskTests
{
    public static TheoryData<bool, bool> Failures => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Nothing_leaves_once_a_write_failed(bool failsToAppend, bool failsToTruncate)
    {
        using var stage = new JournalStage();
        JournalRow before = stage.Begin("before");
        byte[] good = stage.Disk.Bytes;
        Fail(stage.Disk, failsToAppend, failsToTruncate);

        Task[] failed = [stage.Take("a").StartedAsync(), stage.Take("b").StartedAsync()];
        before.Ended(IgSendStatus.Sent, "m", null, null, null, null);
        stage.Run();

        foreach (Task task in failed)
            Assert.Contains(failsToAppend ? "No space left" : "Input/output error", (await Assert.ThrowsAsync<InstagramApiException>(() => task)).Message, StringComparison.Ordinal);
        Assert.Equal("IgJournalUnwritable", stage.Journal.Trouble!.ErrorId);

        // For good: even when there is room again, nobody knows what the file looks like.
        Fail(stage.Disk, failsToAppend: null, failsToTruncate);
        Task later = stage.Take("c").StartedAsync();
        stage.Run();
        await Assert.ThrowsAsync<InstagramApiException>(() => later);
        if (!failsToTruncate)
            Assert.Equal(good, stage.Disk.Bytes);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void The_end_of_a_row_is_written_at_the_close_where_there_is_room_again(bool failsToAppend, bool failsToTruncate)
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("k");
        Fail(stage.Disk, failsToAppend, failsToTruncate);
        _ = stage.Take("never").StartedAsync().Exception;
        row.Ended(IgSendStatus.Sent, "m", null, null, null, null);
        stage.Run();
        Fail(stage.Disk, failsToAppend: null, failsToTruncate: false);

        byte[] content = stage.Close();

        Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, "k"));
        Assert.Equal(ClaimAnswer.Go, JournalStage.AnswerAfter(content, "never"));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void An_end_that_cannot_be_written_leaves_its_row_unknown(bool failsToAppend, bool failsToTruncate)
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("k");
        Fail(stage.Disk, failsToAppend, failsToTruncate);
        row.Ended(IgSendStatus.Sent, "m", null, null, null, null);
        stage.Run();

        byte[] content = stage.Close();

        // A line that is there but was not flushed may count, too.
        Assert.Contains(JournalStage.AnswerAfter(content, "k"), new[] { ClaimAnswer.Unknown, ClaimAnswer.Sent });
        Assert.NotEqual(ClaimAnswer.Go, JournalStage.AnswerAfter(content, "k"));
        Assert.NotNull(stage.Journal.Trouble);
    }

    [Fact]
    public void A_failure_of_the_very_last_write_is_told()
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("k");
        stage.Disk.FailsToAppend = true;
        row.Ended(IgSendStatus.Sent, "m", null, null, null, null);
        Assert.Null(stage.Journal.Trouble);
        Assert.Equal(ClaimAnswer.Unknown, JournalStage.AnswerAfter(stage.Close(), "k"));
        Assert.Equal("IgJournalUnwritable", stage.Journal.Trouble!.ErrorId);
    }

    [Fact]
    public void A_row_whose_line_failed_is_released_without_a_trace()
    {
        using var stage = new JournalStage();
        byte[] good = stage.Disk.Bytes;
        stage.Disk.FailsToAppend = true;
        JournalRow row = stage.Take("k");
        _ = row.StartedAsync();
        stage.Run();
        row.Release();
        stage.Disk.FailsToAppend = false;
        Assert.Equal(good, stage.Close());
    }

    [Theory]
    [InlineData("")]
    [InlineData("torn")]
    [InlineData("no line end")]
    public void A_disk_that_cannot_be_written_is_told_of_at_the_opening(string before)
    {
        byte[] content = before switch { "" => [], "torn" => [.. JournalStage.File(), (byte)'{'], _ => JournalStage.File()[..^1] };
        using var disk = new MemoryDisk(content) { FailsToAppend = true, FailsToTruncate = true };
        JournalStage.Refused("IgJournalUnwritable", () => new JournalStage(disk));
    }

    [DeviceFullFact]
    public void A_real_file_without_room_is_told_of()
    {
        using var disk = new FullFile();
        InstagramApiException error = JournalStage.Refused("IgJournalUnwritable", () =>
            SendJournal.On(disk, JournalStage.Account, JournalStage.Host, TimeProvider.System, OpenJournal.Soon, inlineContinuations: false));
        Assert.IsType<IOException>(error.InnerException);
    }

    [DeviceFullFact]
    public async Task A_real_file_that_fills_up_lets_no_further_request_leave()
    {
        using var disk = new FullFile { Content = JournalStage.File(JournalStage.Line("k", "started"), "{}") };
        using SendJournal journal = SendJournal.On(disk, JournalStage.Account, JournalStage.Host, TimeProvider.System, OpenJournal.Soon, inlineContinuations: false);
        JournalRow row = journal.Claim("new", "9", IgOperation.Text, resendUnknown: false).Row!;
        Assert.Equal("IgJournalUnwritable", (await Assert.ThrowsAsync<InstagramApiException>(row.StartedAsync)).ErrorId);
        Assert.Equal(ClaimAnswer.Unknown, journal.Claim("k", "9", IgOperation.Text, resendUnknown: false).Answer);
    }

    private static void Fail(MemoryDisk disk, bool? failsToAppend, bool failsToTruncate)
    {
        disk.FailsToAppend = failsToAppend == true;
        disk.FailsToFlush = failsToAppend == false;
        disk.FailsToTruncate = failsToTruncate;
    }

    /// <summary>The module's own file on the device that has no room for anything, behind content that can be read.</summary>
    private sealed class FullFile : IJournalDisk
    {
        private readonly JournalFile _file = new("/dev/full");

        public byte[] Content { get; init; } = Encoding.UTF8.GetBytes(string.Empty);

        public Stream Read() => new MemoryStream(Content, writable: false);

        public void Truncate(long length) => _file.Truncate(length);

        public void Append(byte[] bytes, int count) => _file.Append(bytes, count);

        public void Flush() => _file.Flush();

        public void Dispose() => _file.Dispose();
    }
}

/// <summary>Runs where the system has a device that is always full.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeviceFullFactAttribute : FactAttribute
{
    public DeviceFullFactAttribute()
    {
        if (!File.Exists("/dev/full"))
            Skip = "This system has no /dev/full.";
    }
}
