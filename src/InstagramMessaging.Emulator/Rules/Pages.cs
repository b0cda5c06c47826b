namespace InstagramMessaging.Emulator.Rules;

/// <summary>The pages and reports that rules cite.</summary>
internal static class Pages
{
    internal const string None = "nothing found";
    internal const string Send =
        "Instagram messaging: send a message, "
        + "https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message";
    internal const string SendIg =
        "Instagram API with Instagram login: messaging, "
        + "https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api";
    internal const string SendApi = "Send API reference, https://developers.facebook.com/docs/messenger-platform/reference/send-api";
    internal const string Freeform = "Freeform messaging types for Instagram messaging (spec/freeform-messages.txt)";
    internal const string Upload = "Upload attachments for Instagram messaging (spec/attachment-upload.txt)";
    internal const string Saving = "Saving assets, https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets";
    internal const string ErrorCodes = "Messenger error codes, https://developers.facebook.com/docs/messenger-platform/error-codes";
    internal const string ErrorHandling = "Graph error handling, https://developers.facebook.com/docs/graph-api/guides/error-handling";
    internal const string Secure = "Securing Graph requests, https://developers.facebook.com/docs/graph-api/guides/secure-requests";
    internal const string Rates = "Rate limits, https://developers.facebook.com/docs/graph-api/overview/rate-limiting";
    internal const string Versions = "Graph API versions, https://developers.facebook.com/docs/graph-api/guides/versioning";
    internal const string Message = "Message node, https://developers.facebook.com/docs/graph-api/reference/message";
    internal const string Conversations =
        "Messenger Platform: conversations, https://developers.facebook.com/docs/messenger-platform/conversations";
    internal const string ConversationsIg =
        "Instagram API with Instagram login: conversations, "
        + "https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api";
    internal const string Profile =
        "Instagram user profile, https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile";
    internal const string Instagram = "Instagram messaging, https://developers.facebook.com/docs/messenger-platform/instagram";
    internal const string Paging = "Paginated results, https://developers.facebook.com/docs/graph-api/results";
    internal const string Tokens = "debug_token, https://developers.facebook.com/docs/graph-api/reference/debug_token";
    internal const string Reports = "Public reports of Graph answers";
    internal const string Changes = "Messenger Platform changelog, https://developers.facebook.com/docs/messenger-platform/changelog";
}
