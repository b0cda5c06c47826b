using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Journal;

/// <summary>The newest requests with their answers, how many there were, and the file that has them all.</summary>
internal sealed class RequestLog : IDisposable
{
    /// <summary>In characters; what is longer is cut, so that a thousand requests stay small.</summary>
    private const int LongestText = 16 * 1024;

    private readonly object _gate = new();
    private readonly EmulatorState _state;
    private readonly Ring<IgEmulatorRequest> _ring;
    private readonly Blotter _blotter;
    private readonly LogFile? _file;
    private readonly bool _isKept;
    private long _count;

    internal RequestLog(EmulatorState state, EmulatorOptions options)
    {
        _state = state;
        _ring = new Ring<IgEmulatorRequest>(options.RequestsKept);
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

        IReadOnlyList<string> carried = Blotter.WaysOf([.. call.Parameters.Tokens, call.Parameters.Proof]);
        string Clean(string text) => Cut(_blotter.Clean(text, carried));
        Dictionary<string, string> Headers(IEnumerable<KeyValuePair<string, string>> headers) => headers
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => Blotter.IsSecretName(group.Key) ? Blotter.Blot : Clean(string.Join(", ", group.Select(header => header.Value))),
                StringComparer.OrdinalIgnoreCase);

        string? body = call.Parameters.Written.Body();
        var request = new IgEmulatorRequest
        {
            AnsweredAt = _state.Clock.GetUtcNow(),
            Method = call.Head.Method,
            Target = Clean(call.Parameters.Written.Target(call.Head.Path)),
            RequestHeaders = Headers(call.Head.Headers),
            RequestBody = body is null ? null : Clean(body),
            StatusCode = answer.Status,
            Rule = rule,
            Fault = call.Fault,
            Ending = answer.Ending.ToString(),
            AnswerHeaders = Headers(answer.Headers),
            AnswerBody = Clean(answer.Body),
        };
        lock (_gate)
        {
            request.Number = Interlocked.Increment(ref _count);
            _ring.Add(request, out _);
            _file?.Write(request);
        }
    }

    // Behind the blotting: half a secret at the cut would not be known as one.
    private static string Cut(string text) => text.Length > LongestText ? $"{text.Remove(LongestText)}…" : text;

    internal IReadOnlyList<IgEmulatorRequest> Snapshot()
    {
        lock (_gate)
            return _ring.Snapshot();
    }

    public void Dispose()
    {
        lock (_gate)
            _file?.Dispose();
    }
}
