using System;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Calls;

internal enum GraphEdge
{
    Account,
    Messages,
    Uploads,
}

/// <summary>What a path asks for.</summary>
/// <param name="Version">Such as <c>v25.0</c>.</param>
/// <param name="Node">An account id, or <c>me</c>.</param>
/// <param name="Edge">What of it.</param>
internal sealed record GraphPath(string Version, string Node, GraphEdge Edge)
{
    /// <summary>Answers a path without a version, and one that is not understood.</summary>
    internal const string DefaultVersion = "v25.0";

    internal bool IsMe => Node == "me";

    internal static GraphPath Parse(string path)
    {
        string[] steps = path.Substring(1).Split('/');
        int at = 0;
        string version = DefaultVersion;
        if (LooksLikeVersion(steps[0]))
        {
            version = IsKnownVersion(steps[0]) ? steps[0] : throw AccessRules.VersionKnown.Broken(path);
            at = 1;
        }

        if (steps.Length == at || !(steps[at] == "me" || Digits.AreId(steps[at])))
            throw AccessRules.PathKnown.Broken(path);
        return new GraphPath(version, steps[at], FindEdge(steps, at + 1) ?? throw AccessRules.PathKnown.Broken(path));
    }

    private static GraphEdge? FindEdge(string[] steps, int at) => (steps.Length - at) switch
    {
        0 => GraphEdge.Account,
        1 when steps[at] == "messages" => GraphEdge.Messages,
        1 when steps[at] == "message_attachments" => GraphEdge.Uploads,
        _ => null,
    };

    private static bool LooksLikeVersion(string step) => step.Length > 1 && step[0] == 'v' && step[1] is >= '0' and <= '9';

    private static bool IsKnownVersion(string step) =>
        step.Length == 5 && step[1] == '2' && step[2] is >= '0' and <= '6' && step.EndsWith(".0", StringComparison.Ordinal);
}
