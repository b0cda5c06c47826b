using System.Collections.Generic;
using System.Net.Http;
using System.Text;

namespace InstagramMessaging.Emulator.Tests.Support;

/// <summary>Builds multipart bodies byte by byte, wrong ones too.</summary>
public sealed class Multipart
{
    private const string Boundary = "----testBoundary7MA4YWxk";

    private readonly List<byte> _body = [];

    public static byte[] Png { get; } = Start("\x89PNG\r\n\x1a\n");

    public static byte[] Jpeg { get; } = Start("\xff\xd8\xff\xe0");

    public static byte[] Pdf { get; } = Start("%PDF-1.7\n");

    /// <summary>A body for a direct send of one file.</summary>
    public static Multipart Send(string type, string payload = "{}") => new Multipart()
        .Field("recipient", $$"""{"id":"{{Api.Person}}"}""")
        .Field("message", $$$$"""{"attachment":{"type":"{{{{type}}}}","payload":{{{{payload}}}}}}""");

    /// <summary>A body for an upload of one file.</summary>
    public static Multipart Upload(string type, string payload = """{"is_reusable":true}""") => new Multipart()
        .Field("platform", "instagram")
        .Field("message", $$$$"""{"attachment":{"type":"{{{{type}}}}","payload":{{{{payload}}}}}}""");

    /// <summary>The bytes of a signature, in Latin-1, and some more.</summary>
    public static byte[] Start(string signature, int length = 64)
    {
        byte[] bytes = new byte[length];
        Encoding.Latin1.GetBytes(signature).CopyTo(bytes, 0);
        return bytes;
    }

    public Multipart Field(string name, string value) =>
        Part($"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public Multipart File(byte[] bytes, string contentType, string fileName = "a.bin", string name = "filedata") =>
        Part($"Content-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\nContent-Type: {contentType}", bytes);

    public Multipart Part(string headers, byte[] bytes)
    {
        Write($"--{Boundary}\r\n{headers}\r\n\r\n");
        _body.AddRange(bytes);
        Write("\r\n");
        return this;
    }

    public HttpContent End(bool isWhole = true)
    {
        if (isWhole)
            Write($"--{Boundary}--\r\n");
        return Api.Bytes(_body.ToArray(), $"multipart/form-data; boundary={Boundary}");
    }

    private void Write(string text) => _body.AddRange(Encoding.UTF8.GetBytes(text));
}
