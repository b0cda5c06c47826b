using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Validation;

/// <summary>The words that parameters take, in PowerShell's spelling and in Graph's, in any case.</summary>
/// <remarks>Source: "Send API", https://developers.facebook.com/docs/messenger-platform/reference/send-api (messaging_type, tag).</remarks>
internal static class WordRules
{
    public static IReadOnlyList<string> MediaTypes { get; } = ["Image", "Audio", "Video", "File"];

    public static IReadOnlyList<string> MessagingTypes { get; } = ["Response", "Update", "MessageTag"];

    public static IReadOnlyList<string> Tags { get; } = ["HumanAgent"];

    /// <exception cref="InstagramApiException"><c>IgTypeUnknown</c>.</exception>
    public static IgMediaType? MediaType(string? word) =>
        string.IsNullOrWhiteSpace(word) ? null : Find(word!, MediaTypes, "media type") switch
        {
            "Image" => IgMediaType.Image,
            "Audio" => IgMediaType.Audio,
            "Video" => IgMediaType.Video,
            _ => IgMediaType.File,
        };

    /// <summary>The labels of a message.</summary>
    /// <exception cref="InstagramApiException"><c>IgTypeUnknown</c> for an unknown word; <c>IgPayloadAmbiguous</c> or <c>IgPayloadMissing</c> where the two contradict each other.</exception>
    public static Envelope Envelope(string? messagingType, string? tag)
    {
        string? type = string.IsNullOrWhiteSpace(messagingType) ? null : Find(messagingType!, MessagingTypes, "messaging type");
        string? label = string.IsNullOrWhiteSpace(tag) ? null : Find(tag!, Tags, "message tag");
        if (label is not null && type is not null and not "MessageTag")
            throw IgError.Of(ErrorId.PayloadAmbiguous, $"A message with a tag has the messaging type MESSAGE_TAG, not {type}.", remedy: "Leave -MessagingType out, or leave -Tag out.");
        if (label is null && type == "MessageTag")
            throw IgError.Of(ErrorId.PayloadMissing, "The messaging type MESSAGE_TAG needs a tag.", remedy: "Add -Tag HumanAgent, or leave -MessagingType out.");
        return new Envelope(label is not null ? "MESSAGE_TAG" : type is null ? null : InGraph(type), label is null ? null : InGraph(label));
    }

    private static string Find(string word, IReadOnlyList<string> words, string what)
    {
        string plain = word.Trim();
        return words.FirstOrDefault(known => Is(known) || Is(InGraph(known)))
            ?? throw IgError.Of(ErrorId.TypeUnknown, $"'{CellValue.NotTextType(word) ?? word}' is no {what}.", remedy: $"Use one of: {string.Join(", ", words)}.");

        bool Is(string known) => string.Equals(known, plain, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Graph's spelling: HUMAN_AGENT for HumanAgent.</summary>
    private static string InGraph(string word) => Regex.Replace(word, "(?<=[a-z])(?=[A-Z])", "_").ToUpperInvariant();
}
