using System.Collections.Generic;
using static InstagramMessaging.Emulator.Rules.RuleSource;

namespace InstagramMessaging.Emulator.Rules;

/// <summary>A call that the emulator plays, and where it is known from.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Template">The path behind the version.</param>
/// <param name="What">What it does.</param>
/// <param name="Source">How well it is known.</param>
/// <param name="Reference">The page or report.</param>
public sealed record EmulatorEndpoint(string Method, string Template, string What, RuleSource Source, string Reference)
{
    /// <summary>Every call. Where a path has an account, <c>me</c> stands for the token's own.</summary>
    public static IReadOnlyList<EmulatorEndpoint> All { get; } =
    [
        new("POST", "/{account}/messages", "Sends a message, a reaction or a sender action.", Documented, Pages.Send),
        new("POST", "/{account}/message_attachments", "Uploads media for many sends.", Documented, Pages.Upload),
        new("GET", "/{account}", "Reads a Page: id, name, category, tasks, access_token, instagram_business_account and others.",
            Documented, Pages.Instagram),
        new("GET", "/{account}", "Reads an account of Instagram login: id, user_id, username, name and others.",
            Observed, "BuilderBot, and other public clients"),
        new("GET", "/me/accounts", "Lists the Pages of a user: the one Page, whose token stands for the user's as well.",
            Documented, Pages.Instagram),
        new("GET", "/debug_token", "Tells about a token; with Instagram login nothing is known of it, and it is played the same.",
            Observed, Pages.Tokens),
        new("GET", "/{account}/conversations", "Lists the conversations, the newest first.", Documented, Pages.Conversations),
        new("GET", "/{conversation}", "Reads a conversation; messages gives its 20 newest.", Documented, Pages.Conversations),
        new("GET", "/{conversation}/messages", "Lists the 20 newest messages of a conversation.", Guess, Pages.Conversations),
        new("GET", "/{message}", "Reads a message; attachments and reactions have the shape of public reports.",
            Documented, Pages.Message),
        new("GET", "/{person}", "Reads the profile of a person who wrote.", Documented, Pages.Profile),
    ];
}
