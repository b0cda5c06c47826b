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
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentQueue<Reply> _next = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> _byText = new();
    private readonly object _counting = new();
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private Random? _random;
    private (int Least, int Most) _slowness;
    private TaskCompletionSource? _together;
    private int _togetherAt;
    private int _atOnce;
    private int _ids;
    private (int AfterBytes, int Times) _break;
    private int _broken;

    public RecordingServer()
    {
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        BaseUri = new Uri($"http://127.0.0.1:{_port}");
        _ = AcceptAsync(_listener);
    }

    public Uri BaseUri { get; }

    /// <summary>What came so far. An array, since PowerShell cannot index the list that a collection expression makes.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _requests.ToArray();

    /// <summary>Answers the next request, whatever it is.</summary>
    public void Next(params Reply[] replies) => Array.ForEach(replies, _next.Enqueue);

    /// <summary>Answers the next requests whose body has that text in it.</summary>
    public void When(string text, params Reply[] replies) => Array.ForEach(replies, _byText.GetOrAdd(text, _ => new()).Enqueue);

    /// <summary>The most requests that were waiting for their answers at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Has every answer take between so many and so many milliseconds.</summary>
    public void Slow(int least, int most) => (_slowness, _random) = ((least, most), new Random(1));

    /// <summary>Holds all answers until so many requests wait for theirs at the same time; then, and after ten seconds, it holds none.</summary>
    public void Together(int count)
    {
        lock (_counting)
            (_togetherAt, _together) = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Resets the connection in the middle of the next forms' bytes; such a request is not kept.</summary>
    public void BreakForms(int afterBytes, int times) => _break = (afterBytes, times);

    /// <summary>How many forms were broken off.</summary>
    public int Broken => Volatile.Read(ref _broken);

    /// <summary>Refuses connections for a while. One that is there already stays.</summary>
    public void RefuseFor(int milliseconds)
    {
        _listener.Stop();

        // Bound, but not listening: nobody else is given the port meanwhile.
        var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        _ = ListenAgainAsync(milliseconds, holder);
    }

    public void Clear() => _requests.Clear();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ListenAgainAsync(int milliseconds, Socket holder)
    {
        await Task.Delay(milliseconds);
        holder.Dispose();
        if (_stop.IsCancellationRequested)
            return;
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        await AcceptAsync(_listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(_stop.Token);
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
                while (await ReadAsync(client, stream, stop) is { } request)
                {
                    request.RecipientId = RecipientId().Match(request.Text).Groups[1].Value;
                    request.Answer = ReplyTo(request);
                    Task others = Arrived();
                    _requests.Enqueue(request);
                    await Task.Delay(request.Answer.Milliseconds + Slowness(), stop);
                    await request.Answer.Release.WaitAsync(stop);
                    if (!others.IsCompleted)
                        await Task.WhenAny(others, Task.Delay(10_000, stop));
                    Answered();
                    if (!await AnswerAsync(client, stream, request.Answer, stop))
                        return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    /// <returns>Ends when the answer may go.</returns>
    private Task Arrived()
    {
        lock (_counting)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            if (_atOnce >= _togetherAt)
                _together?.TrySetResult();
            return _together?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Before the answer leaves: with it the next request may come.</summary>
    private void Answered()
    {
        lock (_counting)
            _atOnce--;
    }

    private int Slowness()
    {
        if (_random is null)
            return 0;
        lock (_random)
            return _random.Next(_slowness.Least, _slowness.Most + 1);
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
        // HEAD has no body to be known by.
        string text = request.Method == "HEAD" ? request.Target : request.Text;
        foreach (KeyValuePair<string, ConcurrentQueue<Reply>> rule in _byText)
        {
            if (text.Contains(rule.Key, StringComparison.Ordinal) && rule.Value.TryDequeue(out Reply? told))
                return told;
        }

        if (_next.TryDequeue(out Reply? next))
            return next;
        if (request.Method == "HEAD")
            return Reply.Head(200, "image/png", 1_000);
        string id = Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
        if (request.Target.Contains("/message_attachments", StringComparison.Ordinal))
            return Reply.Json($$"""{"attachment_id":"att{{id}}"}""");
        return Reply.Json(text.Contains("\"sender_action\"", StringComparison.Ordinal)
            ? $$"""{"recipient_id":"{{request.RecipientId}}"}"""
            : $$"""{"recipient_id":"{{request.RecipientId}}","message_id":"mid{{id}}"}""");
    }

    private async Task<RecordedRequest?> ReadAsync(TcpClient client, Stream stream, CancellationToken stop)
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
        if (_break.Times > Broken && headers.TryGetValue("Content-Type", out string? type) && type.StartsWith("multipart/", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _broken);
            await stream.ReadExactlyAsync(body.AsMemory(0, Math.Min(_break.AfterBytes, body.Length / 2)), stop);
            client.LingerState = new LingerOption(true, 0);
            return null;
        }

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
