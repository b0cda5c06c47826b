using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>What a row says to whom, in 128 bits of SHA-256: two rows with the same hash are the same message.</summary>
internal sealed class ContentHash
{
    /// <summary>A run that sends a file of its own to each person must not remember them all.</summary>
    private const int FilesKept = 1_000;

    private readonly Dictionary<(string Path, long Length, DateTime Written), string> _files = [];

    /// <summary>The hash of a journal key.</summary>
    public static RowContent Of(string key) => Sum([key]);

    /// <summary>The key that a row without one of its own has in a journal.</summary>
    public static string Key(RowContent content) => string.Format(CultureInfo.InvariantCulture, "{0:x16}{1:x16}", content.High, content.Low);

    /// <summary>The hash of account, operation, recipient and everything that the request holds; of a file by its bytes.</summary>
    /// <exception cref="InstagramApiException"><c>IgMediaUnreadable</c>.</exception>
    public RowIdentity Of(string? account, SendRequest request) => new(Sum(
    [
        account,
        request.Payload.Operation.ToString(),
        request.RecipientId,
        request.Envelope.MessagingType,
        request.Envelope.Tag,
        request.Envelope.ReplyTo,
        .. PartsOf(request.Payload),
    ]));

    private string?[] PartsOf(Payload payload) => payload switch
    {
        TextPayload text => [text.Text],
        MediaUrlPayload media => [media.Type.ToString(), media.Url, Word(media.IsReusable)],
        MediaIdPayload media => [media.AttachmentId, media.Type?.ToString()],
        MediaFilePayload media => [media.File.Type.ToString(), FileHash(media.File), Word(media.IsDirect)],
        PostPayload post => [post.PostId],
        StickerPayload => [],
        ReactionPayload reaction => [reaction.MessageId, reaction.Reaction],
        UploadUrlPayload upload => [upload.Type.ToString(), upload.Url],
        UploadFilePayload upload => [upload.File.Type.ToString(), FileHash(upload.File)],
        _ => throw new InvalidOperationException($"{payload.GetType().Name} has no content to compare."),
    };

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

    private string FileHash(MediaFile file)
    {
        try
        {
            var key = (file.Path, file.Length, File.GetLastWriteTimeUtc(file.Path));
            if (_files.TryGetValue(key, out string? known))
                return known;
            using var algorithm = SHA256.Create();
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, FileOptions.SequentialScan);
            string hash = Convert.ToBase64String(algorithm.ComputeHash(stream));
            if (_files.Count == FilesKept)
                _files.Clear();
            return _files[key] = hash;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw IgError.Of(ErrorId.MediaUnreadable, $"The file cannot be read any more: {trouble.Message.TrimEnd('.')}.", trouble);
        }
    }
}
