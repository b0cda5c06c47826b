using System;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Calls;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Faults;

/// <summary>Plays the fault that a magic recipient or chance chose for a call.</summary>
internal sealed class FaultCourse(EmulatorState state)
{
    private const string GatewayPage = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

    /// <param name="accept">Makes the call as if there were no fault.</param>
    internal async Task<HttpAnswer> PlayAsync(MagicFault fault, GraphCall call, Func<Task<HttpAnswer>> accept)
    {
        call.Fault = fault.Outcome.ToString();
        switch (fault.Outcome)
        {
            case MagicOutcome.Refused:
                throw Error(fault);

            case MagicOutcome.BadGateway:
                return new HttpAnswer(502, GatewayPage) { ContentType = "text/html; charset=utf-8" };

            case MagicOutcome.Reset:
                return new HttpAnswer(200, string.Empty) { Ending = AnswerEnding.Reset };

            case MagicOutcome.AcceptedSlowly:
                await state.DelayAsync(MagicRecipients.Slowness).ConfigureAwait(false);
                return await accept().ConfigureAwait(false);

            case MagicOutcome.AcceptedThenError:
                await accept().ConfigureAwait(false);
                throw Error(fault);

            case MagicOutcome.AcceptedWithoutIds:
                return await accept().ConfigureAwait(false) with { Body = "{}" };

            default:
                return await accept().ConfigureAwait(false) with { Ending = Ending(fault.Outcome) };
        }
    }

    internal RuleBrokenException Error(MagicFault fault)
    {
        DateTimeOffset now = state.Clock.GetUtcNow();
        return fault.Error!.Broken(now.AddDays(-1), now);
    }

    private static AnswerEnding Ending(MagicOutcome outcome) => outcome switch
    {
        MagicOutcome.AcceptedThenReset => AnswerEnding.Reset,
        MagicOutcome.AcceptedThenSilence => AnswerEnding.Silence,
        MagicOutcome.AcceptedThenHalfAnswer => AnswerEnding.Half,
        _ => throw new InvalidOperationException($"No ending for {outcome}."),
    };
}
