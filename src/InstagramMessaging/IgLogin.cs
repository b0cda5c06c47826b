namespace InstagramMessaging;

/// <summary>The product through which the account was given access; it decides the host and whose id stands in the path.</summary>
/// <remarks>Source: "Instagram messaging" (Messenger Platform), https://developers.facebook.com/docs/messenger-platform/instagram,
/// and "Instagram API with Instagram Login", https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login.</remarks>
public enum IgLogin
{
    /// <summary>Facebook login: graph.facebook.com, a Page id and a Page access token.</summary>
    Facebook,

    /// <summary>Instagram login: graph.instagram.com, an Instagram account id and an Instagram user access token.</summary>
    Instagram,
}
