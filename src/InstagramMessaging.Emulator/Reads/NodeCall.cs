using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>GET of one thing by its id: a conversation, a message, a person; and of a conversation's messages.</summary>
internal sealed class NodeCall(EmulatorState state)
{
    internal HttpAnswer Answer(GraphCall call)
    {
        Param root = Param.RootOf(call.Parameters, state.IsLoose);
        root.OnlyKeys("fields");
        IReadOnlyList<Field>? fields = AccountCall.ReadFields(root);
        Shapes shapes = new PagingWriter(state, call).Shapes;
        string id = call.Path.Node;
        if (Digits.AreId(id))
        {
            Customer person = state.Customers.Read(id, call.Method);
            return new HttpAnswer(200, GraphJson.Write(writer => shapes.Person.WriteMembers(writer, person, fields)));
        }

        if (state.Inbox.FindConversation(id) is { } conversation)
            return new HttpAnswer(200, GraphJson.Write(writer => shapes.Conversation.WriteMembers(writer, conversation, fields)));
        if (state.Inbox.Find(id, out bool isOld) is not { } message)
            throw ReadRules.ObjectKnown.Broken(call.Method, id);
        if (isOld)
            throw ReadRules.DetailsKept.Broken();
        return new HttpAnswer(200, GraphJson.Write(writer => shapes.Message.WriteMembers(writer, message, fields)));
    }

    internal HttpAnswer AnswerMessages(GraphCall call)
    {
        Param root = Param.RootOf(call.Parameters, state.IsLoose);
        root.OnlyKeys("fields", "limit", "after", "before");
        IReadOnlyList<Field>? fields = AccountCall.ReadFields(root);
        PageRequest request = PagingWriter.Read(root);
        string id = call.Path.Node;
        ConversationView conversation = state.Inbox.FindConversation(id) ?? throw ReadRules.ObjectKnown.Broken(call.Method, id);
        string repeated = root["fields"].IsGiven ? $"&fields={Uri.EscapeDataString(root["fields"].Value!.Text)}" : string.Empty;
        var paging = new PagingWriter(state, call);
        return new HttpAnswer(200, GraphJson.Write(writer => paging.WriteMessages(writer, conversation, request, fields, repeated)));
    }
}
