using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InstagramMessaging.Emulator.Journal;

/// <summary>Requests and answers as JSON Lines. A line is in the file's hands as soon as its answer leaves. Its owner locks.</summary>
internal sealed class LogFile : IDisposable
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _file;
    private bool _isClosed;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It is forbidden.</exception>
    internal LogFile(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>Why it is no longer written; null while all is well. A full disk is no reason to answer no more.</summary>
    internal string? Trouble { get; private set; }

    internal void Write(IgEmulatorRequest request)
    {
        if (Trouble is not null || _isClosed)
            return;

        byte[] line = Line(request);
        try
        {
            _file.Write(line, 0, line.Length);
            _file.Flush();
        }
        catch (IOException full)
        {
            Trouble = full.Message;
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        try
        {
            _file.Dispose();
        }
        catch (IOException full)
        {
            Trouble ??= full.Message;
        }
    }

    private static byte[] Line(IgEmulatorRequest request)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", request.Number);
            writer.WriteString("at", request.AnsweredAt);
            writer.WriteString("method", request.Method);
            writer.WriteString("target", request.Target);
            Write(writer, "requestHeaders", request.RequestHeaders);
            writer.WriteString("requestBody", request.RequestBody);
            writer.WriteNumber("status", request.StatusCode);
            writer.WriteString("rule", request.Rule);
            writer.WriteString("fault", request.Fault);
            writer.WriteString("ending", request.Ending);
            Write(writer, "answerHeaders", request.AnswerHeaders);
            writer.WriteString("answerBody", request.AnswerBody);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> headers)
    {
        writer.WriteStartObject(name);
        foreach (KeyValuePair<string, string> header in headers)
            writer.WriteString(header.Key, header.Value);
        writer.WriteEndObject();
    }
}
