using System.Collections.Generic;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Requests;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>One call on its way through the emulator: what it asks, and what is to be said beside the answer.</summary>
internal sealed class GraphCall(RequestHead head, CallParameters parameters, string traceId)
{
    internal RequestHead Head { get; } = head;

    internal CallParameters Parameters { get; } = parameters;

    internal string TraceId { get; } = traceId;

    /// <summary>The verb in lower case, as Graph repeats it; a HEAD is a GET.</summary>
    internal string Method { get; } = head.Method == "HEAD" ? "get" : head.Method.ToLowerInvariant();

    /// <summary>What the path asks for; the default until it was understood.</summary>
    internal GraphPath Path { get; set; } = new(GraphPath.DefaultVersion, string.Empty, GraphEdge.Account);

    /// <summary>Headers of the answer that not every answer has.</summary>
    internal List<KeyValuePair<string, string>> ExtraHeaders { get; } = [];

    /// <summary>The fault that was chosen for it; null for none.</summary>
    internal string? Fault { get; set; }

    /// <summary>How much later than the rest it is answered, 0 to 1 of the jitter.</summary>
    internal double Lateness { get; set; }
}
