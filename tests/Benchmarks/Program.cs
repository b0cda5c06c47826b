using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using InstagramMessaging.Benchmarks.Sending;

namespace InstagramMessaging.Benchmarks;

/// <summary>Prints one table of figures beside their budgets; the exit code says whether all of them held.</summary>
internal static class Program
{
    /// <summary>The program starts itself with it, as the client that the module is compared with.</summary>
    public const string BareClientVerb = "--client";

    private const int ImportRuns = 25;
    private const int SendingRuns = 5;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [BareClientVerb])
            return await BareClient.RunAsync(Console.In, Console.Out);

        try
        {
            return await MeasureAsync(BenchmarkOptions.Parse(arguments)) ? 0 : 1;
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }
    }

    private static async Task<bool> MeasureAsync(BenchmarkOptions options)
    {
        int importRuns = options.Runs ?? ImportRuns;
        int sendingRuns = options.Runs ?? SendingRuns;
        Console.WriteLine($"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}; medians of {importRuns} imports and {sendingRuns} runs, side by side");
        Console.WriteLine();
        var table = new Table();
        if (options.Wants(BenchmarkOptions.Throughput))
            await TryAsync(table, () => new ThroughputBenchmark(options.PowerShell, sendingRuns).RunAsync(table));
        if (options.Wants(BenchmarkOptions.Pace))
            await TryAsync(table, () => PaceBenchmark.RunAsync(options.PowerShell, sendingRuns, table));
        if (options.Wants(BenchmarkOptions.Memory))
            await TryAsync(table, () => MemoryBenchmark.RunAsync(options.PowerShell, sendingRuns, table));
        if (options.Wants(BenchmarkOptions.Media))
            await TryAsync(table, () => MediaBenchmark.RunAsync(options.PowerShell, sendingRuns, table));
        if (options.Wants(BenchmarkOptions.Emulator))
            await TryAsync(table, () => EmulatorBenchmark.RunAsync(options.PowerShell, sendingRuns, table));

        // Last: the build's servers, which a build leaves behind for a while, are in the way of milliseconds.
        if (options.Wants(BenchmarkOptions.Import))
            await TryAsync(table, () => Task.Run(() => ImportBenchmark.Run(options.PowerShell, importRuns, table)));

        table.End();
        return table.Holds;
    }

    /// <summary>What could not be measured costs its own rows, and the exit code.</summary>
    private static async Task TryAsync(Table table, Func<Task> benchmark)
    {
        try
        {
            await benchmark();
        }
        catch (Exception trouble) when (trouble is InvalidOperationException or TimeoutException or IOException)
        {
            table.Fail(trouble.Message);
        }
    }
}
