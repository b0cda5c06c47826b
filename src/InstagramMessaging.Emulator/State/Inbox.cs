using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace InstagramMessaging.Emulator.State;

/// <summary>The messages of both sides, and the ids that were given out.</summary>
internal sealed class Inbox(EmulatorState state, int kept)
{
    /// <summary>A request that rests for so long is no longer listed.</summary>
    private static readonly TimeSpan RequestLife = TimeSpan.FromDays(30);

    private readonly object _gate = new();
    private readonly Ring<IgEmulatorMessage> _messages = new(kept);
    private readonly Dictionary<string, KeptMessage> _byId = [];
    private readonly Dictionary<string, Conversation> _byCustomer = [];
    private readonly Dictionary<string, Conversation> _byConversationId = [];
    private long _count;

    /// <summary>Keeps a message or reaction.</summary>
    internal IgEmulatorMessage Add(Delivery delivery)
    {
        lock (_gate)
        {
            long number = ++_count;
            var message = new IgEmulatorMessage
            {
                Number = number,
                ReceivedAt = state.Clock.GetUtcNow(),
                RecipientId = delivery.PersonId,
                IsFromCustomer = delivery.IsFromCustomer,
                MessageId = delivery.MessageId ?? NewId(number),
                Kind = delivery.Kind,
                Content = delivery.Content,
                AttachmentId = delivery.AttachmentId,
                Sha256 = delivery.Sha256,
                MessagingType = delivery.MessagingType,
                MessageTag = delivery.Tag,
                ReplyTo = delivery.ReplyTo,
            };

            // Room first: the oldest may be the last of the conversation that this one goes on with.
            if (_messages.Add(message, out IgEmulatorMessage? gone))
                Forget(gone!);
            if (delivery.MessageId is null)
                Converse(message, delivery.Media);
            else if (_byId.TryGetValue(delivery.MessageId, out KeptMessage? target))
                React(target, delivery);
            return message;
        }
    }

    /// <summary>Whether the id was given out for a message in the conversation with this person that is still kept.</summary>
    internal bool Knows(string messageId, string personId)
    {
        lock (_gate)
            return _byId.TryGetValue(messageId, out KeptMessage? found) && found.Message.RecipientId == personId;
    }

    /// <summary>The message, and whether its conversation has gone on too far for its details; null when it is not kept.</summary>
    internal KeptMessage? Find(string messageId, out bool isOld)
    {
        lock (_gate)
        {
            bool isKept = _byId.TryGetValue(messageId, out KeptMessage? found);
            isOld = isKept && found!.Place <= found.Conversation.Count - Conversation.DetailsKept;
            return found;
        }
    }

    internal ConversationView? FindConversation(string id)
    {
        lock (_gate)
            return _byConversationId.TryGetValue(id, out Conversation? found) ? View(found) : null;
    }

    /// <summary>A page of the conversations, newest first; only that with one person when an id is given.</summary>
    internal Page<ConversationView> Conversations(string? personId, PageRequest page)
    {
        DateTimeOffset oldestRequest = state.Clock.GetUtcNow() - RequestLife;
        lock (_gate)
        {
            IEnumerable<Conversation> listed = _byCustomer.Values
                .Where(one => (personId is null || one.CustomerId == personId) && (one.IsAnswered || one.UpdatedAt >= oldestRequest))
                .OrderByDescending(one => one.LastNumber);
            return page.Of(listed, one => one.LastNumber).Select(View);
        }
    }

    internal IReadOnlyList<IgEmulatorMessage> Snapshot(string? personId)
    {
        lock (_gate)
        {
            return personId is null
                ? _messages.Snapshot()
                : _messages.Items.Where(message => message.RecipientId == personId).ToArray();
        }
    }

    private static ConversationView View(Conversation one) => new(
        one.Id,
        one.CustomerId,
        one.UpdatedAt,
        one.LastNumber,
        one.Messages.Skip(Math.Max(0, one.Messages.Count - Conversation.DetailsKept)).Reverse().ToArray());

    private void Converse(IgEmulatorMessage message, IReadOnlyList<MessageMedia> media)
    {
        if (!_byCustomer.TryGetValue(message.RecipientId, out Conversation? conversation))
        {
            conversation = new Conversation(state.Account, message.RecipientId);
            _byCustomer[message.RecipientId] = conversation;
            _byConversationId[conversation.Id] = conversation;
        }

        conversation.LastNumber = message.Number;
        conversation.UpdatedAt = message.ReceivedAt;
        conversation.IsAnswered |= !message.IsFromCustomer;
        var whole = new KeptMessage(message, conversation, ++conversation.Count, media)
        {
            IsSelfReply = message.ReplyTo is { } target
                && _byId.TryGetValue(target, out KeptMessage? answered)
                && answered.Message.IsFromCustomer == message.IsFromCustomer,
        };
        conversation.Messages.Enqueue(whole);
        _byId[message.MessageId] = whole;
    }

    private static void React(KeptMessage target, Delivery reaction)
    {
        string? word = reaction.Kind == "react" ? reaction.Content : null;
        if (reaction.IsFromCustomer)
            target.CustomerReaction = word;
        else
            target.OwnReaction = word;
    }

    private void Forget(IgEmulatorMessage gone)
    {
        // A reaction carries the id of the message that it was put on, which may well outlive it.
        if (gone.Kind is "react" or "unreact" || !_byId.TryGetValue(gone.MessageId, out KeptMessage? message))
            return;

        Conversation conversation = message.Conversation;
        _byId.Remove(gone.MessageId);
        conversation.Messages.Dequeue();
        if (conversation.Messages.Count > 0)
            return;

        _byCustomer.Remove(conversation.CustomerId);
        _byConversationId.Remove(conversation.Id);
    }

    // Graph's ids are the base64 of such a text, too. The mark keeps the ids of two emulators apart.
    private string NewId(long number)
    {
        string count = number.ToString("D12", CultureInfo.InvariantCulture);
        string plain = $"ig_item:1:IGMessageID:{state.Account}:{state.Mark}:{count}";
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(plain)).TrimEnd('=');
    }
}
