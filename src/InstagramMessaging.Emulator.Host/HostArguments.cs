using System;
using System.Collections.Generic;
using System.Globalization;

namespace InstagramMessaging.Emulator.Host;

/// <summary>The command line, read.</summary>
/// <param name="Options">What to start.</param>
/// <param name="IsAttached">Whether to end with the standard input, and with a summary.</param>
/// <param name="WantsHelp">Whether to print <see cref="Help"/> instead.</param>
internal sealed record HostArguments(EmulatorOptions Options, bool IsAttached, bool WantsHelp)
{
    internal const string Help = """
        Plays Meta's Graph API for Instagram messages on this machine, without the network.

        Usage: dotnet run --project src/InstagramMessaging.Emulator.Host -- [options]

          --port <0-65535>          the port; 0, the default, takes any free one
          --account <digits>        the id in the paths
          --instagram-login         play graph.instagram.com instead of graph.facebook.com
          --access-token <token>    the token to take
          --app-secret <secret>     require an appsecret_proof made with it
          --latency-ms <n>          how late each answer comes
          --sends-per-second <n>    throttle who sends more, audio and video apart
          --throttle-block-ms <n>   for how long; a minute by default
          --no-usage-headers        answer without the headers that tell how much of a limit is used
          --messages-kept <n>       how many of the newest messages are kept
          --requests-kept <n>       how many of the newest requests are kept
          --attached                end with the standard input, too, and close with a JSON line that counts the
                                    requests, and by rule those kept that broke one
          --help                    this text

        It prints one JSON line when it is ready, and listens on loopback only. Ctrl-C ends it.
        """;

    /// <exception cref="ArgumentException">The message says what is wrong, without the values of secrets.</exception>
    internal static HostArguments Parse(IReadOnlyList<string> arguments)
    {
        var options = new EmulatorOptions();
        bool isAttached = false;
        bool wantsHelp = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--help":
                    wantsHelp = true;
                    break;
                case "--attached":
                    isAttached = true;
                    break;
                case "--instagram-login":
                    options = options with { Login = IgLogin.Instagram };
                    break;
                case "--no-usage-headers":
                    options = options with { UsageHeaders = false };
                    break;
                default:
                    options = WithValue(options, arguments, ref i);
                    break;
            }
        }

        return new HostArguments(options, isAttached, wantsHelp);
    }

    private static EmulatorOptions WithValue(EmulatorOptions options, IReadOnlyList<string> arguments, ref int index) => arguments[index] switch
    {
        "--port" => options with { Port = (int)Number(arguments, ref index, 65_535) },
        "--account" => options with { Account = ValueAfter(arguments, ref index) },
        "--access-token" => options with { AccessToken = ValueAfter(arguments, ref index) },
        "--app-secret" => options with { AppSecret = ValueAfter(arguments, ref index) },
        "--latency-ms" => options with { Latency = TimeSpan.FromMilliseconds(Number(arguments, ref index)) },
        "--sends-per-second" => options with { SendsPerSecond = Number(arguments, ref index) },
        "--throttle-block-ms" => options with { ThrottleBlock = TimeSpan.FromMilliseconds(Number(arguments, ref index)) },
        "--messages-kept" => options with { MessagesKept = (int)Number(arguments, ref index) },
        "--requests-kept" => options with { RequestsKept = (int)Number(arguments, ref index) },

        // It may be a secret whose option was forgotten: only what looks like an option is repeated.
        string other when other.StartsWith("--", StringComparison.Ordinal) => throw new ArgumentException($"Unknown option {other}."),
        _ => throw new ArgumentException($"Argument {index + 1} belongs to no option."),
    };

    private static uint Number(IReadOnlyList<string> arguments, ref int index, uint most = int.MaxValue)
    {
        string option = arguments[index];
        return uint.TryParse(ValueAfter(arguments, ref index), NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= most
            ? number
            : throw new ArgumentException($"{option} must be a number from 0 to {most}.");
    }

    private static string ValueAfter(IReadOnlyList<string> arguments, ref int index)
    {
        if (index + 1 == arguments.Count)
            throw new ArgumentException($"{arguments[index]} needs a value.");
        return arguments[++index];
    }
}
