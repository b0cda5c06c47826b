using System;
using System.Text;
using InstagramMessaging.Core.Journal;
using Xunit;

namespace InstagramMessaging.Core.Tests.Journal;

/// <summary>Tests that measure memory have the process to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneDefinition
{
    public const string Name = "Alone";
}

/// <summary>Design section 4: memory does not grow with the rows but for the keys, at most 100 bytes a row.</summary>
[Collection(AloneDefinition.Name)]
public class JournalSizeTests
{
    private const int Rows = 200_000;

    [Fact]
    public void A_key_takes_less_than_a_hundred_bytes_however_long_it_is()
    {
        byte[] content = Content();
        long before = Memory();
        using SendJournal journal = Open(content);
        long after = Memory();

        Assert.InRange((after - before) / (double)Rows, 10, 100);
        Assert.Equal(ClaimAnswer.Sent, journal.Claim(Key(Rows - 1), "9", IgOperation.Text, resendUnknown: false).Answer);
        GC.KeepAlive(content);
    }

    [Fact]
    public void Rows_that_have_ended_leave_nothing_but_their_key()
    {
        using SendJournal journal = Open(JournalStage.File());
        long before = Memory();
        for (int i = 0; i < Rows; i++)
            journal.Claim(Key(i), "9", IgOperation.Text, resendUnknown: false).Row!.Ended(IgSendStatus.Sent, "m", null, null, null, null);
        long after = Memory();

        Assert.InRange((after - before) / (double)Rows, 10, 100);
        Assert.Equal(ClaimAnswer.Sent, journal.Claim(Key(Rows - 1), "9", IgOperation.Text, resendUnknown: false).Answer);
    }

    /// <summary>What is in use when nothing is left of the tests before: what they had to finalize first goes at a later collection.</summary>
    private static long Memory()
    {
        long last, now = GC.GetTotalMemory(forceFullCollection: true);
        do
        {
            last = now;
            GC.WaitForPendingFinalizers();
            now = GC.GetTotalMemory(forceFullCollection: true);
        }
        while (last - now > Rows);
        return now;
    }

    private static SendJournal Open(byte[] content) =>
        SendJournal.On(new SinkDisk(content), JournalStage.Account, JournalStage.Host, TimeProvider.System, write => write(), inlineContinuations: true);

    private static string Key(int i) => $"{i:D8}-{new string('k', 56)}";

    private static byte[] Content()
    {
        var text = new StringBuilder(JournalStage.Header()).Append('\n');
        for (int i = 0; i < Rows; i++)
            text.Append(JournalStage.Line(Key(i), "sent")).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Can be read, and forgets what is written.</summary>
    private sealed class SinkDisk : IJournalDisk
    {
        private readonly byte[] _content;

        public SinkDisk(byte[] content) => _content = content;

        public System.IO.Stream Read() => new System.IO.MemoryStream(_content, writable: false);

        public void Truncate(long length)
        {
        }

        public void Append(byte[] bytes, int count)
        {
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
