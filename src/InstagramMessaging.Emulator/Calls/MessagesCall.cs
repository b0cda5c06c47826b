using System.Collections.Generic;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>POST of /messages: the rules first, then the rate, then what a magic recipient wants, then the inbox.</summary>
internal sealed class MessagesCall(EmulatorState state)
{
    private readonly EnvelopeReader _envelopes = new(state);
    private readonly MagicCourse _magic = new(state);

    internal Task<HttpAnswer> AnswerAsync(CallParameters parameters, List<KeyValuePair<string, string>> headers)
    {
        Send send = _envelopes.Read(parameters);
        bool isMedia = send.Content?.Kind is "audio" or "video";
        Usage usage = (isMedia ? state.Media : state.Sends).Take();
        AnswerHeaders.AddUsage(headers, state, usage);
        if (!usage.IsAllowed)
            throw OutcomeRules.RateKept.Broken();

        return MagicRecipients.Find(send.RecipientId) is { } magic
            ? _magic.AnswerAsync(magic, send, headers, Accept)
            : Task.FromResult(Accept(send));
    }

    private HttpAnswer Accept(Send send)
    {
        Media? media = send.Content?.Media;
        EmulatorAttachment? made = media is { Kept: null } && (media.IsReusable || media.Upload is not null)
            ? state.Attachments.Add(media.Type, media.Url, media.Upload)
            : null;

        string? messageId = Deliver(send, made ?? media?.Kept);
        return new HttpAnswer(200, GraphJson.Strings(
            ("recipient_id", send.RecipientId),
            ("message_id", send.Content is null ? null : messageId),
            ("attachment_id", made?.Id)));
    }

    private string? Deliver(Send send, EmulatorAttachment? attachment)
    {
        if (send.Content is not null)
        {
            return state.Inbox.Add(new Delivery(send.RecipientId, send.Content.Kind)
            {
                Content = send.Content.Text,
                AttachmentId = attachment?.Id,
                Sha256 = attachment?.Upload?.Sha256,
                MessagingType = send.MessagingType,
                Tag = send.Tag,
                ReplyTo = send.ReplyTo,
            });
        }

        return send.Reaction is null
            ? null
            : state.Inbox.Add(new Delivery(send.RecipientId, send.Reaction.Kind)
            {
                Content = send.Reaction.Word,
                MessageId = send.Reaction.MessageId,
            });
    }
}
