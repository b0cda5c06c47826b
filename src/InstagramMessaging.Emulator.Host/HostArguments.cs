using System;
using System.Collections.Generic;
using System.Globalization;

namespace InstagramMessaging.Emulator.Host;

/// <summary>The command line, read.</summary>
/// <param name="Options">What to start.</param>
/// <param name="WantsHelp">Whether to print <see cref="Help"/> instead.</param>
internal sealed record HostArguments(EmulatorOptions Options, bool WantsHelp)
{
    internal const string Help = """
        Plays Meta's Graph API for Instagram messages on this machine, without the network.

        Usage: dotnet run --project src/InstagramMessaging.Emulator.Host -- [options]

          --port <0-65535>        the port; 0, the default, takes any free one
          --account <digits>      the id in the paths
          --instagram-login       play graph.instagram.com instead of graph.facebook.com
          --access-token <token>  the token to take
          --app-secret <secret>   require an appsecret_proof made with it
          --help                  this text

        It prints one JSON line when it is ready, and listens on loopback only. Ctrl-C ends it.
        """;

    /// <exception cref="ArgumentException">The message says what is wrong, without the values of secrets.</exception>
    internal static HostArguments Parse(IReadOnlyList<string> arguments)
    {
        var options = new EmulatorOptions();
        bool wantsHelp = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--help":
                    wantsHelp = true;
                    break;
                case "--instagram-login":
                    options = options with { Login = IgLogin.Instagram };
                    break;
                case "--port":
                    options = options with { Port = ParsePort(ValueAfter(arguments, ref i)) };
                    break;
                case "--account":
                    options = options with { Account = ValueAfter(arguments, ref i) };
                    break;
                case "--access-token":
                    options = options with { AccessToken = ValueAfter(arguments, ref i) };
                    break;
                case "--app-secret":
                    options = options with { AppSecret = ValueAfter(arguments, ref i) };
                    break;
                default:
                    // It may be a secret whose option was forgotten: only what looks like an option is repeated.
                    throw new ArgumentException(arguments[i].StartsWith("--", StringComparison.Ordinal)
                        ? $"Unknown option {arguments[i]}."
                        : $"Argument {i + 1} belongs to no option.");
            }
        }

        return new HostArguments(options, wantsHelp);
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? port
            : throw new ArgumentException("--port must be a number from 0 to 65535.");

    private static string ValueAfter(IReadOnlyList<string> arguments, ref int index)
    {
        if (index + 1 == arguments.Count)
            throw new ArgumentException($"{arguments[index]} needs a value.");
        return arguments[++index];
    }
}
