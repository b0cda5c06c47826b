using System.Linq;
using System.Text.RegularExpressions;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Core.Validation;

/// <summary>What ids have to be. They are strings, never numbers: spreadsheets and scripts round them.</summary>
/// <remarks>Source: "Instagram messaging", https://developers.facebook.com/docs/messenger-platform/instagram: a recipient is an Instagram-scoped id.</remarks>
internal static class IdRules
{
    private static readonly Regex Scientific = new(@"^[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+$", RegexOptions.CultureInvariant);

    /// <summary>An Instagram-scoped id: digits only.</summary>
    /// <exception cref="InstagramApiException"><c>IgRecipientInvalid</c>, with the reason that fits.</exception>
    public static string Recipient(string? id)
    {
        if (id is null || string.IsNullOrWhiteSpace(id))
            throw IgError.Of(ErrorId.RecipientInvalid, "The recipient is empty.");
        if (CellValue.NotTextType(id) is { } type)
            throw IgError.Of(ErrorId.RecipientInvalid, $"The recipient is an object ({type}), not an id.");
        if (id.All(c => c is >= '0' and <= '9'))
            return id;
        if (Scientific.IsMatch(id))
        {
            throw IgError.Of(
                ErrorId.RecipientInvalid,
                $"The recipient '{id}' is in scientific notation: a spreadsheet turned the id into a number and lost digits.",
                remedy: "Format the column as text in the spreadsheet, paste the ids again from their source, and save once more: the lost digits cannot be restored.");
        }

        if (id.Any(char.IsWhiteSpace))
            throw IgError.Of(ErrorId.RecipientInvalid, $"The recipient '{id}' has white space in it.");
        if (id[0] == '@' || id.Any(char.IsLetter))
        {
            throw IgError.Of(
                ErrorId.RecipientInvalid,
                $"The recipient '{id}' looks like a user name; Graph takes only Instagram-scoped ids, which are digits.",
                remedy: "Take the id from the account's webhook (sender.id) or from its conversations: user names cannot be messaged.");
        }

        throw IgError.Of(ErrorId.RecipientInvalid, $"The recipient '{id}' is not made of digits.");
    }

    /// <summary>An id that only Graph can read: of a post, a message or an attachment.</summary>
    /// <exception cref="InstagramApiException"><c>IgIdInvalid</c>.</exception>
    public static string Opaque(string id, string what)
    {
        if (CellValue.NotTextType(id) is { } type)
            throw IgError.Of(ErrorId.IdInvalid, $"The {what} is an object ({type}), not an id.");
        if (id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\uFFFD' || char.IsSurrogate(c)))
            throw IgError.Of(ErrorId.IdInvalid, $"The {what} '{id}' has white space or control characters in it.");
        if (Scientific.IsMatch(id))
            throw IgError.Of(ErrorId.IdInvalid, $"The {what} '{id}' is in scientific notation: a spreadsheet turned the id into a number and lost digits.");
        if (id.Contains("://"))
            throw IgError.Of(ErrorId.IdInvalid, $"The {what} '{id}' is an address, not an id.");
        return id;
    }
}
