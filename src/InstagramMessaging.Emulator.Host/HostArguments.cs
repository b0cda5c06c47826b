using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;

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
          --listen <address>        where to listen; without it on loopback only. Whoever reaches it can read what was sent
          --account <digits>        the id in the paths
          --instagram-login         play graph.instagram.com instead of graph.facebook.com
          --access-token <token>    the token to take
          --app-secret <secret>     require an appsecret_proof made with it
          --loose                   let pass what Graph is only suspected to refuse
          --known-customers-only    refuse recipients that never wrote
          --latency-ms <n>          how late each answer comes
          --jitter-ms <n>           how much later at the most, by chance
          --fault-rate <0-1>        the share of calls that fail, by chance
          --seed <n>                where chance begins; without it anywhere, and the error stream tells where
          --sends-per-second <n>    throttle who sends more, audio and video apart
          --media-per-second <n>    throttle who sends more audio and video
          --reads-per-second <n>    throttle who lists conversations more often
          --throttle-block-ms <n>   for how long; a minute by default
          --no-usage-headers        answer without the headers that tell how much of a limit is used
          --messages-kept <n>       how many of the newest messages are kept
          --requests-kept <n>       how many of the newest requests are kept
          --log <file>              append each request and answer as a line of JSON, without secrets
          --attached                end with the standard input, too, and close with a JSON line that counts the
                                    requests, and by rule those kept that broke one
          --help                    this text

        It prints one JSON line when it is ready. Ctrl-C ends it.
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
                case "--loose":
                    options = options with { IsLoose = true };
                    break;
                case "--known-customers-only":
                    options = options with { KnownCustomersOnly = true };
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
        "--listen" => options with { ListenAddress = Address(arguments, ref index), AllowsRemote = true },
        "--jitter-ms" => options with { Jitter = TimeSpan.FromMilliseconds(Number(arguments, ref index)) },
        "--fault-rate" => options with { FaultRate = Share(arguments, ref index) },
        "--seed" => options with { Seed = (int)Number(arguments, ref index) },
        "--log" => options with { LogPath = ValueAfter(arguments, ref index) },
        "--media-per-second" => options with { MediaPerSecond = Number(arguments, ref index) },
        "--reads-per-second" => options with { ReadsPerSecond = Number(arguments, ref index) },
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

    private static double Share(IReadOnlyList<string> arguments, ref int index)
    {
        string option = arguments[index];
        return double.TryParse(ValueAfter(arguments, ref index), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share <= 1
            ? share
            : throw new ArgumentException($"{option} must be a number from 0 to 1.");
    }

    private static IPAddress Address(IReadOnlyList<string> arguments, ref int index)
    {
        string option = arguments[index];
        return IPAddress.TryParse(ValueAfter(arguments, ref index), out IPAddress? address)
            ? address
            : throw new ArgumentException($"{option} must be an IP address, 0.0.0.0 for all of this machine.");
    }

    private static string ValueAfter(IReadOnlyList<string> arguments, ref int index)
    {
        if (index + 1 == arguments.Count)
            throw new ArgumentException($"{arguments[index]} needs a value.");
        return arguments[++index];
    }
}
