using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>Sending against a server with a limit: how much of it is used, how often the server has to say no, what is lost.</summary>
internal static class PaceBenchmark
{
    private const int Limit = 200;
    private const int Sends = 15 * Limit;
    private const int WarmUpSends = 2_560;
    private const string LatencyMilliseconds = "50";

    /// <summary>Of seconds, not Meta's minutes: a throttle answer shall cost its share of a run of 15 s, and not all of it.</summary>
    private const string BlockMilliseconds = "1000";

    private const double LeastAtLimit = 0.95;
    private const double LeastAboveLimit = 0.80;
    private const int MostThrottled = 3;

    public static async Task RunAsync(PowerShellProgram? pwsh, int runs, Table table)
    {
        if (pwsh is null)
        {
            table.Skip("the pace needs a PowerShell, and there is none here.");
            return;
        }

        using ClientProcess atLimitClient = await WarmAsync(pwsh);
        using ClientProcess aboveLimitClient = await WarmAsync(pwsh);
        var atLimit = new List<PacedRun>();
        var aboveLimit = new List<PacedRun>();
        for (int i = 0; i < runs; i++)
        {
            // Both mostly wait, so they need not wait for each other.
            Task<PacedRun> at = RunAsync(atLimitClient, Limit, "--no-usage-headers");
            Task<PacedRun> above = RunAsync(aboveLimitClient, 2 * Limit);
            atLimit.Add(await at);
            aboveLimit.Add(await above);
        }

        double atShare = Share(atLimit);
        table.Add($"-SendsPerSecond {Limit} at a limit of {Limit}/s, no usage headers", Table.Number(atShare * Limit, "sends/s", 0));
        table.Add("  of the limit", Table.Percent(atShare), "≥ " + Table.Percent(LeastAtLimit), atShare >= LeastAtLimit);
        AddWorst(table, atLimit, 0);

        double aboveShare = Share(aboveLimit);
        table.Add($"-SendsPerSecond {2 * Limit} at a limit of {Limit}/s, usage headers", Table.Number(aboveShare * Limit, "sends/s", 0));
        table.Add("  of the limit", Table.Percent(aboveShare), $"{LeastAboveLimit * 100:0} to 100 %", aboveShare is >= LeastAboveLimit and <= 1);
        AddWorst(table, aboveLimit, MostThrottled);
    }

    private static async Task<ClientProcess> WarmAsync(PowerShellProgram pwsh)
    {
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync();
        ClientProcess client = ClientProcess.PowerShell(pwsh);
        client.Connect(emulator.Server);
        await client.RunWholeAsync($"Measure-Module {WarmUpSends}", WarmUpSends);
        return client;
    }

    /// <summary>One run against a server of its own, which has forgotten nothing and blocks nobody yet.</summary>
    private static async Task<PacedRun> RunAsync(ClientProcess client, int sendsPerSecond, params string[] options)
    {
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync(
            [
                "--sends-per-second", $"{Limit}",
                "--throttle-block-ms", BlockMilliseconds,
                "--latency-ms", LatencyMilliseconds,
                "--requests-kept", $"{10 * Sends}",
                .. options,
            ]);
        client.Connect(emulator.Server, sendsPerSecond);
        RunFigures figures = await client.RunAsync($"Measure-Module {Sends}");
        EmulatorProcess.Summary summary = await emulator.EndAsync();
        long accepted = summary.Requests - summary.Broken.Values.Sum();
        string? trouble = figures.Trouble is null && accepted != figures.Sent ? $"The server accepted {accepted}, the client sent {figures.Sent}." : figures.Trouble;

        // The server's count, since a run that was stopped gives none.
        return new PacedRun(accepted / figures.Seconds, summary.Throttled, (int)(Sends - accepted), trouble);
    }

    private static double Share(List<PacedRun> runs) => Median.Of(runs.Select(run => run.Rate)) / Limit;

    /// <summary>What must not happen is not better for happening in two runs of five only.</summary>
    private static void AddWorst(Table table, List<PacedRun> runs, int mostThrottled)
    {
        int throttled = runs.Max(run => run.Throttled);
        int lost = runs.Max(run => run.Lost);
        table.Add("  throttle answers, in the worst run", $"{throttled}", mostThrottled == 0 ? "0" : $"≤ {mostThrottled}", throttled <= mostThrottled);
        table.Add("  messages lost, in the worst run", $"{lost}", "0", lost == 0);
        if (runs.Find(run => run.Trouble is not null) is { } troubled)
            table.Fail(troubled.Trouble!);
    }

    private sealed record PacedRun(double Rate, int Throttled, int Lost, string? Trouble);
}
