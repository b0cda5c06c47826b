using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Host;

/// <summary>The emulator as a program of its own, for clients in any language.</summary>
internal static class Program
{
    private const int Ended = 0;
    private const int CannotStart = 1;
    private const int BadArguments = 2;
    private const int LogIsNotWhole = 3;

    private static int Main(string[] arguments)
    {
        try
        {
            var parsed = HostArguments.Parse(arguments);
            if (!parsed.WantsHelp)
                return Run(parsed);

            Console.Out.WriteLine(HostArguments.Help);
            return Ended;
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            Console.Error.WriteLine("--help lists the options.");
            return BadArguments;
        }
        catch (SocketException taken)
        {
            Console.Error.WriteLine($"Cannot listen: {taken.Message}");
            return CannotStart;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Cannot write the log: {trouble.Message}");
            return CannotStart;
        }
    }

    private static int Run(HostArguments arguments)
    {
        using var end = new ManualResetEventSlim();
        void End(PosixSignalContext signal)
        {
            // Not the runtime's way out: Main ends by itself, with its own exit code.
            signal.Cancel = true;
            end.Set();
        }

        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var emulator = GraphEmulator.Start(arguments.Options);
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            baseUri = emulator.BaseUri,
            accountId = emulator.Account,
            accessToken = emulator.AccessToken,
        }));
        if (arguments.Options is { Seed: null, FaultRate: > 0 } or { Seed: null, Jitter.Ticks: > 0 })
            Console.Error.WriteLine($"--seed {emulator.Seed} plays this night again.");
        if (arguments.IsAttached)
            _ = EndWithInputAsync(end);
        end.Wait();
        if (arguments.IsAttached)
            Console.Out.WriteLine(Summary(emulator));
        if (emulator.LogTrouble is null)
            return Ended;

        Console.Error.WriteLine($"The log is not whole: {emulator.LogTrouble}");
        return LogIsNotWhole;
    }

    /// <summary>So that the host does not outlive the program that started it, however that one ends.</summary>
    private static async Task EndWithInputAsync(ManualResetEventSlim end)
    {
        using Stream input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null).ConfigureAwait(false);
        end.Set();
    }

    private static string Summary(GraphEmulator emulator) => JsonSerializer.Serialize(new
    {
        requests = emulator.RequestCount,
        broken = emulator.Requests()
            .Where(request => request.Rule is not null)
            .GroupBy(request => request.Rule!)
            .ToDictionary(rule => rule.Key, rule => rule.Count()),
    });
}
