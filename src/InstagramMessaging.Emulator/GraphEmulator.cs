using System;
using System.Collections.Generic;
using System.Threading;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator;

/// <summary>
/// An offline Graph API on loopback: it takes the calls of the module, holds them against the rules of Meta's documentation,
/// keeps what it accepts, and answers as Graph does. Magic recipients (<see cref="Faults.MagicRecipients"/>) make it fail on purpose.
/// </summary>
public sealed class GraphEmulator : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly EmulatorState _state;
    private readonly HttpServer _server;

    private GraphEmulator(EmulatorOptions options)
    {
        _state = new EmulatorState(options, _end.Token);
        _server = new HttpServer(options, new GraphApi(_state).AnswerAsync);
        BaseUri = _server.Address;
    }

    /// <summary>Where it listens, without a version: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri BaseUri { get; }

    /// <summary>The id of the account that it plays.</summary>
    public string Account => _state.Account;

    /// <summary>The product whose paths and error objects it plays.</summary>
    public IgLogin Login => _state.Login;

    /// <summary>The token that it takes.</summary>
    public string AccessToken => _state.AccessToken;

    /// <summary>The secret that proofs must be made with; null when none is required.</summary>
    public string? AppSecret => _state.AppSecret;

    /// <summary>How many requests reached a decision since the start; those that were not HTTP are not counted.</summary>
    public long RequestCount => _state.Requests.Count;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static GraphEmulator Start(EmulatorOptions options)
    {
        if (options is null)
            throw new ArgumentNullException(nameof(options));

        options.Check();
        return new GraphEmulator(options);
    }

    /// <summary>The messages and reactions accepted, oldest first; only those to one person when an id is given.</summary>
    public IReadOnlyList<IgEmulatorMessage> Messages(string? recipientId = null) => _state.Inbox.Snapshot(recipientId);

    /// <summary>The attachments that can be sent by id, oldest first.</summary>
    public IReadOnlyList<EmulatorAttachment> Attachments() => _state.Attachments.Snapshot();

    /// <summary>The newest requests, oldest first, each with the rule that it broke.</summary>
    public IReadOnlyList<EmulatorRequest> Requests() => _state.Requests.Snapshot();

    /// <summary>Stops at once; connections in silence are cut too. What was accepted can still be read.</summary>
    public void Dispose()
    {
        // Not disposed itself: an answer that is just being delayed may still ask it.
        _end.Cancel();
        _server.Dispose();
    }

    /// <summary>Where it listens.</summary>
    public override string ToString() => BaseUri.ToString();
}
