using System.IO;

namespace InstagramMessaging.Core.Media;

/// <summary>Reading here and there in a file.</summary>
internal static class BytesAt
{
    /// <summary>Reads up to <paramref name="count"/> bytes; fewer only where the file ends.</summary>
    /// <returns>How many there were.</returns>
    public static int ReadAt(this FileStream stream, long position, byte[] to, int count)
    {
        stream.Position = position;
        int got = 0, read;
        while (got < count && (read = stream.Read(to, got, count - got)) > 0)
            got += read;
        return got;
    }
}
