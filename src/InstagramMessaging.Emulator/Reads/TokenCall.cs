using System.Text.Json;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Reads;

/// <summary>GET of /debug_token: what a token is good for. A bad one is no error: the answer says so.</summary>
internal sealed class TokenCall(EmulatorState state)
{
    private static readonly string[] FacebookScopes =
    [
        "instagram_basic", "instagram_manage_messages", "instagram_manage_comments", "pages_manage_metadata", "pages_messaging",
        "pages_read_engagement", "pages_show_list",
    ];

    private static readonly string[] InstagramScopes = ["instagram_business_basic", "instagram_business_manage_messages"];

    internal HttpAnswer Answer(GraphCall call)
    {
        Param root = Param.RootOf(call.Parameters, state.IsLoose);
        root.OnlyKeys("input_token", "fields");
        string token = root["input_token"].IsGiven
            ? root["input_token"].Text(ReadRules.InputTokenGiven)
            : throw ReadRules.InputTokenGiven.Broken();
        return new HttpAnswer(200, GraphJson.Write(writer =>
        {
            writer.WriteStartObject("data");
            if (token != state.AccessToken)
                WriteBad(writer, AccessRules.TokenRight.Broken());
            else if (state.Token.IsOver)
                WriteBad(writer, OutcomeRules.TokenUnexpired.Broken(state.Clock.GetUtcNow(), state.Clock.GetUtcNow()));
            else
                WriteGood(writer);
            writer.WriteEndObject();
        }));
    }

    private static void WriteBad(Utf8JsonWriter writer, RuleBrokenException broken)
    {
        writer.WriteStartObject("error");
        writer.WriteNumber("code", broken.Rule.Code);
        writer.WriteString("message", broken.Message);
        if (broken.Rule.Subcode is { } subcode)
            writer.WriteNumber("subcode", subcode);
        writer.WriteEndObject();
        writer.WriteBoolean("is_valid", false);
        writer.WriteStartArray("scopes");
        writer.WriteEndArray();
    }

    private void WriteGood(Utf8JsonWriter writer)
    {
        bool isInstagram = state.Login == IgLogin.Instagram;
        writer.WriteString("app_id", EmulatorState.AppId);
        writer.WriteString("type", isInstagram ? "USER" : "PAGE");
        writer.WriteString("application", Shapes.AccountName);
        writer.WriteNumber("data_access_expires_at", 0);
        writer.WriteNumber("expires_at", 0);
        writer.WriteBoolean("is_valid", true);
        writer.WriteNumber("issued_at", state.StartedAt.ToUnixTimeSeconds());
        if (!isInstagram)
            writer.WriteString("profile_id", state.Account);
        writer.WriteString("user_id", isInstagram ? state.Account : "10158000000000001");
        string[] scopes = isInstagram ? InstagramScopes : FacebookScopes;
        writer.WriteStartArray("scopes");
        foreach (string scope in scopes)
            writer.WriteStringValue(scope);
        writer.WriteEndArray();
        writer.WriteStartArray("granular_scopes");
        foreach (string scope in scopes)
            WriteGranular(writer, scope);
        writer.WriteEndArray();
    }

    private void WriteGranular(Utf8JsonWriter writer, string scope)
    {
        bool isOfPage = scope.StartsWith("pages_", System.StringComparison.Ordinal);
        writer.WriteStartObject();
        writer.WriteString("scope", scope);
        writer.WriteStartArray("target_ids");
        writer.WriteStringValue(isOfPage ? state.Account : state.InstagramId);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
