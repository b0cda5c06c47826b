using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using InstagramMessaging.Core.Cache;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Tests.Setup;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Cache;

/// <summary>The file behind -CachePath: what is taken from it, what is left alone, and what is refused.</summary>
public sealed class AttachmentCacheTests : IDisposable
{
    private const string Account = "104857600000001";
    private const string Host = "graph.facebook.com";

    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly MediaFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Now);

    private string PathOf => _folder.At("cache.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_has_account_host_hash_type_id_and_times()
    {
        Open().Remember(new MediaKey("hash=", IgMediaType.Video), new KeptAttachment("77", Now));
        string text = File.ReadAllText(PathOf);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        JsonElement line = JsonDocument.Parse(text).RootElement;
        (string, string)[] expected = [("account", Account), ("host", Host), ("sha256", "hash="), ("type", "video"), ("attachment_id", "77")];
        Assert.All(expected, pair => Assert.Equal(pair.Item2, line.GetProperty(pair.Item1).GetString()));
        Assert.Equal(Now, line.GetProperty("made_at").GetDateTimeOffset());
        Assert.Equal(Now.AddDays(90), line.GetProperty("expires_at").GetDateTimeOffset());
    }

    [Fact]
    public void What_one_run_noted_the_next_one_knows()
    {
        AttachmentCache cache = Open();
        cache.Remember(new MediaKey("A", IgMediaType.Video), new KeptAttachment("1", Now));
        cache.Remember(new MediaKey("A", IgMediaType.Audio), new KeptAttachment("2", Now));
        cache.Remember(new MediaKey("A", IgMediaType.Video), new KeptAttachment("1", Now));
        Assert.Equal(["A:Audio=2", "A:Video=1"], Known(Open()));
        Assert.Equal(2, File.ReadAllLines(PathOf).Length);
        Assert.Equal(Now, Open().Known()[0].Value.MadeAt);
    }

    [Fact]
    public void A_new_id_takes_the_place_of_the_old_one()
    {
        AttachmentCache cache = Open();
        cache.Remember(new MediaKey("A", IgMediaType.Image), new KeptAttachment("old", Now));
        cache.Remember(new MediaKey("A", IgMediaType.Image), new KeptAttachment("new", Now));
        Assert.Equal(["A:Image=new"], Known(Open()));
    }

    [Theory]
    [InlineData(-89, true)]
    [InlineData(-90, false)]
    [InlineData(-91, false)]
    public void A_line_counts_for_ninety_days(int days, bool isKnown)
    {
        Write(Line("A", "1", madeAt: Now.AddDays(days)));
        Assert.Equal(isKnown ? ["A:Image=1"] : [], Known(Open()));
    }

    [Fact]
    public void Lines_of_another_account_or_host_do_not_count_and_stay()
    {
        string foreign = Line("A", "1", account: "9") + Line("B", "2", host: "loopback");
        Write(foreign + Line("C", "3"));
        AttachmentCache cache = Open();
        Assert.Equal(["C:Image=3"], Known(cache));
        cache.Remember(new MediaKey("A", IgMediaType.Image), new KeptAttachment("4", Now));
        Assert.StartsWith(foreign, File.ReadAllText(PathOf), StringComparison.Ordinal);
        Assert.Equal(["A:Image=4", "C:Image=3"], Known(Open()));
    }

    [Fact]
    public void However_the_last_line_was_torn_the_others_count_and_the_next_one_stands_for_itself()
    {
        string whole = Line("A", "1"), torn = Line("B", "2");
        for (int length = 1; length < torn.Length - 2; length++)
        {
            Write(whole + torn[..length]);
            AttachmentCache cache = Open();
            Assert.Equal(["A:Image=1"], Known(cache));
            cache.Remember(new MediaKey("C", IgMediaType.Image), new KeptAttachment("3", Now));
            Assert.Null(cache.Trouble);
            Assert.Equal(["A:Image=1", "C:Image=3"], Known(Open()));
        }
    }

    [Fact]
    public void A_cache_that_holds_nothing_but_a_torn_line_is_one()
    {
        string torn = Line("B", "2");
        for (int length = "{\"account\":\"".Length; length < torn.Length; length++)
        {
            Write(torn[..length]);
            Open().Remember(new MediaKey("C", IgMediaType.Image), new KeptAttachment("3", Now));
            Assert.Contains("C:Image=3", Known(Open()));
        }
    }

    [Theory]
    [InlineData("{\"account\":\"1048576")]
    [InlineData("{\"account\":5}")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public void A_spoilt_line_in_the_middle_is_passed_over(string line)
    {
        Write(Line("A", "1") + line + "\n" + Line("B", "2"));
        Assert.Equal(["A:Image=1", "B:Image=2"], Known(Open()));
    }

    [Fact]
    public void Zeros_of_a_crashed_disk_are_passed_over()
    {
        Write(Line("A", "1") + new string('\0', 5_000));
        AttachmentCache cache = Open();
        cache.Remember(new MediaKey("B", IgMediaType.Image), new KeptAttachment("2", Now));
        Assert.Equal(["A:Image=1", "B:Image=2"], Known(Open()));
    }

    [Theory]
    [InlineData("RecipientId,Text\n1,Hi\n")]
    [InlineData("one line")]
    [InlineData("{\"journal\":1,\"account\":\"1\"}\n")]
    [InlineData("{\"name\":\"x\"}\n{\"name\":\"y\"}\n")]
    [InlineData("\n\n")]
    [InlineData("[]")]
    public void Another_kind_of_file_is_refused_and_stays_as_it_is(string text)
    {
        Write(text);
        Refusal.Of("IgCachePathInvalid", Open);
        Assert.Equal(text, File.ReadAllText(PathOf));
    }

    [Theory]
    [InlineData("sample.png")]
    [InlineData("sample.mp4")]
    [InlineData("sample.pdf")]
    public void A_picture_is_no_cache(string sample)
    {
        byte[] bytes = Sample.Bytes(sample);
        File.WriteAllBytes(PathOf, bytes);
        Refusal.Of("IgCachePathInvalid", Open);
        Assert.Equal(bytes, File.ReadAllBytes(PathOf));
    }

    [Fact]
    public void Megabytes_without_a_line_are_no_cache()
    {
        File.WriteAllBytes(PathOf, new byte[10_000_000]);
        Refusal.Of("IgCachePathInvalid", Open);
        Assert.Equal(10_000_000, new FileInfo(PathOf).Length);
    }

    [Fact]
    public void A_folder_and_a_file_in_no_folder_are_refused()
    {
        Directory.CreateDirectory(PathOf);
        Refusal.Of("IgCachePathInvalid", Open);
        Refusal.Of("IgCachePathInvalid", () => AttachmentCache.Open(_folder.At("no/such/cache.jsonl"), Account, Host, _clock));
    }

    [Fact]
    public void A_cache_that_can_no_longer_be_written_says_so_and_throws_nothing()
    {
        AttachmentCache cache = Open();
        File.Delete(PathOf);
        Directory.CreateDirectory(PathOf);
        cache.Remember(new MediaKey("A", IgMediaType.Image), new KeptAttachment("1", Now));
        cache.Remember(new MediaKey("B", IgMediaType.Image), new KeptAttachment("2", Now));
        Assert.NotNull(cache.Trouble);
    }

    [Fact]
    public async Task Runs_that_write_at_the_same_time_lose_no_line()
    {
        AttachmentCache[] caches = [.. Enumerable.Range(0, 4).Select(_ => Open())];
        await Task.WhenAll(caches.Select((cache, run) => Task.Run(() =>
        {
            for (int line = 0; line < 25; line++)
                cache.Remember(new MediaKey($"{run}-{line}", IgMediaType.Image), new KeptAttachment($"{run}{line:00}", Now));
        })));
        Assert.All(caches, cache => Assert.Null(cache.Trouble));
        Assert.Equal(100, Known(Open()).Length);
        Assert.Equal(100, File.ReadAllLines(PathOf).Length);
    }

    private static string Line(string content, string id, string account = Account, string host = Host, DateTimeOffset? madeAt = null) =>
        Encoding.UTF8.GetString(new AttachmentLine(account, host, new MediaKey(content, IgMediaType.Image), new KeptAttachment(id, madeAt ?? Now)).ToBytes());

    private static string[] Known(AttachmentCache cache) =>
        [.. cache.Known().Select((KeyValuePair<MediaKey, KeptAttachment> entry) => $"{entry.Key.Content}:{entry.Key.Type}={entry.Value.Id}").Order(StringComparer.Ordinal)];

    private AttachmentCache Open() => AttachmentCache.Open(PathOf, Account, Host, _clock);

    private void Write(string text) => File.WriteAllText(PathOf, text);
}
