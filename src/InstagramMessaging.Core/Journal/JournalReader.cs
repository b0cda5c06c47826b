using System;
using System.IO;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Journal;

/// <summary>What is in a journal besides its rows.</summary>
/// <param name="Header">Null for a file that is empty, or whose first line was never written whole: it becomes a new journal.</param>
/// <param name="Length">How many bytes are good, from the start.</param>
/// <param name="IsTorn">Whether the bytes behind them are half a line.</param>
/// <param name="LacksLineEnd">Whether the last good line still needs its end.</param>
internal sealed record JournalExtent(JournalHeader? Header, long Length, bool IsTorn, bool LacksLineEnd);

/// <summary>Reads a journal line by line, whether or not somebody writes it meanwhile.</summary>
internal static class JournalReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="name">The journal as errors name it.</param>
    /// <param name="each">Is given every line about a row, in order.</param>
    /// <exception cref="InstagramApiException"><c>IgJournalForeign</c>: it is no journal, or one of a newer version, or one of its lines was spoilt.</exception>
    public static JournalExtent Read(Stream stream, string name, Action<JournalLine> each)
    {
        using var lines = new LineReader(stream);
        try
        {
            if (!lines.Next(out ReadOnlySpan<byte> first))
                return new JournalExtent(null, 0, IsTorn: false, LacksLineEnd: false);
            if (first.StartsWith(ByteOrderMark))
                first = first[ByteOrderMark.Length..];
            if (JournalHeader.Parse(first) is not { } header)
                return !lines.IsEnded && JournalHeader.IsTorn(first) ? new JournalExtent(null, 0, IsTorn: true, LacksLineEnd: false) : throw NoJournal(name);
            if (header.Version > JournalHeader.CurrentVersion)
                throw IgError.Of(ErrorId.JournalForeign, $"{name} is of version {header.Version}, written by a newer InstagramMessaging.", remedy: "Update the module, or give another path.");
            return Rows(lines, name, header, each);
        }
        catch (InvalidDataException)
        {
            throw lines.Number == 0 ? NoJournal(name) : Spoilt(name, lines.Number + 1);
        }
    }

    private static JournalExtent Rows(LineReader lines, string name, JournalHeader header, Action<JournalLine> each)
    {
        bool lacksLineEnd = !lines.IsEnded;
        long good = lines.NextOffset;
        long spoilt = 0;
        while (lines.Next(out ReadOnlySpan<byte> bytes))
        {
            // Only the last line can be half a line: a write that was cut short has nothing behind it.
            if (spoilt > 0)
                throw Spoilt(name, spoilt);
            if (!IsBlank(bytes))
            {
                if (!JournalLine.TryParse(bytes, out JournalLine? line))
                {
                    spoilt = lines.Number;
                    continue;
                }

                // Whole but for its line end: it counts. A started line that counts too much is reported, one too few sends twice.
                if (line is not null)
                    each(line);
            }

            lacksLineEnd = !lines.IsEnded;
            good = lines.NextOffset;
        }

        return new JournalExtent(header, good, IsTorn: spoilt > 0, lacksLineEnd);
    }

    /// <summary>A line that an editor put in or ended in its own way says nothing.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (byte letter in line)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                return false;
        }

        return true;
    }

    private static InstagramApiException NoJournal(string name) =>
        IgError.Of(ErrorId.JournalForeign, $"{name} is a file that no run of this module began; it was left as it is.", remedy: "Give the journal of an earlier run, or a path where no file is yet.");

    private static InstagramApiException Spoilt(string name, long line) =>
        IgError.Of(ErrorId.JournalForeign, $"{name} was changed: its line {line} is none that this module writes. It was left as it is.", remedy: "Put a copy from before the change in its place: without that line nobody knows whether its row was sent.");
}
