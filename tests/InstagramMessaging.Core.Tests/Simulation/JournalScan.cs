using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>Reads a journal's lines without the code that is under test. Keys of the simulation need no escapes.</summary>
internal static class JournalScan
{
    /// <returns>How many bytes of whole lines there are.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, Dictionary<string, (string Status, DateTimeOffset At)> into)
    {
        int done = 0;
        while (bytes[done..].IndexOf((byte)'\n') is >= 0 and int length)
        {
            ReadOnlySpan<byte> line = bytes.Slice(done, length);
            if (Text(line, "{\"key\":\""u8) is { } key)
                into[key] = (Text(line, "\"status\":\""u8)!, DateTimeOffset.Parse(Text(line, "\"at\":\""u8)!, CultureInfo.InvariantCulture));
            done += length + 1;
        }

        return done;
    }

    private static string? Text(ReadOnlySpan<byte> line, ReadOnlySpan<byte> before)
    {
        int start = line.IndexOf(before);
        if (start < 0)
            return null;
        ReadOnlySpan<byte> rest = line[(start + before.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
