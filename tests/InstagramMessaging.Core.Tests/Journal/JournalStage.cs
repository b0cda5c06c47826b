using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Tests.Setup;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>A journal on a disk in memory, all on one thread: writes happen when the test lets them.</summary>
internal sealed class JournalStage : IDisposable
{
    public const string Account = "17841400000000000";
    public const string Host = "graph.facebook.com";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<Action> _writes = [];

    public JournalStage(byte[]? content = null)
        : this(new MemoryDisk(content))
    {
    }

    public JournalStage(MemoryDisk disk)
    {
        Disk = disk;
        Journal = SendJournal.On(disk, Account, Host, Clock, _writes.Enqueue, inlineContinuations: true);
    }

    public MemoryDisk Disk { get; }

    public FakeTimeProvider Clock { get; } = new(Start);

    public SendJournal Journal { get; }

    public int Scheduled => _writes.Count;

    public JournalClaim Claim(string key, bool resendUnknown = false) => Journal.Claim(key, $"9{key.Length:D4}", IgOperation.Text, resendUnknown);

    public JournalRow Take(string key, bool resendUnknown = false)
    {
        JournalClaim claim = Claim(key, resendUnknown);
        Assert.Equal(ClaimAnswer.Go, claim.Answer);
        return claim.Row!;
    }

    /// <summary>A row whose request has left.</summary>
    public JournalRow Begin(string key, bool resendUnknown = false)
    {
        JournalRow row = Take(key, resendUnknown);
        Task started = row.StartedAsync();
        Run();
        Assert.True(started.IsCompletedSuccessfully);
        return row;
    }

    /// <summary>Lets one write happen.</summary>
    public void Step()
    {
        Assert.True(_writes.TryDequeue(out Action? write));
        write();
    }

    public void Run()
    {
        while (!_writes.IsEmpty)
            Step();
    }

    /// <summary>Waits, in real time, until somebody writes; then lets it happen.</summary>
    public async Task RunNextAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        while (_writes.IsEmpty)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < WatchedClock.Patience, "Nobody writes.");
            await Task.Delay(1);
        }

        Run();
    }

    public byte[] Close()
    {
        Journal.Dispose();
        return Disk.Bytes;
    }

    public void Dispose() => Journal.Dispose();

    /// <summary>A header and these lines; <c>{}</c> is one, too.</summary>
    public static byte[] File(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Prepend(Header()).Select(line => line + "\n")));

    public static string Header(string account = Account, string host = Host, int version = 1) =>
        $$"""{"journal":"InstagramMessaging","version":{{version}},"account":"{{account}}","host":"{{host}}","created":"2026-03-01T22:00:00Z"}""";

    public static string Line(string key, string status) =>
        $$"""{"key":"{{key}}","status":"{{status}}","recipient":"900","operation":"Text","at":"2026-03-01T22:00:05Z"}""";

    public static ClaimAnswer AnswerAfter(byte[] content, string key, bool resendUnknown = false)
    {
        using var stage = new JournalStage(content);
        return stage.Claim(key, resendUnknown).Answer;
    }

    public static InstagramApiException Refused(string errorId, Func<object> open)
    {
        var error = Assert.Throws<InstagramApiException>(open);
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }
}

/// <summary>A folder of its own; it goes with the test.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("igjournal");

    public string Path => _folder.FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public SendJournal Open(string name = "night.jsonl", string account = JournalStage.Account, string host = JournalStage.Host) =>
        SendJournal.Open(At(name), account, host, new FakeTimeProvider(JournalStage.Start));

    public void Dispose() => _folder.Delete(recursive: true);
}
