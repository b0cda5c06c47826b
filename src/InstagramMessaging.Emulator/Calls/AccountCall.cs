using System.Linq;
using System.Text.Json;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>GET of the account itself.</summary>
/// <remarks>
/// Sources: "Instagram messaging" (Page token, messaging_feature_status); id and username of Instagram login as public clients read them.
/// </remarks>
internal sealed class AccountCall(EmulatorState state)
{
    private const string Name = "Offline Shop";
    private const string UserName = "offline.shop";

    private bool IsInstagram => state.Login == IgLogin.Instagram;

    internal HttpAnswer Answer(CallParameters parameters)
    {
        var root = new Param(string.Empty, parameters.Root);
        root.OnlyKeys("fields");
        string fields = root["fields"].IsGiven ? root["fields"].Text(AccessRules.FieldsKnown) : DefaultFields;

        // The id always comes, asked for or not.
        return new HttpAnswer(200, GraphJson.Write(writer =>
        {
            foreach (string field in fields.Split(',').Distinct())
            {
                if (field != "id")
                    Write(writer, field);
            }

            writer.WriteString("id", state.Account);
        }));
    }

    private string DefaultFields => IsInstagram ? "id" : "name,id";

    private void Write(Utf8JsonWriter writer, string field)
    {
        switch (field)
        {
            case "name":
                writer.WriteString(field, Name);
                break;
            case "username" when IsInstagram:
                writer.WriteString(field, UserName);
                break;
            case "user_id" when IsInstagram:
                writer.WriteString(field, state.Account);
                break;
            case "access_token" when !IsInstagram:
                writer.WriteString(field, state.AccessToken);
                break;
            case "messaging_feature_status" when !IsInstagram:
                writer.WriteStartObject(field);
                writer.WriteBoolean("hop_v2", false);
                writer.WriteBoolean("msgr_multi_app", false);
                writer.WriteBoolean("ig_multi_app", false);
                writer.WriteEndObject();
                break;
            default:
                throw AccessRules.FieldsKnown.Broken(field);
        }
    }
}
