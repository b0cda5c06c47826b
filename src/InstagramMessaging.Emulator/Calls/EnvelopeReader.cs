using System.Collections.Generic;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>A send that stood up to the rules.</summary>
/// <param name="RecipientId">To whom.</param>
internal sealed record Send(string RecipientId)
{
    /// <summary>The message; null for a sender action.</summary>
    internal Content? Content { get; init; }

    /// <summary>The reaction; null for a message, for typing and for seen.</summary>
    internal Reaction? Reaction { get; init; }

    internal string? MessagingType { get; init; }

    internal string? Tag { get; init; }

    internal string? ReplyTo { get; init; }
}

/// <summary>A reaction put on a message, or taken away.</summary>
/// <param name="Kind"><c>react</c> or <c>unreact</c>.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Word">Null when it is taken away.</param>
internal sealed record Reaction(string Kind, string MessageId, string? Word);

/// <summary>Holds the parameters of a send against the rules.</summary>
internal sealed class EnvelopeReader(EmulatorState state)
{
    private readonly ContentReader _content = new(state);
    private readonly ActionReader _actions = new(state);

    internal Send Read(CallParameters parameters)
    {
        var root = Param.RootOf(parameters, state.IsLoose);

        // The documents' samples have a path here, which only bytes in a multipart body can mean.
        if (root["filedata"].IsGiven)
            throw FileRules.ExactlyOne.Broken();

        root.OnlyKeys(
            "recipient", "messaging_type", "tag", "notification_type", "message", "sender_action", "payload", "reply_to", "thread_control");
        if (root["thread_control"].IsGiven)
            throw EnvelopeRules.NotPlayed.Broken("thread control");

        string recipient = ReadRecipient(root["recipient"]);
        return root["sender_action"].IsGiven
            ? ReadAction(root, recipient, parameters.Files)
            : ReadMessage(root, recipient, parameters.Files);
    }

    private static string ReadRecipient(Param recipient)
    {
        if (!recipient.IsGiven)
            throw EnvelopeRules.RecipientGiven.Broken();
        if (recipient.Object(EnvelopeRules.RecipientIsObject).Value!.Members.Count != 1)
            throw EnvelopeRules.RecipientIsObject.Broken();

        recipient.OnlyKeys("id", "comment_id");
        if (recipient["comment_id"].IsGiven)
            throw EnvelopeRules.NotPlayed.Broken("private replies");

        string id = recipient["id"].TextOrNumber(EnvelopeRules.RecipientIdIsString);
        return Digits.AreId(id) ? id : throw EnvelopeRules.RecipientIdIsDigits.Broken();
    }

    private Send ReadAction(Param root, string recipient, List<UploadedFile> files)
    {
        if (root["message"].IsGiven)
            throw EnvelopeRules.MessageOrAction.Broken();
        if (files.Count > 0)
            throw FileRules.ExactlyOne.Broken();
        return new Send(recipient) { Reaction = _actions.Read(root, recipient) };
    }

    private Send ReadMessage(Param root, string recipient, List<UploadedFile> files)
    {
        if (root["payload"].IsGiven)
            root.Refuse(ActionRules.PayloadNeedsAction);
        if (!root["message"].IsGiven)
            throw EnvelopeRules.MessageGiven.Broken();

        CheckNotificationType(root["notification_type"]);
        string? messagingType = ReadMessagingType(root["messaging_type"]);
        return new Send(recipient)
        {
            MessagingType = messagingType,
            Tag = ReadTag(root["tag"], messagingType),
            ReplyTo = ReadReplyTo(root["reply_to"], recipient),
            Content = _content.Read(root["message"], files),
        };
    }

    private static void CheckNotificationType(Param parameter)
    {
        if (parameter.IsGiven && parameter.Text(EnvelopeRules.NotificationTypeKnown) is not ("REGULAR" or "SILENT_PUSH" or "NO_PUSH"))
            throw EnvelopeRules.NotificationTypeKnown.Broken();
    }

    private static string? ReadMessagingType(Param parameter)
    {
        if (!parameter.IsGiven)
            return null;

        string text = parameter.Text(EnvelopeRules.MessagingTypeKnown);
        return text is "RESPONSE" or "UPDATE" or "MESSAGE_TAG" ? text : throw EnvelopeRules.MessagingTypeKnown.Broken();
    }

    private static string? ReadTag(Param parameter, string? messagingType)
    {
        bool isDue = messagingType == "MESSAGE_TAG";
        if (isDue && !parameter.IsGiven)
            throw EnvelopeRules.TypeNeedsTag.Broken();
        if (!parameter.IsGiven)
            return null;
        if (!isDue)
            parameter.Refuse(EnvelopeRules.TagNeedsType);

        string tag = parameter.Text(EnvelopeRules.TagIsHumanAgent);
        return tag == "HUMAN_AGENT" ? tag : throw EnvelopeRules.TagIsHumanAgent.Broken(tag);
    }

    private string? ReadReplyTo(Param parameter, string recipient)
    {
        if (!parameter.IsGiven)
            return null;

        parameter.Object(EnvelopeRules.ReplyToIsObject).OnlyKeys("mid");
        string id = parameter["mid"].Text(EnvelopeRules.ReplyToIsObject);
        if (id.Length == 0)
            throw EnvelopeRules.ReplyToIsObject.Broken();
        if (!state.Inbox.Knows(id, recipient))
            parameter.Refuse(EnvelopeRules.ReplyToKnown);
        return id;
    }
}
