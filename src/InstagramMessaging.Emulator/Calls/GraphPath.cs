using System;
using System.Globalization;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

internal enum GraphEdge
{
    /// <summary>The account itself.</summary>
    Account,

    /// <summary>A conversation, a message or a person.</summary>
    Node,

    /// <summary>The messages of a conversation.</summary>
    NodeMessages,

    Messages,
    Uploads,
    Conversations,
    Accounts,
    DebugToken,
}

/// <summary>What a path asks for.</summary>
/// <param name="Version">Such as <c>v25.0</c>.</param>
/// <param name="Node">An id, or <c>me</c>.</param>
/// <param name="Edge">What of it.</param>
internal sealed record GraphPath(string Version, string Node, GraphEdge Edge)
{
    /// <summary>Answers a path without a version, and one that is not understood.</summary>
    internal const string DefaultVersion = "v25.0";

    private const int OldestVersion = 20;
    private const int NewestVersion = 26;

    /// <summary>Ids of conversations and messages are longer than any word that somebody would try.</summary>
    private const int ShortestOpaqueId = 20;
    private const int LongestOpaqueId = 400;

    internal bool IsMe => Node == "me";

    /// <summary>Whether it is about the account that the token is of.</summary>
    internal bool IsOfAccount => Edge is GraphEdge.Account or GraphEdge.Messages or GraphEdge.Uploads or GraphEdge.Conversations or GraphEdge.Accounts;

    internal static GraphPath Parse(string path, string method, EmulatorState state)
    {
        string[] steps = path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        int at = 0;
        string version = DefaultVersion;
        if (steps.Length > 0 && LooksLikeVersion(steps[0]))
        {
            version = Answering(steps[0]) ?? throw AccessRules.VersionKnown.Broken(path);
            at = 1;
        }

        int left = steps.Length - at;
        if (left is 1 or 2 && FindEdge(steps[at], left == 2 ? steps[at + 1] : null, method, state) is { } edge)
            return new GraphPath(version, steps[at], edge);
        throw AccessRules.PathKnown.Broken(path);
    }

    private static GraphEdge? FindEdge(string node, string? edge, string method, EmulatorState state)
    {
        if (node == "debug_token")
            return edge is null ? GraphEdge.DebugToken : null;

        bool isDigits = Digits.AreId(node);
        return edge switch
        {
            // What another account may not be asked for is told by its own rule.
            null when node == "me" || node == state.Account || (isDigits && method != "get") => GraphEdge.Account,
            null when isDigits || IsOpaqueId(node) => GraphEdge.Node,
            "messages" when IsOpaqueId(node) => GraphEdge.NodeMessages,
            _ when node != "me" && !isDigits => null,
            "messages" => GraphEdge.Messages,
            "message_attachments" => GraphEdge.Uploads,
            "conversations" => GraphEdge.Conversations,
            "accounts" => GraphEdge.Accounts,
            _ => null,
        };
    }

    private static bool IsOpaqueId(string step)
    {
        foreach (char c in step)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '='))
                return false;
        }

        return step.Length is >= ShortestOpaqueId and <= LongestOpaqueId;
    }

    private static bool LooksLikeVersion(string step) => step.Length > 1 && step[0] == 'v' && step[1] is >= '0' and <= '9';

    // "Graph API versions": a version that has ended answers as the oldest that has not.
    private static string? Answering(string step)
    {
        string[] parts = step.Substring(1).Split('.');
        if (parts.Length != 2 || !Digits.AreId(parts[1]) || parts[0].Length > 2 || parts[1].Length > 2)
            return null;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) || major is 0 or > NewestVersion)
            return null;
        if (major < OldestVersion)
            return $"v{OldestVersion}.0";
        return parts[1] == "0" ? step : null;
    }
}
