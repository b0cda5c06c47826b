using System.Collections.Generic;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>GET of the account itself, and of the Pages of a user.</summary>
/// <remarks>
/// Sources: "Instagram messaging" (Page token, messaging_feature_status); id and username of Instagram login as public clients read them.
/// </remarks>
internal sealed class AccountCall(EmulatorState state)
{
    private static readonly Field[] ListDefaults = [new("access_token"), new("category"), new("category_list"), new("name"), new("tasks")];

    internal HttpAnswer Answer(GraphCall call)
    {
        Param root = Param.RootOf(call.Parameters, state.IsLoose);
        root.OnlyKeys("fields");
        IReadOnlyList<Field>? fields = ReadFields(root);
        Shapes shapes = new PagingWriter(state, call).Shapes;
        NodeShape<EmulatorState> shape = state.Login == IgLogin.Instagram ? shapes.Instagram : shapes.Page;
        return new HttpAnswer(200, GraphJson.Write(writer => shape.WriteMembers(writer, state, fields)));
    }

    /// <summary>The one Page. The emulator has one token, which here stands for the user's.</summary>
    internal HttpAnswer AnswerList(GraphCall call)
    {
        if (state.Login == IgLogin.Instagram || !call.Path.IsMe)
            throw ReadRules.FieldsKnown.Broken("accounts", state.Login == IgLogin.Instagram ? "IGUser" : "Page");

        Param root = Param.RootOf(call.Parameters, state.IsLoose);
        root.OnlyKeys("fields", "limit", "after", "before");
        IReadOnlyList<Field> fields = ReadFields(root) ?? ListDefaults;
        PageRequest request = PagingWriter.Read(root);
        var paging = new PagingWriter(state, call);
        return new HttpAnswer(200, GraphJson.Write(writer =>
        {
            Page<EmulatorState> page = request.Of([state], _ => 1);
            paging.Shapes.Page.WriteArray(writer, "data", page.Items, fields);
            paging.Write(writer, page, request, "me/accounts", string.Empty);
        }));
    }

    /// <summary>The fields that are asked for; null for the default ones.</summary>
    internal static IReadOnlyList<Field>? ReadFields(Param root)
    {
        Param fields = root["fields"];
        return fields.IsGiven ? FieldsParser.Parse(fields.TextOrNumber(ReadRules.FieldsWellFormed)) : null;
    }
}
