using System.Collections.Generic;

namespace InstagramMessaging.Emulator.Http;

/// <summary>What the client sees after the answer was decided.</summary>
internal enum AnswerEnding
{
    /// <summary>The whole answer.</summary>
    Whole,

    /// <summary>Half of the announced body, then the end of the connection.</summary>
    Half,

    /// <summary>A reset connection and no answer.</summary>
    Reset,

    /// <summary>Nothing, until the client gives up.</summary>
    Silence,
}

/// <summary>An answer; the body is text in ASCII or UTF-8.</summary>
internal sealed record HttpAnswer(int Status, string Body)
{
    internal string ContentType { get; init; } = "application/json; charset=UTF-8";

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    internal AnswerEnding Ending { get; init; }
}
