using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace InstagramMessaging.Testing;

/// <summary>A request as it came over the wire.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(string method, string target, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        Method = method;
        Target = target;
        Headers = headers;
        Body = body;
    }

    public string Method { get; }

    /// <summary>Path and query.</summary>
    public string Target { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public IReadOnlyList<byte> Body { get; }

    public string Text => Encoding.UTF8.GetString([.. Body]);

    public DateTimeOffset At { get; } = DateTimeOffset.UtcNow;

    /// <summary>The person whom it names; empty for none.</summary>
    public string RecipientId { get; internal set; } = string.Empty;

    /// <summary>What it is answered with; whether that arrives is another question.</summary>
    public Reply? Answer { get; internal set; }

    /// <summary>The parts of a multipart body, in their order.</summary>
    public IReadOnlyList<RecordedPart> Parts()
    {
        const string Marker = "boundary=";
        string type = Headers["Content-Type"];
        string delimiter = "--" + type[(type.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..];
        string body = Encoding.Latin1.GetString([.. Body]);
        return body.Split(delimiter).Skip(1).Where(part => part.StartsWith("\r\n", StringComparison.Ordinal)).Select(RecordedPart.Read).ToArray();
    }
}

/// <summary>One part of a multipart body, its header lines unchanged.</summary>
public sealed record RecordedPart(IReadOnlyList<string> Headers, IReadOnlyList<byte> Body)
{
    public string Text => Encoding.UTF8.GetString([.. Body]);

    public string Disposition => Headers.Single(line => line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase));

    public string? ContentType => Headers.SingleOrDefault(line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))?["Content-Type:".Length..].Trim();

    internal static RecordedPart Read(string part)
    {
        int end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string[] headers = part[2..end].Split("\r\n");
        return new RecordedPart(headers, Encoding.Latin1.GetBytes(part[(end + 4)..^2]));
    }
}
