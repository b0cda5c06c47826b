using System.Collections.Generic;
using InstagramMessaging.Emulator.State;
using Microsoft.Extensions.Time.Testing;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class ReadCases
{
    private const string Conversations = "/v25.0/me/conversations?platform=instagram";

    internal static IEnumerable<RuleCase> All => [.. Fields, .. Lists, .. Nodes];

    private static IEnumerable<RuleCase> Fields =>
    [
        Get("FieldsKnown", "no such field", 100, "/v25.0/me?fields=id,shoe_size"),
        Get("FieldsKnown", "a field of the other product", 100, "/v25.0/me?fields=username"),
        Get("FieldsKnown", "of a person", 100, "/v25.0/1?fields=email"),
        Get("FieldsKnown", "inside another", 100, "/v25.0/me?fields=instagram_business_account{shoe_size}"),
        Get("FieldsKnown", "the Pages of an Instagram account", 100, "/v25.0/me/accounts") with { Options = Instagram },
        Get("FieldsKnown", "the Pages of a Page", 100, "/v25.0/106540352242922/accounts"),
        new("FieldsKnown", "of a message", 100, null, async api => await api.GetAsync($"/v25.0/{await api.SentIdAsync()}?fields=text")),
        Get("FieldsWellFormed", "empty", 2500, "/v25.0/me?fields="),
        Get("FieldsWellFormed", "a comma at the end", 2500, "/v25.0/me?fields=id,"),
        Get("FieldsWellFormed", "an open brace", 2500, Conversations + "&fields=messages{id"),
        Get("FieldsWellFormed", "a brace too many", 2500, Conversations + "&fields=messages{id}}"),
        Get("FieldsWellFormed", "a modifier without its argument", 2500, Conversations + "&fields=messages.limit"),
        Get("FieldsWellFormed", "an open argument", 2500, Conversations + "&fields=messages.limit(1"),
        Get("FieldsWellFormed", "too deep", 2500, "/v25.0/me?fields=a{a{a{a{a{a{a}}}}}}"),
    ];

    private static IEnumerable<RuleCase> Lists =>
    [
        Get("PlatformKnown", "another", 100, "/v25.0/me/conversations?platform=whatsapp"),
        Get("UserIdIsDigits", "a name", 100, Conversations + "&user_id=anna.smith"),
        Get("LimitIsNumber", "a word", 100, Conversations + "&limit=many"),
        Get("LimitIsNumber", "nothing", 100, Conversations + "&limit=0"),
        Get("LimitIsNumber", "negative", 100, Conversations + "&limit=-1"),
        new("LimitIsNumber", "of a field", 100, null, async api =>
        {
            await api.SentIdAsync();
            return await api.GetAsync(Conversations + "&fields=messages.limit(x){id}");
        }),
        Get("CursorKnown", "no cursor of ours", 100, Conversations + "&after=abc"),
        Get("CursorKnown", "no base64", 100, Conversations + "&before=%21"),
        Get("CursorKnown", "both", 100, Conversations + "&after=cGxhY2U6MQ&before=cGxhY2U6MQ"),
        Get("ParametersKnown", "of a list", 100, Conversations + "&tags=1"),
        Get("ParametersKnown", "of a person", 100, "/v25.0/1?limit=1"),
        Get("ParametersKnown", "of the Pages", 100, "/v25.0/me/accounts?platform=instagram"),
        Get("ParametersKnown", "of debug_token", 100, "/v25.0/debug_token?input_token=a&limit=1"),
        new("ReadsPaced", "a third list in a second", 613, 2534040, async api =>
        {
            await api.GetAsync(Conversations);
            await api.GetAsync(Conversations);
            return await api.GetAsync(Conversations);
        })
        { Options = new() { ReadsPerSecond = 2, Clock = new FakeTimeProvider() } },
    ];

    private static IEnumerable<RuleCase> Nodes =>
    [
        Get("ObjectKnown", "no such message", 100, "/v25.0/aWdfaXRlbToxOklHTWVzc2FnZUlEOjE", 33),
        Get("ObjectKnown", "the messages of no such conversation", 100, "/v25.0/aWdfdGhyZWFkOjE6MTA2NTQwMzUyMjQy/messages", 33),
        Get("ObjectKnown", "a person nobody knows", 100, "/v25.0/1", 33) with { Options = new() { KnownCustomersOnly = true } },
        Get("ConsentGiven", "the magic person", 230, "/v25.0/90000000000000020"),
        new("ConsentGiven", "a customer who never agreed", 230, null, api =>
        {
            api.Emulator.AddCustomer(new Customer("1") { Consents = false });
            return api.GetAsync("/v25.0/1?fields=name");
        }),
        Get("InputTokenGiven", "none", 100, "/v25.0/debug_token"),
        new("DetailsKept", "the oldest of 21", 9000001, null, async api =>
        {
            string first = await api.SentIdAsync();
            for (int i = 0; i < 20; i++)
                await api.SentIdAsync();
            return await api.GetAsync($"/v25.0/{first}?fields=message");
        }),
        Get("PathKnown", "an unknown edge of a person", 2500, "/v25.0/1/likes") with { Status = 500 },
        Get("PathKnown", "an edge of debug_token", 2500, "/v25.0/debug_token/messages") with { Status = 500 },
        Get("AccountOwn", "the conversations of another account", 100, "/v25.0/1/conversations", 33),
    ];

    private static EmulatorOptions Instagram => new() { Login = IgLogin.Instagram };

    private static RuleCase Get(string rule, string how, int code, string path, int? subcode = null) =>
        new(rule, how, code, subcode, api => api.GetAsync(path));
}
