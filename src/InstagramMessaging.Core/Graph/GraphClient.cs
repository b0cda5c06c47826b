using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace InstagramMessaging.Core.Graph;

/// <summary>
/// Asks Graph once and says what came back. It decides nothing and repeats nothing. One stands behind each connection, with the
/// pace that all cmdlets on that connection share.
/// </summary>
internal sealed class GraphClient : IGraphCaller, IDisposable
{
    /// <summary>
    /// A server counts arrivals, and the network bunches what left evenly spaced: at exactly the limit that it keeps, one late
    /// packet is a throttle answer.
    /// </summary>
    private const double Margin = 0.97;

    private const int LongestAnswer = 1 << 20;
    private const string ClientName = "Graph";

    private readonly ServiceProvider _services;
    private readonly IHttpClientFactory _clients;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly string _root;
    private readonly string _query;
    private readonly string[] _secrets;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private volatile bool _isEnded;

    private GraphClient(IgConnection connection, IgConnection.Secrets secrets, TimeProvider clock)
    {
        _clock = clock;
        _timeout = connection.Timeout;
        string token = secrets.AccessToken;
        string? appSecret = secrets.AppSecret;
        string proof = appSecret is null ? string.Empty : AppSecretProof.Of(appSecret, token);
        _authorization = new AuthenticationHeaderValue("Bearer", token);
        _secrets = Array.FindAll([token, appSecret ?? string.Empty, proof], secret => secret.Length > 0);
        _root = $"{connection.BaseUri.AbsoluteUri.TrimEnd('/')}/{connection.ApiVersion}/{connection.Account}/";
        _query = proof.Length == 0 ? string.Empty : "?appsecret_proof=" + proof;
        Login = connection.Login;
        var random = new Random();
        Gate = new Gate(clock, connection.SendsPerSecond * Margin, connection.MediaPerSecond * Margin, random.NextDouble);

        var services = new ServiceCollection();
        services.AddHttpClient(ClientName, Configure)
            .ConfigurePrimaryHttpMessageHandler(() => GraphTransport.Create(connection, secrets.ProxyCredential))
            .SetHandlerLifetime(GraphTransport.HandlerLifetime);

        // The factory's own filters log addresses, which may hold a proof, and hand the handler a type of our private
        // System.Diagnostics.DiagnosticSource, where the runtime's handler takes only the runtime's own.
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        _services = services.BuildServiceProvider();
        _clients = _services.GetRequiredService<IHttpClientFactory>();
    }

    public IgLogin Login { get; }

    public TimeProvider Clock => _clock;

    public Gate Gate { get; }

    /// <summary>The client of that connection, made at the first call.</summary>
    public static GraphClient Of(IgConnection connection) =>
        connection.Client((self, secrets) => new GraphClient(self, secrets, TimeProvider.System));

    /// <summary>The client of that connection on another clock.</summary>
    public static GraphClient Of(IgConnection connection, TimeProvider clock) =>
        connection.Client((self, secrets) => new GraphClient(self, secrets, clock));

    /// <inheritdoc />
    public async Task<GraphAnswer> SendAsync(GraphRequest request, CancellationToken abort)
    {
        if (_isEnded)
            throw new ObjectDisposedException(nameof(IgConnection));
        using var content = new WatchedContent(request.MakeContent());
        using var message = new HttpRequestMessage(HttpMethod.Post, _root + request.Edge + _query) { Content = content };
        message.Headers.Authorization = _authorization;
        using var timeout = _clock.Timer(_timeout);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(abort, timeout.Token);
        int? status = null;
        try
        {
            using HttpResponseMessage response = await _clients.CreateClient(ClientName)
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, attempt.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            using Stream body = await BodyAsync(response, attempt.Token).ConfigureAwait(false);
            return Read(response, body);
        }
        catch (Exception trouble) when (content.Asked || trouble is not ObjectDisposedException)
        {
            // Whatever it was (the network, an answer that is not HTTP or not the gzip it says), the row needs an outcome, and that
            // depends only on whether a byte of the request may have left.
            return new GraphAnswer { StatusCode = status, TransportError = Harmless(trouble), ContentAsked = content.Asked };
        }
    }

    /// <summary>Ends the connection: no further request is begun, whoever holds it.</summary>
    public void Dispose()
    {
        _isEnded = true;
        _services.Dispose();
    }

    private static void Configure(HttpClient client)
    {
        // Each attempt has its own timer, which also covers the answer's body.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.ExpectContinue = false;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("InstagramMessaging", typeof(GraphClient).Assembly.GetName().Version!.ToString(3)));
    }

    /// <summary>Reads the answer under the same timeout; what is longer than any answer of Graph's is not read to its end.</summary>
    private static async Task<Stream> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = new MemoryStream();
#if NET
        using Stream source = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
#else
        using Stream source = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif

        // A read that ignores its token, as on .NET Framework, ends when its stream is closed.
        using CancellationTokenRegistration registration = cancel.Register(static stream => ((Stream)stream!).Dispose(), source);
        byte[] buffer = new byte[4096];
        int count;
        while (body.Length <= LongestAnswer
            && (count = await ReadAsync(source, buffer, cancel).ConfigureAwait(false)) > 0)
            body.Write(buffer, 0, count);
        cancel.ThrowIfCancellationRequested();
        body.Position = 0;
        return body;
    }

#if NET
    private static ValueTask<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancel) => source.ReadAsync(buffer.AsMemory(), cancel);
#else
    private static Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancel) => source.ReadAsync(buffer, 0, buffer.Length, cancel);
#endif

    private GraphAnswer Read(HttpResponseMessage response, Stream body)
    {
        var answer = new GraphAnswer
        {
            StatusCode = (int)response.StatusCode,
            ContentAsked = true,
            Wait = UsageHeaders.Wait(response, _clock.GetUtcNow()),
            Usage = UsageHeaders.Percent(response),
        };
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return answer;
            GraphError? error = GraphError.Read(root, Redact);
            return answer with
            {
                Error = error,
                IsGraph = error is not null || !root.TryGetProperty("error", out _),
                MessageId = Id(root, "message_id"),
                RecipientId = Id(root, "recipient_id"),
                AttachmentId = Id(root, "attachment_id"),
            };
        }
        catch (JsonException)
        {
            // An answer that is not JSON is no answer of Graph's; what follows from that is decided elsewhere.
            return answer;
        }
    }

    private string? Id(JsonElement answer, string name) =>
        GraphError.Text(answer, name) is { Length: > 0 } id ? Redact(id) : null;

    /// <summary>A server that answers with the request has the handler quote it in its exceptions; one that holds a secret goes no further.</summary>
    private Exception Harmless(Exception trouble)
    {
        string text = trouble.ToString();
        return Redact(text) == text ? trouble : new HttpRequestException(Redact(trouble.GetBaseException().Message));
    }

    /// <summary>A server may repeat the request in its message; no secret goes on from there.</summary>
    private string Redact(string text)
    {
        foreach (string secret in _secrets)
            text = text.Replace(secret, "***");
        return text;
    }
}
