using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>What a row says to whom, in 128 bits of SHA-256: two rows with the same hash are the same message.</summary>
internal static class ContentHash
{
    /// <summary>The hash of a journal key.</summary>
    public static RowContent Of(string key) => Sum([key]);

    /// <summary>The key that a row without one of its own has in a journal.</summary>
    public static string Key(RowContent content) => string.Format(CultureInfo.InvariantCulture, "{0:x16}{1:x16}", content.High, content.Low);

    /// <summary>The hash of account, operation, recipient and everything that the request holds; of a file by its bytes.</summary>
    public static RowIdentity Of(string? account, SendRequest request) => new(Sum(
    [
        account,
        request.Payload.Operation.ToString(),
        request.RecipientId,
        request.Envelope.MessagingType,
        request.Envelope.Tag,
        request.Envelope.ReplyTo,
        .. PartsOf(request.Payload),
    ]));

    private static string?[] PartsOf(Payload payload) => payload switch
    {
        TextPayload text => [text.Text],
        MediaUrlPayload media => [media.Type.ToString(), media.Url, Word(media.IsReusable)],
        MediaIdPayload media => [media.AttachmentId, media.Type?.ToString()],
        MediaFilePayload media => [media.File.Type.ToString(), media.File.Sha256, Word(media.IsDirect)],
        ImagesPayload images => [.. images.Images.SelectMany(PartsOf)],
        PostPayload post => [post.PostId],
        StickerPayload => [],
        ReactionPayload reaction => [reaction.MessageId, reaction.Reaction],
        UploadPayload upload => PartsOf(upload.Source),
        _ => throw new InvalidOperationException($"{payload.GetType().Name} has no content to compare."),
    };

    private static string?[] PartsOf(MediaSource source) => [source.Type.ToString(), source.File?.Sha256, source.Url, source.AttachmentId, Word(source.IsUpload)];

    private static string Word(bool value) => value ? "yes" : "no";

    /// <summary>Each part with its length before it, so that no two rows of other parts make the same bytes.</summary>
    private static RowContent Sum(string?[] parts)
    {
        var bytes = new MemoryStream();
        foreach (string? part in parts)
        {
            byte[] value = Encoding.UTF8.GetBytes(part ?? string.Empty);
            byte[] length = Encoding.ASCII.GetBytes(part is null ? "-:" : value.Length.ToString(CultureInfo.InvariantCulture) + ":");
            bytes.Write(length, 0, length.Length);
            bytes.Write(value, 0, value.Length);
        }

#if NET
        byte[] sum = SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
#else
        using SHA256 algorithm = SHA256.Create();
        byte[] sum = algorithm.ComputeHash(bytes.GetBuffer(), 0, (int)bytes.Length);
#endif
        return new RowContent(BitConverter.ToUInt64(sum, 0), BitConverter.ToUInt64(sum, 8));
    }
}
