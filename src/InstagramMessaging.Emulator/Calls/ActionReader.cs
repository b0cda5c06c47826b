using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Holds a <c>sender_action</c> against the rules.</summary>
internal sealed class ActionReader(EmulatorState state)
{
    private static readonly string[] ForMessagesOnly = ["reply_to", "messaging_type", "tag", "notification_type"];

    /// <summary>The reaction; null for typing and seen, which leave nothing behind.</summary>
    internal Reaction? Read(Param root, string recipient)
    {
        string action = root["sender_action"].Text(ActionRules.ActionKnown);
        if (action is "typing_on" or "typing_off" or "mark_seen")
        {
            RefuseOthers(root, action, ActionRules.NothingElse);
            return root["payload"].IsGiven ? throw ActionRules.NothingElse.Broken("payload", action) : null;
        }

        if (action is not ("react" or "unreact"))
            throw ActionRules.ActionKnown.Broken();

        RefuseOthers(root, action, ActionRules.ReactionAlone);
        return ReadReaction(root["payload"], action, recipient);
    }

    private static void RefuseOthers(Param root, string action, EmulatorRule rule)
    {
        foreach (string name in ForMessagesOnly)
        {
            if (root[name].IsGiven)
                root.Refuse(rule, name, action);
        }
    }

    private Reaction ReadReaction(Param payload, string action, string recipient)
    {
        if (!payload.IsGiven)
            throw ActionRules.ReactionPayloadGiven.Broken();

        payload.Object(ActionRules.ReactionPayloadIsObject).OnlyKeys("message_id", "reaction");
        string id = payload["message_id"].Text(ActionRules.MessageIdGiven);
        string? word = ReadWord(payload["reaction"], action);
        if (!state.Inbox.Knows(id, recipient))
            payload.Refuse(ActionRules.MessageKnown);
        return new Reaction(action, id, word);
    }

    private static string? ReadWord(Param reaction, string action)
    {
        if (action == "unreact")
        {
            if (reaction.IsGiven)
                reaction.Refuse(ActionRules.UnreactWithoutReaction);
            return null;
        }

        string word = reaction.Text(ActionRules.ReactionGiven);
        return word.Length > 0 ? word : throw ActionRules.ReactionGiven.Broken();
    }
}
