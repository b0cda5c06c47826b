using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>GET of /conversations: who the account talks with, the newest first.</summary>
internal sealed class ConversationsCall(EmulatorState state)
{
    internal HttpAnswer Answer(GraphCall call)
    {
        Param root = Param.RootOf(call.Parameters, state.IsLoose);
        root.OnlyKeys("platform", "user_id", "fields", "limit", "after", "before");
        bool isInstagram = ReadPlatform(root["platform"]);
        string? person = ReadPerson(root["user_id"]);
        IReadOnlyList<Field>? fields = AccountCall.ReadFields(root);
        PageRequest request = PagingWriter.Read(root);
        Usage usage = state.Reads.Take();
        AnswerHeaders.AddUsage(call.ExtraHeaders, state, usage);
        if (!usage.IsAllowed)
            throw ReadRules.ReadsPaced.Broken();

        Page<ConversationView> page = isInstagram
            ? state.Inbox.Conversations(person, request)
            : new Page<ConversationView>([], 0, 0, HasNext: false, HasPrevious: false);
        var paging = new PagingWriter(state, call);
        return new HttpAnswer(200, GraphJson.Write(writer =>
        {
            paging.Shapes.Conversation.WriteArray(writer, "data", page.Items, fields);
            paging.Write(writer, page, request, $"{state.Account}/conversations", Repeated(root));
        }));
    }

    // With Facebook login the one host serves both products, and Messenger's is the default.
    private bool ReadPlatform(Param platform)
    {
        if (!platform.IsGiven)
            return state.Login == IgLogin.Instagram;

        string text = platform.Text(ReadRules.PlatformKnown);
        return text is "instagram" or "messenger" ? text == "instagram" : throw ReadRules.PlatformKnown.Broken();
    }

    private static string? ReadPerson(Param parameter)
    {
        if (!parameter.IsGiven)
            return null;

        string id = parameter.TextOrNumber(ReadRules.UserIdIsDigits);
        return Digits.AreId(id) ? id : throw ReadRules.UserIdIsDigits.Broken();
    }

    private static string Repeated(Param root)
    {
        string text = string.Empty;
        foreach (string name in (string[])["platform", "user_id", "fields"])
        {
            if (root[name].IsGiven)
                text += $"&{name}={Uri.EscapeDataString(root[name].Value!.Text)}";
        }

        return text;
    }
}
