using System;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Http;

/// <summary>One connection: request after request, until either side ends it.</summary>
internal sealed class HttpConnection : IDisposable
{
    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private readonly ClientSocket _client;
    private readonly SocketReader _reader;
    private readonly EmulatorOptions _options;
    private readonly Func<HttpRequest, Task<HttpAnswer>> _answer;

    internal HttpConnection(Socket socket, EmulatorOptions options, Func<HttpRequest, Task<HttpAnswer>> answer)
    {
        _options = options;
        _answer = answer;
        _client = new ClientSocket(socket);
        _reader = new SocketReader(_client);
    }

    /// <summary>Whether the client has kept us waiting for longer than it may.</summary>
    internal bool IsOverdue => _client.IsOverdue;

    internal async Task RunAsync()
    {
        try
        {
            while (await RunOneAsync().ConfigureAwait(false))
            {
            }
        }
        catch (HttpFaultException fault)
        {
            await RefuseAsync(new HttpAnswer(fault.Status, fault.Message)).ConfigureAwait(false);
        }
        catch (Exception gone) when (IsTheClientGone(gone))
        {
            // The client went away, was too slow, or the emulator was stopped: there is nobody to tell.
        }
        catch (Exception bug)
        {
            // Ours, not the client's: it is told so, and the other connections go on.
            await RefuseAsync(new HttpAnswer(500, $"The emulator failed: {bug.GetType().Name}")).ConfigureAwait(false);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Cuts the connection, whatever it is waiting for.</summary>
    public void Dispose() => _client.Dispose();

    private static bool IsTheClientGone(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    private async Task<bool> RunOneAsync()
    {
        _client.Allow(_options.IdleTimeout, perRead: false);
        if (!await _reader.WaitAsync().ConfigureAwait(false))
            return false;

        _client.Allow(_options.SlowClientTimeout, perRead: false);
        RequestHead head = await _reader.ReadHeadAsync().ConfigureAwait(false);

        _client.Allow(_options.SlowClientTimeout, perRead: true);
        RequestBody body = RequestBody.Of(head, _reader, () => _client.WriteAsync(Continue, Continue.Length));
        HttpAnswer answer = await _answer(new HttpRequest(head, body)).ConfigureAwait(false);
        await body.DrainAsync().ConfigureAwait(false);
        return await EndAsync(head, answer).ConfigureAwait(false);
    }

    private async Task<bool> EndAsync(RequestHead head, HttpAnswer answer)
    {
        switch (answer.Ending)
        {
            case AnswerEnding.Reset:
                _client.Reset();
                return false;

            case AnswerEnding.Silence:
                _client.AllowForever();
                await _reader.DiscardAsync().ConfigureAwait(false);
                return false;

            case AnswerEnding.Half:
                byte[] bytes = AnswerBytes.Of(answer, keepsAlive: false, withBody: true);
                await WriteAndLingerAsync(bytes, bytes.Length - (answer.Body.Length / 2)).ConfigureAwait(false);
                return false;

            default:
                return await WriteAsync(head, answer).ConfigureAwait(false);
        }
    }

    private async Task<bool> WriteAsync(RequestHead head, HttpAnswer answer)
    {
        bool keepsAlive = head.KeepsAlive;
        byte[] bytes = AnswerBytes.Of(answer, keepsAlive, withBody: head.Method != "HEAD");
        if (!keepsAlive)
        {
            await WriteAndLingerAsync(bytes, bytes.Length).ConfigureAwait(false);
            return false;
        }

        _client.Allow(_options.SlowClientTimeout, perRead: false);
        await _client.WriteAsync(bytes, bytes.Length).ConfigureAwait(false);
        return true;
    }

    private async Task RefuseAsync(HttpAnswer answer)
    {
        byte[] bytes = AnswerBytes.Of(answer with { ContentType = "text/plain" }, keepsAlive: false, withBody: true);
        try
        {
            await WriteAndLingerAsync(bytes, bytes.Length).ConfigureAwait(false);
        }
        catch (Exception gone) when (IsTheClientGone(gone))
        {
            // The client does not wait for its refusal.
        }
    }

    // A socket closed with unread bytes resets the connection, which may destroy the answer on its way: so the client ends first.
    private async Task WriteAndLingerAsync(byte[] bytes, int count)
    {
        _client.Allow(_options.SlowClientTimeout, perRead: false);
        await _client.WriteAsync(bytes, count).ConfigureAwait(false);
        _client.EndWriting();
        await _reader.DiscardAsync().ConfigureAwait(false);
    }
}
