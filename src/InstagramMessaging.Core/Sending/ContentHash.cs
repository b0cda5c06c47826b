using System;
using System.Buffers.Text;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Core.Sending;

/// <summary>What a row says to whom, in 128 bits of SHA-256: two rows with the same hash are the same message.</summary>
internal sealed class ContentHash
{
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
