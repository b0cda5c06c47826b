using System;
using System.Buffers.Text;
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
    private readonly Parts _parts = new();

    /// <summary>The hash of a journal key.</summary>
    public static RowContent Of(string key)
    {
        var parts = new Parts();
        parts.Add(key);
        return parts.Sum();
    }

    /// <summary>The key that a row without one of its own has in a journal.</summary>
    public static string Key(RowContent content) => content.High.ToString("x16", CultureInfo.InvariantCulture) + content.Low.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The hash of account, operation, recipient and everything that the request holds; of a file by its bytes.</summary>
    /// <exception cref="InstagramApiException"><c>IgMediaUnreadable</c>.</exception>
    public RowIdentity Of(string? account, SendRequest request)
    {
        _parts.Clear();
        _parts.Add(account);
        _parts.Add(request.Payload.Operation.ToString());
        _parts.Add(request.RecipientId);
        _parts.Add(request.Envelope.MessagingType);
        _parts.Add(request.Envelope.Tag);
        _parts.Add(request.Envelope.ReplyTo);
        foreach (string? part in PartsOf(request.Payload))
            _parts.Add(part);
        return new RowIdentity(_parts.Sum());
    }

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

    /// <summary>Each part with its length before it, so that no two rows of other parts make the same bytes.</summary>
    private sealed class Parts
    {
        private const int LongestLength = 11;

        private byte[] _bytes = new byte[256];
        private int _count;

        public void Clear() => _count = 0;

        public void Add(string? part)
        {
            int length = part is null ? 0 : Encoding.UTF8.GetByteCount(part);
            if (_bytes.Length - _count < length + LongestLength)
                Array.Resize(ref _bytes, (2 * _bytes.Length) + length + LongestLength);
            if (part is null)
            {
                _bytes[_count++] = (byte)'-';
                _bytes[_count++] = (byte)':';
                return;
            }

            Utf8Formatter.TryFormat(length, _bytes.AsSpan(_count), out int digits);
            _count += digits;
            _bytes[_count++] = (byte)':';
            _count += Encoding.UTF8.GetBytes(part, 0, part.Length, _bytes, _count);
        }

        public RowContent Sum()
        {
#if NET
            Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(_bytes.AsSpan(0, _count), sum);
            return new RowContent(BitConverter.ToUInt64(sum), BitConverter.ToUInt64(sum[8..]));
#else
            using SHA256 algorithm = SHA256.Create();
            byte[] sum = algorithm.ComputeHash(_bytes, 0, _count);
            return new RowContent(BitConverter.ToUInt64(sum, 0), BitConverter.ToUInt64(sum, 8));
#endif
        }
    }
}
