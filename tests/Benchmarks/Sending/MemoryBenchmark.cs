using System.Collections.Generic;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>The most memory that a PowerShell holds while rows stream through it, many beside few, a fresh process for each.</summary>
internal static class MemoryBenchmark
{
    private const int FewRows = 1_000;
    private const int ManyRows = 200_000;
    private const double MostMebibytes = 64;

    public static async Task RunAsync(PowerShellProgram? pwsh, int runs, Table table)
    {
        if (pwsh is null)
        {
            table.Skip("the memory needs a PowerShell, and there is none here.");
            return;
        }

        using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--requests-kept", "0", "--messages-kept", "1");
        var few = new List<double>();
        var many = new List<double>();
        for (int i = 0; i < runs; i++)
        {
            few.Add(await PeakAsync(pwsh, emulator.Server, FewRows));
            many.Add(await PeakAsync(pwsh, emulator.Server, ManyRows));
        }

        double more = Median.Of(many) - Median.Of(few);
        table.Add($"Peak memory, {FewRows:N0} rows from the pipeline, fresh process", Format(Median.Of(few)));
        table.Add($"Peak memory, {ManyRows:N0} rows from the pipeline, fresh process", Format(Median.Of(many)));
        table.Add("  more than the few", Format(more), "≤ " + Format(MostMebibytes), more <= MostMebibytes);
    }

    private static async Task<double> PeakAsync(PowerShellProgram pwsh, EmulatorProcess.Ready server, int rows)
    {
        using ClientProcess client = ClientProcess.PowerShell(pwsh);
        client.Connect(server);
        RunFigures figures = await client.RunWholeAsync($"Measure-Stream {rows}", rows);
        return figures.PeakBytes / (1024.0 * 1024);
    }

    private static string Format(double mebibytes) => Table.Number(mebibytes, "MiB");
}
