using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace InstagramMessaging.Core.Media;

/// <summary>What the tracks of an mp4 or QuickTime file hold: one container serves sound and moving pictures.</summary>
/// <param name="HasVideo">Whether there is a track of moving pictures.</param>
/// <param name="HasSound">Whether there is a track of sound.</param>
/// <remarks>Source: ISO/IEC 14496-12, 8.2.1 (moov), 8.3.1 (trak), 8.4.1 (mdia) and 8.4.3 (hdlr).</remarks>
internal readonly record struct MovieTracks(bool HasVideo, bool HasSound)
{
    private const int HeadLength = 8;

    /// <summary>The handler stands in moov, trak and mdia.</summary>
    private const int Depth = 3;

    /// <summary>More boxes than any movie has side by side: what has more is made to keep its reader busy.</summary>
    private const int MostBoxes = 4_096;

    /// <summary>Reads the tracks; neither where the file holds no index that can be read.</summary>
    public static MovieTracks Of(FileStream stream)
    {
        var tracks = new Search();
        Walk(stream, 0, stream.Length, Depth, tracks);
        return new MovieTracks(tracks.HasVideo, tracks.HasSound);
    }

    private static void Walk(FileStream stream, long from, long end, int depth, Search found)
    {
        byte[] head = new byte[16];
        for (long at = from; at + HeadLength <= end && found.Boxes < MostBoxes;)
        {
            found.Boxes++;
            if (stream.ReadAt(at, head, HeadLength) < HeadLength)
                return;
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            long content = at + HeadLength;
            if (size == 1)
            {
                if (stream.ReadAt(at, head, 16) < 16)
                    return;
                size = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8));
                content = at + 16;
            }

            long next = size == 0 ? end : at + size;
            if (next < content || next > end)
                return;
            string type = Encoding.ASCII.GetString(head, 4, 4);
            if (type is "moov" or "trak" or "mdia" && depth > 0)
                Walk(stream, content, next, depth - 1, found);
            else if (type == "hdlr" && stream.ReadAt(content, head, 12) == 12)
                found.Add(Encoding.ASCII.GetString(head, 8, 4));
            at = next;
        }
    }

    private sealed class Search
    {
        public int Boxes { get; set; }

        public bool HasVideo { get; private set; }

        public bool HasSound { get; private set; }

        public void Add(string handler)
        {
            HasVideo |= handler == "vide";
            HasSound |= handler == "soun";
        }
    }
}
