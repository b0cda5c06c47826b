using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace InstagramMessaging.Emulator.Http;

/// <summary>An answer as it goes over the wire.</summary>
internal static class AnswerBytes
{
    internal static byte[] Of(HttpAnswer answer, bool keepsAlive, bool withBody)
    {
        var text = new StringBuilder(768);
        text.Append("HTTP/1.1 ").Append(answer.Status).Append(' ').Append(Reason(answer.Status)).Append("\r\n");
        Add(text, "Content-Type", answer.ContentType);
        foreach (KeyValuePair<string, string> header in answer.Headers)
            Add(text, header.Key, header.Value);

        Add(text, "Date", DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        Add(text, "Connection", keepsAlive ? "keep-alive" : "close");
        Add(text, "Content-Length", Encoding.UTF8.GetByteCount(answer.Body).ToString(CultureInfo.InvariantCulture));
        text.Append("\r\n");
        if (withBody)
            text.Append(answer.Body);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        413 => "Payload Too Large",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        505 => "HTTP Version Not Supported",
        _ => "Status",
    };
}
