using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Testing;

namespace InstagramMessaging.Core.Tests.Setup;

/// <summary>A text that arrived.</summary>
/// <param name="Number">Which request it was, from 1.</param>
internal sealed record Arrival(int Number, string Recipient, string Text);

/// <summary>Takes text messages on loopback and answers each when and as a function of the test says; counts how many are there at once.</summary>
internal sealed class LiveServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Arrival, Task<Reply>> _answer;
    private readonly object _lock = new();
    private readonly List<Arrival> _arrived = [];
    private int _present;

    /// <param name="port">0 for any.</param>
    public LiveServer(Func<Arrival, Task<Reply>> answer, int port = 0)
    {
        _answer = answer;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public LiveServer(Func<Arrival, Reply> answer, int port = 0)
        : this(arrival => Task.FromResult(answer(arrival)), port)
    {
    }

    public Uri BaseUri { get; }

    /// <summary>The most requests that were there at once without an answer.</summary>
    public int Most { get; private set; }

    /// <summary>What arrived, in order.</summary>
    public IReadOnlyList<Arrival> Arrived
    {
        get
        {
            lock (_lock)
                return [.. _arrived];
        }
    }

    /// <summary>What Graph answers to a message.</summary>
    public static Reply Accept(Arrival arrival) =>
        Reply.Json($$"""{"recipient_id":"{{arrival.Recipient}}","message_id":"m_{{arrival.Number}}"}""");

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
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false), _stop.Token);
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
                using var stream = new BufferedStream(client.GetStream(), 16_384);
                while (await BodyAsync(stream, stop).ConfigureAwait(false) is { } body)
                {
                    Reply reply = await _answer(Arrive(body)).ConfigureAwait(false);

                    // Gone before the answer is: with it the next one may come.
                    lock (_lock)
                        _present--;
                    await stream.WriteAsync(Bytes(reply), stop).ConfigureAwait(false);
                    await stream.FlushAsync(stop).ConfigureAwait(false);
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    private Arrival Arrive(byte[] body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        string recipient = json.RootElement.GetProperty("recipient").GetProperty("id").GetString()!;
        string text = json.RootElement.GetProperty("message").GetProperty("text").GetString()!;
        lock (_lock)
        {
            Most = Math.Max(Most, ++_present);
            var arrival = new Arrival(_arrived.Count + 1, recipient, text);
            _arrived.Add(arrival);
            return arrival;
        }
    }

    private static byte[] Bytes(Reply reply)
    {
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Status\r\nContent-Length: {Encoding.UTF8.GetByteCount(reply.Body)}\r\n"));
        foreach ((string name, string value) in reply.Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(reply.Body).ToString());
    }

    private static async Task<byte[]?> BodyAsync(Stream stream, CancellationToken stop)
    {
        const string Length = "Content-Length:";
        int length = 0;
        for (string? line = await LineAsync(stream, stop).ConfigureAwait(false); line != string.Empty; line = await LineAsync(stream, stop).ConfigureAwait(false))
        {
            if (line is null)
                return null;
            if (line.StartsWith(Length, StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line[Length.Length..], CultureInfo.InvariantCulture);
        }

        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body, stop).ConfigureAwait(false);
        return body;
    }

    private static async Task<string?> LineAsync(Stream stream, CancellationToken stop)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, stop).ConfigureAwait(false) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }
}
