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
        try
        {
            _server = new HttpServer(options, new GraphApi(_state).AnswerAsync);
        }
        catch
        {
            _state.Requests.Dispose();
            throw;
        }

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
    /// <exception cref="System.IO.IOException">The log file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The log file is forbidden.</exception>
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

    /// <summary>The newest requests with their answers, oldest first, each with the rule that it broke.</summary>
    public IReadOnlyList<IgEmulatorRequest> Requests() => _state.Requests.Snapshot();

    /// <summary>Why the log file is no longer written; null while all is well, or where there is none.</summary>
    public string? LogTrouble => _state.Requests.Trouble;

    /// <summary>Where chance began.</summary>
    public int Seed => _state.Seed;

    /// <summary>The time by the emulator's clock, in UTC.</summary>
    public DateTimeOffset Now => _state.Clock.GetUtcNow();

    /// <summary>Moves the clock on. Waits that have begun are not shortened.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or leads more than a hundred years on.</exception>
    public void AdvanceClock(TimeSpan time) => _state.Clock.Advance(time);

    /// <summary>Lets the token expire with the next call, as a magic recipient can.</summary>
    internal void ExpireToken() => _state.Token.ExpireAtCall(0);

    /// <summary>Whether it can be the id of a person: 1 to 20 digits.</summary>
    internal static bool IsPersonId(string? id) => id is not null && Digits.AreId(id);

    /// <summary>The type as Graph writes it.</summary>
    internal static string WordOf(IgMediaType type) => Media.Word(type);

    /// <summary>Whether the conversation with this person has the message.</summary>
    internal bool KnowsMessage(string personId, string? messageId) => messageId is not null && _state.Inbox.Knows(messageId, personId);

    /// <summary>Adds a customer, or describes one anew.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 20 digits.</exception>
    internal IgEmulatorCustomer AddCustomer(Customer customer)
    {
        CheckId(customer.Id);
        _state.Customers.Put(customer);
        Customer described = _state.Customers.Describe(customer.Id);
        return new IgEmulatorCustomer
        {
            RecipientId = described.Id,
            DisplayName = described.Name!,
            UserName = described.UserName!,
            LastWroteAt = described.LastWroteAt,
            WindowClosesAt = described.LastWroteAt + CustomerBook.Window,
            Consents = described.Consents,
            IsAvailable = described.IsAvailable,
        };
    }

    /// <summary>A customer writes or reacts: the window opens, the message is kept and gets an id.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 20 digits, or the message reacted or replied to is not in this conversation.</exception>
    internal IgEmulatorMessage Receive(Delivery delivery)
    {
        CheckId(delivery.PersonId);
        if ((delivery.MessageId ?? delivery.ReplyTo) is { } target && !KnowsMessage(delivery.PersonId, target))
            throw new ArgumentException("The conversation with this person has no such message.", nameof(delivery));

        _state.Customers.NoteWriting(delivery.PersonId);
        return _state.Inbox.Add(delivery with { IsFromCustomer = true });
    }

    private static void CheckId(string id)
    {
        if (!IsPersonId(id))
            throw new ArgumentException("An Instagram-scoped id has 1 to 20 digits.", nameof(id));
    }

    /// <summary>Stops at once; connections in silence are cut too. What was accepted can still be read.</summary>
    public void Dispose()
    {
        // Not disposed itself: an answer that is just being delayed may still ask it.
        _end.Cancel();
        _server.Dispose();
        _state.Requests.Dispose();
    }

    /// <summary>Where it listens.</summary>
    public override string ToString() => BaseUri.ToString();
}
