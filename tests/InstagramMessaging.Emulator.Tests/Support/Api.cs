using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Tests.Support;

/// <summary>An emulator and a plain HTTP client that talks to it.</summary>
public sealed class Api : IDisposable
{
    public const string Person = "17841400000000001";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Api(EmulatorOptions? options = null)
    {
        Emulator = GraphEmulator.Start(options ?? new EmulatorOptions());
        _http.BaseAddress = Emulator.BaseUri;
        _http.Timeout = TimeSpan.FromMinutes(2);
    }

    public GraphEmulator Emulator { get; }

    public string MessagesPath => $"/v25.0/{Emulator.Account}/messages";

    public string UploadsPath => $"/v25.0/{Emulator.Account}/message_attachments";

    public Task<Answer> SendAsync(string json) => PostAsync(MessagesPath, Json(json));

    public Task<Answer> UploadAsync(string json) => PostAsync(UploadsPath, Json(json));

    /// <summary>An upload of an attachment object by URL.</summary>
    public Task<Answer> UploadAttachmentAsync(string attachment) =>
        UploadAsync($$$$"""{"platform":"instagram","message":{"attachment":{{{{attachment}}}}}}""");

    /// <summary>A message to the usual person; <paramref name="members"/> are more members of the envelope.</summary>
    public Task<Answer> SendMessageAsync(string message, string members = "") =>
        SendAsync($$$$"""{"recipient":{"id":"{{{{Person}}}}"},"message":{{{{message}}}}{{{{members}}}}}""");

    public Task<Answer> SendAttachmentAsync(string attachment) => SendMessageAsync($$$$"""{"attachment":{{{{attachment}}}}}""");

    public Task<Answer> SendTextToAsync(string recipient) =>
        SendAsync($$"""{"recipient":{"id":"{{recipient}}"},"message":{"text":"Hello"} }""");

    public Task<Answer> ActAsync(string members) => SendAsync($$$$"""{"recipient":{"id":"{{{{Person}}}}"},{{{{members}}}}}""");

    public async Task<string> SentIdAsync() => (await SendTextToAsync(Person)).Text("message_id");

    public Task<Answer> PostAsync(string path, HttpContent? content, string? token = null) =>
        CallAsync(HttpMethod.Post, path, content, token);

    public Task<Answer> GetAsync(string path) => CallAsync(HttpMethod.Get, path, null);

    /// <param name="token">Null for the right one, empty for none.</param>
    public async Task<Answer> CallAsync(HttpMethod method, string path, HttpContent? content, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token != string.Empty)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Emulator.AccessToken);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public static ByteArrayContent Json(string json) => Bytes(Encoding.UTF8.GetBytes(json), "application/json");

    public static ByteArrayContent Form(string form) => Bytes(Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded");

    public static ByteArrayContent Bytes(byte[] bytes, string contentType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    public static string Pairs(params (string Name, string Value)[] pairs) =>
        string.Join("&", Array.ConvertAll(pairs, pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));

    public void Dispose()
    {
        _http.Dispose();
        Emulator.Dispose();
    }
}
