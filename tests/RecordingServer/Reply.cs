using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;

namespace InstagramMessaging.Testing;

/// <summary>How the connection ends after an answer, or instead of one.</summary>
public enum Ending
{
    /// <summary>The whole answer, and the connection stays.</summary>
    Whole,

    /// <summary>The request is taken, then the connection is reset.</summary>
    Reset,

    /// <summary>The request is taken, and nothing ever comes back.</summary>
    Silence,

    /// <summary>Half of the answer, then the end of the connection.</summary>
    Half,
}

/// <summary>One answer of the recording server.</summary>
public sealed record Reply(int Status, string Body, Ending Ending = Ending.Whole)
{
    public Dictionary<string, string> Headers { get; } = new() { ["Content-Type"] = "application/json; charset=UTF-8" };

    public static Reply Json(string body) => new(200, body);

    public static Reply Error(int status, long code, long? subcode = null, string message = "refused") => new(
        status,
        "{\"error\":{\"message\":\"" + message + "\",\"type\":\"OAuthException\",\"code\":" + code.ToString(CultureInfo.InvariantCulture)
            + (subcode is null ? string.Empty : ",\"error_subcode\":" + subcode.Value.ToString(CultureInfo.InvariantCulture))
            + ",\"fbtrace_id\":\"Atrace\"}}");

    public static Reply Cut(Ending ending) => new(200, "{\"recipient_id\":\"1\",\"message_id\":\"m_cut\"}", ending);

    public Reply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }

    /// <summary>How long it takes.</summary>
    public int Milliseconds { get; private set; }

    public Reply After(int milliseconds)
    {
        Milliseconds = milliseconds;
        return this;
    }

    /// <summary>Ends when the answer may go.</summary>
    public Task Release { get; private set; } = Task.CompletedTask;

    /// <summary>Has the answer wait for a task of the test, so that what the test does first does not depend on how fast a machine is.</summary>
    public Reply HeldUntil(Task release)
    {
        Release = release;
        return this;
    }

    /// <summary>An answer to HEAD, as a server of files gives it.</summary>
    /// <param name="length">What it says that the file has; null where it does not say.</param>
    public static Reply Head(int status, string contentType, long? length = null)
    {
        Reply reply = new Reply(status, string.Empty).With("Content-Type", contentType);
        return length is { } bytes ? reply.With("Content-Length", bytes.ToString(CultureInfo.InvariantCulture)) : reply.With("Transfer-Encoding", "chunked");
    }

    internal byte[] Bytes()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        var head = new StringBuilder(string.Format(CultureInfo.InvariantCulture, "HTTP/1.1 {0} Status\r\n", Status));
        if (!Headers.ContainsKey("Content-Length") && !Headers.ContainsKey("Transfer-Encoding"))
            head.Append("Content-Length: ").Append(body.Length).Append("\r\n");
        foreach (KeyValuePair<string, string> header in Headers)
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        byte[] start = Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
        return [.. start, .. body];
    }
}
