using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Media;
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
    /// A server counts arrivals, and the network bunches what left evenly spaced: at exactly the limit that it keeps, one late packet is
    /// a throttle answer. So much lateness is allowed for.
    /// </summary>
    private static readonly TimeSpan Guard = TimeSpan.FromMilliseconds(25);

    private const string ClientName = "Graph";
    private const string WebName = "Web";

    private static readonly string UserAgent = "InstagramMessaging/" + typeof(GraphClient).Assembly.GetName().Version!.ToString(3);

    private readonly ServiceProvider _services;
    private readonly IHttpMessageHandlerFactory _handlers;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly Uri _messages;
    private readonly Uri _attachments;
    private readonly string[] _secrets;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly UsageHeaders _usage = new();
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
        string root = $"{connection.BaseUri.AbsoluteUri.TrimEnd('/')}/{connection.ApiVersion}/{connection.Account}/";
        string query = proof.Length == 0 ? string.Empty : "?appsecret_proof=" + proof;
        _messages = new Uri(root + GraphRequest.Messages + query);
        _attachments = new Uri(root + GraphRequest.MessageAttachments + query);
        Login = connection.Login;
        var random = new Random();
        Gate = new Gate(clock, connection.SendsPerSecond, connection.MediaPerSecond, random.NextDouble, Guard);
        Media = new SharedMedia(clock, connection.UploadThrottleLimit);

        var services = new ServiceCollection();
        services.AddHttpClient(ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => GraphTransport.Create(connection, secrets.ProxyCredential))
            .SetHandlerLifetime(GraphTransport.HandlerLifetime);

        // Addresses of media are anybody's servers: they are asked through a client that knows no token.
        services.AddHttpClient(WebName)
            .ConfigurePrimaryHttpMessageHandler(() => GraphTransport.Create(connection, secrets.ProxyCredential, followRedirects: true))
            .SetHandlerLifetime(GraphTransport.HandlerLifetime);

        // The factory's own filters log addresses, which may hold a proof, and hand the handler a type of our private
        // System.Diagnostics.DiagnosticSource, where the runtime's handler takes only the runtime's own.
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        _services = services.BuildServiceProvider();
        _handlers = _services.GetRequiredService<IHttpMessageHandlerFactory>();
#if NET
        Http = Over(ClientName);
#endif
    }

#if NET
    /// <summary>One for all requests: the handler behind it renews its connections itself.</summary>
    private HttpMessageInvoker Http { get; }
#else
    /// <summary>A new one each time: the factory changes the handler behind it now and then.</summary>
    private HttpMessageInvoker Http => Over(ClientName);
#endif

    public IgLogin Login { get; }

    public TimeProvider Clock => _clock;

    public Gate Gate { get; }

    public SharedMedia Media { get; }

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
        using var message = new HttpRequestMessage(HttpMethod.Post, AddressOf(request.Edge)) { Content = content };
        message.Headers.Authorization = _authorization;
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
#if !NET
        // Only .NET Framework asks first unless told not to.
        message.Headers.ExpectContinue = false;
#endif
        using AttemptTime attempt = _clock.Attempt(_timeout, abort);
        int? status = null;
        try
        {
            using HttpResponseMessage response = await Http.SendAsync(message, attempt.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            using var body = new AnswerBody();
            await body.ReadAsync(response, attempt.Token).ConfigureAwait(false);
            return Read(response, body.Bytes);
        }
        catch (Exception trouble) when (trouble.GetBaseException() is MediaChangedException changed)
        {
            // Its last bytes were held back, so it is certain that no server took it, however many had left.
            throw changed;
        }
        catch (Exception trouble) when (content.Asked || trouble is not ObjectDisposedException)
        {
            // Whatever it was (the network, an answer that is not HTTP or not the gzip it says), the row needs an outcome, and that
            // depends only on whether a byte of the request may have left.
            return new GraphAnswer { StatusCode = status, TransportError = Harmless(trouble), ContentAsked = content.Asked };
        }
    }

    /// <inheritdoc />
    public async Task<UrlHead> HeadAsync(Uri address, TimeSpan timeout, CancellationToken stop)
    {
        using AttemptTime attempt = _clock.Attempt(timeout, stop);
        using var message = new HttpRequestMessage(HttpMethod.Head, address);
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using HttpMessageInvoker web = Over(WebName);
        try
        {
            using HttpResponseMessage response = await web.SendAsync(message, attempt.Token).ConfigureAwait(false);
            HttpContentHeaders headers = response.Content.Headers;
            return new UrlHead((int)response.StatusCode, headers.ContentType?.MediaType?.ToLowerInvariant(), headers.ContentLength, null);
        }
        catch (Exception trouble) when (trouble is not ObjectDisposedException && !(trouble is OperationCanceledException && stop.IsCancellationRequested))
        {
            // Whatever it was, no message left: the address is what cannot be asked.
            return new UrlHead(null, null, null, trouble is OperationCanceledException ? new TimeoutException($"no answer came within {timeout.TotalSeconds:0} seconds") : trouble);
        }
    }

    /// <summary>Ends the connection: no further request is begun, whoever holds it.</summary>
    public void Dispose()
    {
        _isEnded = true;
#if NET
        Http.Dispose();
#endif
        _services.Dispose();
    }

    private Uri AddressOf(string edge) => edge == GraphRequest.Messages ? _messages : _attachments;

    /// <summary>
    /// No HttpClient: its timeout, its default headers and its buffer are not wanted here (an attempt's time covers the answer's body as
    /// well), and a client of the factory's that is disposed would give up what is on its way.
    /// </summary>
    private HttpMessageInvoker Over(string name) => new(_handlers.CreateHandler(name), disposeHandler: false);

    private GraphAnswer Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        UsageHeaders.Usage usage = _usage.Read(response, _clock.GetUtcNow());
        var answer = new GraphAnswer
        {
            StatusCode = (int)response.StatusCode,
            ContentAsked = true,
            Wait = usage.Wait,
            Usage = usage.Percent,
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
