using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using static InstagramMessaging.Emulator.Tests.Support.Api;

namespace InstagramMessaging.Emulator.Tests.Rules;

internal static class AccessCases
{
    private const string Hello = """{"recipient":{"id":"1"},"message":{"text":"Hello"}}""";
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string TokenOfVectors = "EAABtestToken123";
    private const string PlainVector = "1f4515764686013c9650a5040fa7c9ed061a986b984449ac6668230076c93205";
    private const string TimedVector = "dd6934d9f2130c838ce91eb0f94712b26bb8a63ca12f2ebabae3d53f8321b731";

    internal static IEnumerable<RuleCase> All =>
    [
        new("VersionKnown", "v0.9", 2500, null, api => api.PostAsync("/v0.9/me/messages", Json(Hello))) { Status = 500 },
        new("VersionKnown", "v27.0", 2500, null, api => api.PostAsync("/v27.0/me/messages", Json(Hello))) { Status = 500 },
        new("VersionKnown", "v25.1", 2500, null, api => api.PostAsync("/v25.1/me/messages", Json(Hello))) { Status = 500 },
        new("PathKnown", "unknown edge", 2500, null, api => api.PostAsync("/v25.0/me/message", Json(Hello))) { Status = 500 },
        new("PathKnown", "unknown node", 2500, null, api => api.PostAsync("/v25.0/you/messages", Json(Hello))) { Status = 500 },
        new("PathKnown", "too deep", 2500, null, api => api.PostAsync("/v25.0/me/messages/1", Json(Hello))) { Status = 500 },
        new("PathKnown", "no node", 2500, null, api => api.GetAsync("/v25.0")) { Status = 500 },
        new("TokenGiven", "none", 190, null, api => api.PostAsync(api.MessagesPath, Json(Hello), token: string.Empty)),
        new("TokenGivenForMe", "none", 2500, null, api => api.PostAsync("/v25.0/me/messages", Json(Hello), token: string.Empty)),
        new("TokenRight", "another", 190, null, api => api.PostAsync(api.MessagesPath, Json(Hello), token: "EAAother")),
        new("TokenRight", "another in the query", 190, null,
            api => api.PostAsync(api.MessagesPath + "?access_token=EAAother", Json(Hello))),
        new("TokenRight", "a number in the body", 190, null,
            api => api.SendAsync("""{"recipient":{"id":"1"},"message":{"text":"a"},"access_token":1}""")),
        new("AccountOwn", "another account", 100, 33, api => api.PostAsync("/v25.0/1234567890/messages", Json(Hello))),
        new("MethodKnown", "GET of messages", 100, 33, api => api.GetAsync("/v25.0/me/messages")),
        new("MethodKnown", "DELETE of an account", 100, 33, api => api.CallAsync(HttpMethod.Delete, "/v25.0/me", null)),
        new("MethodKnownOnInstagram", "GET of messages", 100, null, api => api.GetAsync("/v25.0/me/messages")) { Options = Instagram },
        .. Proofs,
    ];

    private static EmulatorOptions Instagram => new() { Login = IgLogin.Instagram };

    private static IEnumerable<RuleCase> Proofs =>
    [
        Proof("ProofGiven", "none", string.Empty),
        Proof("ProofGiven", "a time alone", "?appsecret_time=1790000000"),
        Proof("ProofRight", "another", "?appsecret_proof=" + PlainVector.Replace('1', '2')),
        Proof("ProofRight", "upper case", "?appsecret_proof=" + PlainVector.ToUpperInvariant()),
        Proof("ProofRight", "the plain one with a time", $"?appsecret_proof={PlainVector}&appsecret_time=1790000000"),
        Proof("ProofRight", "the timed one without its time", "?appsecret_proof=" + TimedVector),
        Proof("ProofRight", "the timed one with another time", $"?appsecret_proof={TimedVector}&appsecret_time=1790000001"),
        Proof("ProofRight", "a time that is no number", $"?appsecret_proof={TimedVector}&appsecret_time=now"),
        Proof("ProofRight", "the right one of no time", $"?appsecret_proof={ProofOf("now")}&appsecret_time=now"),
        Proof("ProofFresh", "too old", $"?appsecret_proof={TimedVector}&appsecret_time=1790000000", 1790000301),
        Proof("ProofFresh", "from the future", $"?appsecret_proof={TimedVector}&appsecret_time=1790000000", 1789999699),
        new("ProofRight", "no hash, without a secret", 100, null,
            api => api.PostAsync(api.MessagesPath + "?appsecret_proof=abc", Json(Hello))),
    ];

    private static string ProofOf(string time) => Convert.ToHexString(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{TokenOfVectors}|{time}"))).ToLowerInvariant();

    private static RuleCase Proof(string rule, string how, string query, long now = 1790000000) =>
        new(rule, how, 100, null, api => api.PostAsync(api.MessagesPath + query, Json(Hello)))
        {
            Options = new()
            {
                AppSecret = Secret,
                AccessToken = TokenOfVectors,
                Clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(now)),
            },
        };
}
