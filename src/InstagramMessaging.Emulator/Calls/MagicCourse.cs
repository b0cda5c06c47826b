using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Plays the outcome that a magic recipient stands for.</summary>
internal sealed class MagicCourse(EmulatorState state)
{
    private const string GatewayPage = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    internal async Task<HttpAnswer> AnswerAsync(
        MagicRecipient magic, Send send, List<KeyValuePair<string, string>> headers, Func<Send, HttpAnswer> accept)
    {
        switch (magic.Outcome)
        {
            case MagicOutcome.Refused:
                if (magic.Error == OutcomeRules.WindowOpen && send.Tag is not null)
                    return accept(send);
                throw Error(magic);

            case MagicOutcome.RefusedAtFirst:
                if (state.CountAttempt(magic.Id) > magic.Times)
                    return accept(send);
                if (magic.AnnouncesWait)
                    AnswerHeaders.Add(headers, state, percent: 100, TimeSpan.FromMinutes(1));
                throw Error(magic);

            case MagicOutcome.BadGateway:
                return new HttpAnswer(502, GatewayPage) { ContentType = "text/html; charset=utf-8" };

            case MagicOutcome.AcceptedSlowly:
                await state.DelayAsync(MagicRecipients.Slowness).ConfigureAwait(false);
                return accept(send);

            case MagicOutcome.AcceptedThenError:
                accept(send);
                throw Error(magic);

            case MagicOutcome.AcceptedWithoutIds:
                return accept(send) with { Body = "{}" };

            default:
                return accept(send) with { Ending = Ending(magic.Outcome) };
        }
    }

    private static AnswerEnding Ending(MagicOutcome outcome) => outcome switch
    {
        MagicOutcome.AcceptedThenReset => AnswerEnding.Reset,
        MagicOutcome.AcceptedThenSilence => AnswerEnding.Silence,
        MagicOutcome.AcceptedThenHalfAnswer => AnswerEnding.Half,
        _ => throw new InvalidOperationException($"No ending for {outcome}."),
    };

    private RuleBrokenException Error(MagicRecipient magic)
    {
        DateTimeOffset now = state.Clock.GetUtcNow();
        return magic.Error!.Broken(now.AddDays(-1), now);
    }
}
