using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.State;
using InstagramMessaging.Emulator.Tests.Support;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class OutcomeCases
{
    private const string HumanAgent = ",\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\"";

    internal static IEnumerable<RuleCase> All =>
    [
        new("RateKept", "a second send in a second", 613, 2534040, async api =>
        {
            await api.SentIdAsync();
            return await api.SendTextToAsync("1");
        })
        { Options = new() { SendsPerSecond = 1, Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider() } },
        Known("WindowOpen", "a customer who wrote a day and a second ago", 10, 2534022, TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1)),
        Known("WindowOpen", "a customer who never wrote", 10, 2534022, null),
        Known("AgentInTime", "seven days and a second", 10, 2534022, TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1), HumanAgent),
        Known("AgentInTime", "a customer who never wrote", 10, 2534022, null, HumanAgent),
        new("UserExists", "nobody known", 100, 2534014, api => api.SendTextToAsync("1")) { Options = new() { KnownCustomersOnly = true } },
        new("UserAvailable", "a customer who blocked the account", 551, 1545041, api =>
        {
            api.Emulator.AddCustomer(new Customer("1") { IsAvailable = false, LastWroteAt = api.Emulator.Now });
            return api.SendTextToAsync("1");
        }),
        new("TokenUnexpired", "the second call after", 190, 463, async api =>
        {
            await api.SendTextToAsync("90000000000001002");
            await api.SendTextToAsync("1");
            return await api.SendTextToAsync("1");
        }),
        new("TokenUnexpired", "at once", 190, 463, api => api.SendTextToAsync("90000000000001000")),
        new("RateKept", "in the minute that was announced", 613, 2534040, async api =>
        {
            await api.SendTextToAsync("90000000000000011");
            return await api.SendTextToAsync("1");
        }),
        Magic("RateKept", "2001", 613, 2534040),
        Magic("WindowOpen", "01", 10, 2534022),
        Magic("WindowOpen", "01", 10, 2534022, " on Instagram login") with { Status = 403, Options = new() { Login = IgLogin.Instagram } },
        Magic("UserExists", "02", 100, 2534014),
        Magic("UserAvailable", "03", 551, 1545041),
        Magic("AccountUnrestricted", "04", 10, 1893063),
        Magic("PermissionGranted", "05", 10, null),
        Magic("TokenUnexpired", "06", 190, 463),
        Magic("MediaTaken", "07", 100, 2018047),
        Magic("RateKept", "08", 613, 2534040),
        Magic("RateKept", "09", 613, 2534040),
        Magic("RateKept", "10", 613, 2534040),
        Magic("RateKeptBare", "11", 613, null),
        Magic("UnexpectedError", "14", 2, null) with { Status = 500 },
        Magic("InvalidReply", "18", 1, 1357046),
    ];

    private static RuleCase Magic(string rule, string number, int code, int? subcode, string where = "") =>
        new(rule, $"magic {number}{where}", code, subcode, api => api.SendTextToAsync($"9000000000000{number.PadLeft(4, '0')}"));

    private static RuleCase Known(string rule, string how, int code, int? subcode, TimeSpan? ago, string members = "") =>
        new(rule, how, code, subcode, api =>
        {
            api.Emulator.AddCustomer(new Customer(Api.Person) { LastWroteAt = api.Emulator.Now - ago });
            return api.SendMessageAsync("""{"text":"a"}""", members);
        })
        { Options = new() { Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider() } };
}
