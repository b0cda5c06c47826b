using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Journal;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>Many lines in one write, and no request before its line is on the disk.</summary>
public class GroupCommitTests
{
    [Fact]
    public void Rows_that_start_together_share_a_flush_and_none_goes_before_it()
    {
        using var stage = new JournalStage();
        int flushes = stage.Disk.Flushes;
        List<Task> started = [.. Enumerable.Range(0, 50).Select(i => stage.Take($"k{i}").StartedAsync())];
        stage.Disk.Flushing = () => Assert.All(started, task => Assert.False(task.IsCompleted));
        Assert.All(started, task => Assert.False(task.IsCompleted));

        stage.Run();

        Assert.All(started, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal(1, stage.Disk.Flushes - flushes);
        Assert.Equal(stage.Disk.Bytes.Length, stage.Disk.Safe);
    }

    [Fact]
    public void The_next_write_is_on_its_way_before_those_who_waited_go_on()
    {
        using var stage = new JournalStage();
        Task first = stage.Take("a").StartedAsync();
        Task? second = null;
        stage.Disk.Flushing = () => second ??= stage.Take("b").StartedAsync();
        int scheduled = -1;
        Task after = first.ContinueWith(_ => scheduled = stage.Scheduled, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        stage.Step();

        Assert.True(after.IsCompleted);
        Assert.Equal(1, scheduled);
        Assert.False(second!.IsCompleted);
        stage.Step();
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(0, stage.Scheduled);
    }

    [Fact]
    public void Lines_stand_in_the_order_in_which_they_came()
    {
        using var stage = new JournalStage();
        JournalRow a = stage.Begin("a");
        a.Waiting("IgRateLimited", 613, null);
        _ = a.StartedAsync();
        JournalRow b = stage.Take("b");
        _ = b.StartedAsync();
        a.Ended(IgSendStatus.Sent, "m", "att", null, null, null);
        b.Ended(IgSendStatus.Failed, null, null, "IgWindowClosed", 10, 2534022);
        stage.Run();

        const string At = "\"at\":\"2026-03-01T22:00:00Z\"";
        string[] expected =
        [
            JournalStage.Header(),
            "{\"key\":\"a\",\"status\":\"started\",\"recipient\":\"90001\",\"operation\":\"Text\"," + At + "}",
            "{}",
            "{\"key\":\"a\",\"status\":\"waiting\"," + At + ",\"errorId\":\"IgRateLimited\",\"code\":613}",
            "{\"key\":\"a\",\"status\":\"started\",\"recipient\":\"90001\",\"operation\":\"Text\"," + At + "}",
            "{\"key\":\"b\",\"status\":\"started\",\"recipient\":\"90001\",\"operation\":\"Text\"," + At + "}",
            "{\"key\":\"a\",\"status\":\"sent\"," + At + ",\"messageId\":\"m\",\"attachmentId\":\"att\"}",
            "{\"key\":\"b\",\"status\":\"failed\"," + At + ",\"errorId\":\"IgWindowClosed\",\"code\":10,\"subcode\":2534022}",
            "{}",
            string.Empty,
        ];
        Assert.Equal(expected, stage.Disk.Text.Split('\n'));
    }

    [Fact]
    public void An_end_is_written_at_once_and_flushed_by_whoever_comes_next()
    {
        using var stage = new JournalStage();
        JournalRow row = stage.Begin("a");
        int flushes = stage.Disk.Flushes;
        row.Ended(IgSendStatus.Sent, null, null, null, null, null);
        stage.Run();
        Assert.EndsWith("\"status\":\"sent\",\"at\":\"2026-03-01T22:00:00Z\"}\n{}\n", stage.Disk.Text, StringComparison.Ordinal);
        Assert.Equal(flushes, stage.Disk.Flushes);

        stage.Close();
        Assert.Equal(stage.Disk.Bytes.Length, stage.Disk.Safe);
        Assert.True(stage.Disk.IsDisposed);
    }

    [Fact]
    public void Closing_writes_what_is_pending_and_lets_no_waiting_request_leave()
    {
        using var stage = new JournalStage();
        stage.Begin("a").Ended(IgSendStatus.Sent, null, null, null, null, null);
        Task waiting = stage.Take("b").StartedAsync();

        byte[] content = stage.Close();

        Assert.IsType<InstagramApiException>(waiting.Exception!.InnerException);
        Assert.Equal(ClaimAnswer.Sent, JournalStage.AnswerAfter(content, "a"));
        stage.Run();
        Assert.Equal(content, stage.Disk.Bytes);
        Assert.Null(stage.Journal.Trouble);
    }

    [Fact]
    public async Task A_thousand_rows_on_many_threads_are_all_in_a_real_file()
    {
        using var folder = new JournalFolder();
        using (SendJournal journal = folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(lane => Task.Run(async () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    JournalRow row = journal.Claim($"{lane}/{i}", "9", IgOperation.Text, resendUnknown: false).Row!;
                    await row.StartedAsync();
                    row.Ended((i % 3) switch { 0 => IgSendStatus.Sent, 1 => IgSendStatus.Failed, _ => IgSendStatus.Unknown }, null, null, null, null, null);
                }
            })));
        }

        IgJournalSummary summary = JournalReport.Read(folder.At("night.jsonl")).Summary;
        Assert.Equal((1000, 350, 350, 300, 0), (summary.Rows, summary.Sent, summary.Failed, summary.Unknown, summary.Started));
    }

    [Fact]
    public async Task Lanes_that_go_on_as_soon_as_they_may_need_fewer_flushes_than_lines()
    {
        // On real threads: while a flush is on its way the lines of the others gather.
        using var disk = new MemoryDisk { Flushing = () => Thread.Sleep(1) };
        using SendJournal journal = SendJournal.On(disk, JournalStage.Account, JournalStage.Host, new FakeTimeProvider(), OpenJournal.Soon, inlineContinuations: false);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(lane => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                JournalRow row = journal.Claim($"{lane}/{i}", "9", IgOperation.Text, resendUnknown: false).Row!;
                await row.StartedAsync();
                row.Ended(IgSendStatus.Sent, null, null, null, null, null);
            }
        })));
        Assert.InRange(disk.Flushes, 20, 320);
    }
}
