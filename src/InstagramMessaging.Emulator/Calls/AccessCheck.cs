using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Whether the caller may ask at all: token, proof, account.</summary>
internal sealed class AccessCheck(EmulatorState state)
{
    private static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(5);

    private readonly string? _plainProof = state.AppSecret is null ? null : Proof(state.AppSecret, state.AccessToken);

    internal void Check(GraphCall call)
    {
        (GraphPath path, CallParameters parameters) = (call.Path, call.Parameters);
        if (parameters.Tokens.Count == 0)
            throw (path.IsMe ? AccessRules.TokenGivenForMe : AccessRules.TokenGiven).Broken();
        if (path.Edge == GraphEdge.DebugToken && parameters.Tokens.TrueForAll(token => token == state.AppToken))
            return;
        if (parameters.Tokens.Exists(token => token != state.AccessToken))
            throw AccessRules.TokenRight.Broken();

        CheckProof(parameters);
        if (!state.Token.Covers())
            throw OutcomeRules.TokenUnexpired.Broken(state.Clock.GetUtcNow(), state.Clock.GetUtcNow());
        if (path.IsOfAccount && !path.IsMe && path.Node != state.Account)
            throw AccessRules.AccountOwn.Broken(call.Method, path.Node);
    }

    private void CheckProof(CallParameters parameters)
    {
        if (parameters.Proof is null && (_plainProof is not null || parameters.ProofTime is not null))
            throw AccessRules.ProofGiven.Broken();
        if (parameters.Proof is null)
            return;

        if (parameters.ProofTime is null)
            CheckProof(parameters.Proof, _plainProof);
        else
            CheckTimedProof(parameters.Proof, parameters.ProofTime);
    }

    private void CheckTimedProof(string proof, string time)
    {
        if (time.Length > 11 || !Digits.AreId(time))
            throw AccessRules.ProofRight.Broken();

        CheckProof(proof, state.AppSecret is null ? null : Proof(state.AppSecret, $"{state.AccessToken}|{time}"));
        // By the clock on the wall, as the client has it, however far the emulator's was moved on.
        TimeSpan age = state.WallClock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, CultureInfo.InvariantCulture));
        if (age.Duration() > ProofLife)
            throw AccessRules.ProofFresh.Broken();
    }

    // Without a secret of our own only the shape can be checked, as far as it is a proof at all.
    private static void CheckProof(string given, string? right)
    {
        if (right is null ? !IsHash(given) : given != right)
            throw AccessRules.ProofRight.Broken();
    }

    private static bool IsHash(string text)
    {
        foreach (char c in text)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                return false;
        }

        return text.Length == 64;
    }

    private static string Proof(string secret, string text)
    {
        using var hash = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return Hex.Of(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
