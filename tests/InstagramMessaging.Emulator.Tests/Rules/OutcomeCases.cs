using System.Collections.Generic;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class OutcomeCases
{
    internal static IEnumerable<RuleCase> All =>
    [
        new("RateKept", "a second send in a second", 613, 2534040, async api =>
        {
            await api.SentIdAsync();
            return await api.SendTextToAsync("1");
        })
        { Options = new() { SendsPerSecond = 1, Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider() } },
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
        new(rule, $"magic {number}{where}", code, subcode, api => api.SendTextToAsync($"900000000000000{number}"));
}
