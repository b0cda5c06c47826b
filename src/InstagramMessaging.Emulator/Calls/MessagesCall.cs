using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>POST of /messages: the rules first, then the rate, then who is reached, then what a magic recipient wants, then the inbox.</summary>
internal sealed class MessagesCall(EmulatorState state)
{
    private readonly EnvelopeReader _envelopes = new(state);
    private readonly FaultCourse _faults = new(state);

    internal Task<HttpAnswer> AnswerAsync(GraphCall call)
    {
        Send send = _envelopes.Read(call.Parameters);
        bool isMedia = send.Content?.Kind is "audio" or "video";
        Usage usage = (isMedia ? state.Media : state.Sends).Take();
        AnswerHeaders.AddUsage(call.ExtraHeaders, state, usage);
        if (!usage.IsAllowed)
            throw OutcomeRules.RateKept.Broken();

        // Typing and seen disturb nobody: no page says that they need a window.
        bool needsWindow = send.Content is not null || send.Reaction is not null;
        state.Customers.CheckReach(send.RecipientId, needsWindow, send.Tag is not null);
        return MagicRecipients.Find(send.RecipientId) is { } magic
            ? PlayAsync(magic, call, send)
            : Task.FromResult(Accept(send));
    }

    private Task<HttpAnswer> PlayAsync(MagicRecipient magic, GraphCall call, Send send)
    {
        bool isAccepted = magic.Fault.Outcome switch
        {
            MagicOutcome.Unreadable => true,
            MagicOutcome.RefusedAtFirst => state.CountAttempt(magic.Id) > magic.Times,
            MagicOutcome.AcceptedAndTokenExpires => Expire(magic.Times),
            MagicOutcome.Refused => magic.Fault.Error == OutcomeRules.WindowOpen && send.Tag is not null,
            _ => false,
        };
        if (isAccepted)
            return Task.FromResult(Accept(send));

        if (magic.AnnouncesWait)
            AnswerHeaders.Add(call.ExtraHeaders, state, percent: 100, state.Block());
        if (magic.Fault.Outcome is not (MagicOutcome.RefusedAtFirst or MagicOutcome.AcceptedAndTokenExpires))
            return _faults.PlayAsync(magic.Fault, call, () => Task.FromResult(Accept(send)));

        call.Fault = magic.Fault.Outcome.ToString();
        throw _faults.Error(magic.Fault);
    }

    /// <summary>Shortens the token's life; false when this very call is too late.</summary>
    private bool Expire(int atCall)
    {
        state.Token.ExpireAtCall(atCall);
        return atCall > 0;
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
                Media = MediaOf(send.Content, attachment),
                AttachmentId = attachment?.Id,
                Sha256 = attachment?.Upload?.Sha256,
                MessagingType = send.MessagingType,
                Tag = send.Tag,
                ReplyTo = send.ReplyTo,
            }).MessageId;
        }

        return send.Reaction is null
            ? null
            : state.Inbox.Add(new Delivery(send.RecipientId, send.Reaction.Kind)
            {
                Content = send.Reaction.Word,
                MessageId = send.Reaction.MessageId,
            }).MessageId;
    }

    private static MessageMedia[] MediaOf(Content content, EmulatorAttachment? attachment) => content.Media is { } one
        ? [new MessageMedia(one.Type, one.Url ?? one.Kept?.Url, attachment?.Id)]
        : content.Images.Select(image => new MessageMedia(image.Type, image.Url ?? image.Kept?.Url, image.Kept?.Id)).ToArray();
}
