using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Testing;

/// <summary>Takes any request on loopback, keeps its bytes, and answers as told; otherwise with the ids that Graph would give.</summary>
public sealed partial class RecordingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentQueue<Reply> _next = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> _byText = new();
    private int _ids;

    public RecordingServer()
    {
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri BaseUri { get; }

    /// <summary>What came so far. An array, since PowerShell cannot index the list that a collection expression makes.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _requests.ToArray();

    /// <summary>Answers the next request, whatever it is.</summary>
    public void Next(params Reply[] replies) => Array.ForEach(replies, _next.Enqueue);

    /// <summary>Answers the next requests whose body has that text in it.</summary>
    public void When(string text, params Reply[] replies) => Array.ForEach(replies, _byText.GetOrAdd(text, _ => new()).Enqueue);

    public void Clear() => _requests.Clear();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, _stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                using var stream = new BufferedStream(client.GetStream(), 65_536);
                while (await ReadAsync(stream, stop) is { } request)
                {
                    _requests.Enqueue(request);
                    if (!await AnswerAsync(client, stream, ReplyTo(request), stop))
                        return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    private static async Task<bool> AnswerAsync(TcpClient client, Stream stream, Reply reply, CancellationToken stop)
    {
        byte[] bytes = reply.Bytes();
        switch (reply.Ending)
        {
            case Ending.Reset:
                client.LingerState = new LingerOption(true, 0);
                return false;
            case Ending.Silence:
                await Task.Delay(Timeout.Infinite, stop);
                return false;
            case Ending.Half:
                await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - 10), stop);
                await stream.FlushAsync(stop);
                return false;
            default:
                await stream.WriteAsync(bytes, stop);
                await stream.FlushAsync(stop);
                return true;
        }
    }

    private Reply ReplyTo(RecordedRequest request)
    {
        string text = request.Text;
        foreach (KeyValuePair<string, ConcurrentQueue<Reply>> rule in _byText)
        {
            if (text.Contains(rule.Key, StringComparison.Ordinal) && rule.Value.TryDequeue(out Reply? told))
                return told;
        }

        if (_next.TryDequeue(out Reply? next))
            return next;
        string id = Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
        if (request.Target.Contains("/message_attachments", StringComparison.Ordinal))
            return Reply.Json($$"""{"attachment_id":"att{{id}}"}""");
        string recipient = RecipientId().Match(text).Groups[1].Value;
        return Reply.Json(text.Contains("\"sender_action\"", StringComparison.Ordinal)
            ? $$"""{"recipient_id":"{{recipient}}"}"""
            : $$"""{"recipient_id":"{{recipient}}","message_id":"mid{{id}}"}""");
    }

    private static async Task<RecordedRequest?> ReadAsync(Stream stream, CancellationToken stop)
    {
        string? first = await LineAsync(stream, stop);
        if (first is null)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream, stop) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        byte[] body = new byte[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, stop);
        string[] words = first.Split(' ');
        return new RecordedRequest(words[0], words[1], headers, body);
    }

    private static async Task<string?> LineAsync(Stream stream, CancellationToken stop)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] == '\n')
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }

    [GeneratedRegex("\"id\":\"([0-9]+)\"")]
    private static partial Regex RecipientId();
}
