using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace InstagramMessaging.Emulator.State;

/// <summary>What customers would see, and the message ids that were given out.</summary>
internal sealed class Inbox(EmulatorState state, int kept)
{
    private readonly object _gate = new();
    private readonly Ring<IgEmulatorMessage> _messages = new(kept);
    private readonly Dictionary<string, string> _recipients = [];
    private long _count;

    /// <summary>Keeps a message and gives its id.</summary>
    internal string Add(Delivery delivery)
    {
        lock (_gate)
        {
            long number = ++_count;
            string id = delivery.MessageId ?? NewId(number);
            Keep(new IgEmulatorMessage
            {
                Number = number,
                ReceivedAt = state.Clock.GetUtcNow(),
                RecipientId = delivery.RecipientId,
                MessageId = id,
                Kind = delivery.Kind,
                Content = delivery.Content,
                AttachmentId = delivery.AttachmentId,
                Sha256 = delivery.Sha256,
                MessagingType = delivery.MessagingType,
                MessageTag = delivery.Tag,
                ReplyTo = delivery.ReplyTo,
            });

            if (delivery.MessageId is null)
                _recipients[id] = delivery.RecipientId;
            return id;
        }
    }

    /// <summary>Whether the id was given out for a message to this person that is still kept.</summary>
    internal bool Knows(string messageId, string recipientId)
    {
        lock (_gate)
            return _recipients.TryGetValue(messageId, out string? recipient) && recipient == recipientId;
    }

    internal IReadOnlyList<IgEmulatorMessage> Snapshot(string? recipientId)
    {
        lock (_gate)
        {
            return recipientId is null
                ? _messages.Snapshot()
                : _messages.Items.Where(message => message.RecipientId == recipientId).ToArray();
        }
    }

    private void Keep(IgEmulatorMessage message)
    {
        // A reaction carries the id of the message that it was put on, which may well outlive it.
        if (_messages.Add(message, out IgEmulatorMessage? gone) && gone is not { Kind: "react" or "unreact" })
            _recipients.Remove(gone!.MessageId);
    }

    // Graph's ids are the base64 of such a text, too. The mark keeps the ids of two emulators apart.
    private string NewId(long number)
    {
        string count = number.ToString("D12", CultureInfo.InvariantCulture);
        string plain = $"ig_item:1:IGMessageID:{state.Account}:{state.Mark}:{count}";
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(plain)).TrimEnd('=');
    }
}
