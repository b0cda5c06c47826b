using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Journal;

/// <summary>The newest requests with their answers, how many there were, and the file that has them all.</summary>
/// <remarks>Secrets are taken out when a request is shown, which most never are; in memory the emulator knows its token anyway.</remarks>
internal sealed class RequestLog : IDisposable
{
    /// <summary>In characters; what is longer is cut, so that a thousand requests stay small.</summary>
    private const int LongestText = 16 * 1024;

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly Ring<Logged> _ring;
    private readonly Blotter _blotter;
    private readonly LogFile? _file;
    private readonly bool _isKept;
    private long _count;

    internal RequestLog(EmulatorState state, EmulatorOptions options)
    {
        _clock = state.Clock;
        _ring = new Ring<Logged>(options.RequestsKept);
        _blotter = new Blotter(state.AccessToken, state.AppSecret, state.AppToken);
        _file = options.LogPath is null ? null : new LogFile(options.LogPath);
        _isKept = options.RequestsKept > 0 || _file is not null;
    }

    internal long Count => Interlocked.Read(ref _count);

    /// <summary>Why the file is no longer written; null while all is well.</summary>
    internal string? Trouble => _file?.Trouble;

    internal void Add(GraphCall call, HttpAnswer answer, string? rule)
    {
        if (!_isKept)
        {
            Interlocked.Increment(ref _count);
            return;
        }

        var logged = new Logged(_clock.GetUtcNow(), call, answer, rule);
        IgEmulatorRequest? shown = _file is not null || call.Parameters.Written.Length + answer.Body.Length > LongestText ? Show(logged) : null;
        lock (_gate)
        {
            long number = Interlocked.Increment(ref _count);
            if (shown is not null)
                shown.Number = number;
            _ring.Add(shown is null ? logged with { Number = number } : new Logged(shown), out _);
            if (shown is not null)
                _file?.Write(shown);
        }
    }

    internal IReadOnlyList<IgEmulatorRequest> Snapshot()
    {
        Logged[] newest;
        lock (_gate)
            newest = _ring.Snapshot();
        return Array.ConvertAll(newest, one => one.Shown ?? Show(one));
    }

    public void Dispose()
    {
        lock (_gate)
            _file?.Dispose();
    }

    private IgEmulatorRequest Show(Logged logged)
    {
        (DateTimeOffset at, GraphCall call, HttpAnswer answer) = (logged.At, logged.Call!, logged.Answer!);
        IReadOnlyList<string> carried = Blotter.WaysOf([.. call.Parameters.Tokens, call.Parameters.Proof]);
        string? body = call.Parameters.Written.Body();
        return new IgEmulatorRequest
        {
            Number = logged.Number,
            AnsweredAt = at,
            Method = call.Head.Method,
            Target = Clean(call.Parameters.Written.Target(call.Head.Path), carried),
            RequestHeaders = Headers(call.Head.Headers, carried),
            RequestBody = body is null ? null : Clean(body, carried),
            StatusCode = answer.Status,
            Rule = logged.Rule,
            Fault = call.Fault,
            Ending = answer.Ending.ToString(),
            AnswerHeaders = Headers(answer.Headers, carried),
            AnswerBody = Clean(answer.Body, carried),
        };
    }

    private Dictionary<string, string> Headers(IEnumerable<KeyValuePair<string, string>> headers, IReadOnlyList<string> carried) => headers
        .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(
            group => group.Key,
            group => Blotter.IsSecretName(group.Key) ? Blotter.Blot : Clean(string.Join(", ", group.Select(header => header.Value)), carried),
            StringComparer.OrdinalIgnoreCase);

    // Cut behind the blotting: half a secret at the cut would not be known as one.
    private string Clean(string text, IReadOnlyList<string> carried)
    {
        string clean = _blotter.Clean(text, carried);
        return clean.Length > LongestText ? $"{clean.Remove(LongestText)}…" : clean;
    }

    /// <summary>A request as it came, or, where it is large or stands in the file already, as it is shown.</summary>
    private sealed record Logged(DateTimeOffset At, GraphCall? Call, HttpAnswer? Answer, string? Rule)
    {
        internal Logged(IgEmulatorRequest shown)
            : this(shown.AnsweredAt, null, null, shown.Rule) => Shown = shown;

        internal IgEmulatorRequest? Shown { get; }

        internal long Number { get; init; }
    }
}
