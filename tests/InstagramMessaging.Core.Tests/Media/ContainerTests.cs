using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Media;

/// <summary>The readers of mp4 boxes and png chunks take whatever comes: no exception but the row's, no end of waiting.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vide", true, false)]
    [InlineData("soun", false, true)]
    [InlineData("text", false, false)]
    public void A_track_is_what_its_handler_says(string handler, bool hasVideo, bool hasSound) =>
        Assert.Equal(new MovieTracks(hasVideo, hasSound), Tracks(Movie(handler)));

    [Fact]
    public void Sixty_four_bit_sizes_and_a_last_box_without_a_size_are_read()
    {
        byte[] content = Box("trak", Box("mdia", Handler("soun")));
        byte[] large = [0, 0, 0, 1, .. Ascii("moov"), .. Long(16 + content.Length), .. content];
        Assert.Equal(new MovieTracks(false, true), Tracks(large));
        Assert.Equal(new MovieTracks(false, true), Tracks([0, 0, 0, 0, .. Ascii("moov"), .. content]));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(15L)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 10)]
    public void A_sixty_four_bit_size_that_cannot_be_ends_the_search(long size) =>
        Assert.Equal(default, Tracks([.. Box("free", new byte[8]), 0, 0, 0, 1, .. Ascii("moov"), .. Long(size), .. Movie("vide")]));

    [Theory]
    [InlineData(2u)]
    [InlineData(7u)]
    [InlineData(uint.MaxValue)]
    public void A_size_that_cannot_be_ends_the_search(uint size)
    {
        byte[] bytes = [0, 0, 0, 0, .. Ascii("moov"), .. Box("trak", Box("mdia", Handler("vide")))];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, size);
        Assert.Equal(default, Tracks(bytes));
    }

    [Fact]
    public void Boxes_within_boxes_without_end_are_not_followed()
    {
        byte[] nested = Handler("vide");
        for (int depth = 0; depth < 5_000; depth++)
            nested = Box(depth % 3 == 0 ? "moov" : depth % 3 == 1 ? "trak" : "mdia", nested);
        Assert.Equal(default, Tracks(nested));
    }

    [Fact]
    public void Millions_of_empty_boxes_are_given_up()
    {
        byte[] many = new byte[8 * 1024 * 1024];
        for (int at = 0; at < many.Length; at += 8)
            Box("free", []).CopyTo(many, at);
        Assert.Equal(default, Tracks(many));
    }

    [Fact]
    public void Whatever_bytes_stand_in_a_movie_or_picture_it_is_a_file_or_an_error_of_the_row()
    {
        var random = new Random(4);
        foreach (string sample in new[] { "sample.mp4", "sound.mp4", "sample.m4a", "sample.mov", "sample.png", "sample.webm", "sample.heic" })
        {
            byte[] whole = Sample.Bytes(sample);
            for (int round = 0; round < 150; round++)
            {
                byte[] bytes = [.. whole.Take(round % 3 == 0 ? random.Next(1, whole.Length) : whole.Length)];
                for (int change = random.Next(1, 12); change > 0; change--)
                    bytes[random.Next(round % 2 == 0 ? Math.Min(bytes.Length, 200) : bytes.Length)] = (byte)random.Next(256);
                string path = _folder.File("fuzz", bytes);
                if (Record.Exception(() => MediaFile.Inspect(path, null)) is { } error)
                    Assert.IsType<InstagramApiException>(error);
                using FileStream stream = File.OpenRead(path);
                MovieTracks.Of(stream);
                PngChunks.AreCutOff(stream);
            }
        }
    }

    [Fact]
    public void A_movie_of_random_boxes_is_read_to_its_end()
    {
        var random = new Random(14);
        string[] types = ["moov", "trak", "mdia", "hdlr", "free", "mdat"];
        for (int round = 0; round < 1_000; round++)
        {
            byte[] bytes = new byte[random.Next(8, 2_000)];
            random.NextBytes(bytes);
            for (int at = 0; at + 8 <= bytes.Length; at += random.Next(8, 64))
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), random.Next(-2, 100));
                Ascii(types[random.Next(types.Length)]).CopyTo(bytes, at + 4);
            }

            Tracks(bytes);
        }
    }

    private MovieTracks Tracks(byte[] bytes)
    {
        using FileStream stream = File.OpenRead(_folder.File("boxes", bytes));
        return MovieTracks.Of(stream);
    }

    private static byte[] Movie(string handler) => [.. Box("ftyp", Ascii("isom\0\0\0\0isom")), .. Box("moov", Box("trak", Box("mdia", Handler(handler))))];

    private static byte[] Handler(string kind) => Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. Ascii(kind), .. new byte[13]]);

    private static byte[] Box(string type, byte[] content)
    {
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 8 + content.Length);
        return [.. size, .. Ascii(type), .. content];
    }

    private static byte[] Long(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
