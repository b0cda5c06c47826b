using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>
/// Sends a second and processor time a send, with the pace out of the way: the module beside a bare HttpClient at the same
/// concurrency, and beside what people write without a module.
/// </summary>
internal sealed class ThroughputBenchmark(PowerShellProgram? pwsh, int runs)
{
    private const int LatencyMilliseconds = 50;
    private const int Concurrency = 64;

    // Some seconds a run for each. What does less a second gets fewer: it is a rate that is compared.
    private const int Sends = 3_840;
    private const int ParallelSends = 800;
    private const int LoopSends = 30;

    /// <summary>What ForEach-Object -Parallel does unasked.</summary>
    private const int DefaultConcurrency = 5;
    private const int DefaultParallelSends = 150;
    private const int SendsPerRecipient = 20;

    /// <summary>
    /// The runtime compiles what is called often a second time, and in the background: for some thousand sends, that is seen. It waits
    /// until nothing new was called for a while, so that much of it comes only with the next run, and each way to send has code of its own.
    /// </summary>
    private const int WarmUpSends = 8_000;
    private const int WarmUps = 3;

    private const double LeastOfBare = 0.90;
    private const double LeastOfBareWithJournal = 0.75;
    private const double LeastOfBareSorted = 0.75;
    private const double LeastTimesParallel = 5;
    private const double MostTimesBareCpu = 2;

    /// <summary>Beside the program, where there is a disk: a temporary folder may be memory, which is flushed for nothing.</summary>
    private static readonly string Journals = Path.Combine(AppContext.BaseDirectory, "journals");

    private int _journal;

    public async Task RunAsync(Table table)
    {
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync(
            "--latency-ms", $"{LatencyMilliseconds}", "--requests-kept", "0", "--messages-kept", "1");
        using ClientProcess bareClient = ClientProcess.Bare();
        var bare = new Variant(() => bareClient.RunWholeAsync(BareOrder(emulator.Server, Sends), Sends));
        Task warmUp = WarmUpAsync(bareClient, emulator.Server);
        if (pwsh is null)
        {
            await warmUp;
            await RunAllAsync([bare]);
            table.Add(BareName, Rate(bare));
            table.Skip("sending through the module needs a PowerShell, and there is none here.");
            return;
        }

        using ClientProcess module = ClientProcess.PowerShell(pwsh);
        using ClientProcess without = ClientProcess.PowerShell(pwsh);
        Directory.CreateDirectory(Journals);
        try
        {
            await Task.WhenAll(warmUp, WarmUpAsync(module, without, emulator.Server));
            await CompareAsync(bare, module, without, emulator.Server, table);
        }
        finally
        {
            Directory.Delete(Journals, recursive: true);
        }
    }

    private static string BareName => $"Bare HttpClient, {Concurrency} at once, {LatencyMilliseconds} ms latency";

    private async Task CompareAsync(Variant bare, ClientProcess module, ClientProcess without, EmulatorProcess.Ready server, Table table)
    {
        var plain = new Variant(() => module.RunWholeAsync(PlainOrder(Sends), Sends));
        var journal = new Variant(() => module.RunWholeAsync(JournalOrder(Sends), Sends));
        var sorted = new Variant(() => module.RunWholeAsync(SortedOrder(Sends), Sends));
        var parallel = new Variant(() => without.RunWholeAsync(ParallelOrder(server, ParallelSends, Concurrency), ParallelSends));
        var unasked = new Variant(() => without.RunWholeAsync(ParallelOrder(server, DefaultParallelSends, DefaultConcurrency), DefaultParallelSends));
        var loop = new Variant(() => without.RunWholeAsync(Order("Measure-Loop", server, LoopSends), LoopSends));
        await RunAllAsync([bare, plain, journal, sorted, parallel, unasked, loop]);

        table.Add(BareName, Rate(bare));
        table.Add($"Send-IgText -ThrottleLimit {Concurrency}, no journal", Rate(plain));
        AddShare(table, plain, bare, LeastOfBare);
        table.Add("ForEach-Object -Parallel with Invoke-RestMethod", Rate(unasked));
        AddTimes(table, "  Send-IgText is faster", plain.Rate / unasked.Rate, LeastTimesParallel);

        // No budget: nobody can send more than the concurrency divided by the latency, whatever the other does.
        table.Add($"  the same with -ThrottleLimit {Concurrency}", Rate(parallel));
        table.Add("  Send-IgText is faster", Table.Number(plain.Rate / parallel.Rate, "×", 1));
        table.Add("Invoke-RestMethod in a loop", Rate(loop));
        table.Add("Send-IgText with -JournalPath", Rate(journal));
        AddShare(table, journal, bare, LeastOfBareWithJournal);
        table.Add($"Send-IgText, rows sorted by recipient, {SendsPerRecipient} each", Rate(sorted));
        AddShare(table, sorted, bare, LeastOfBareSorted);
        AddCpu(table, plain, bare);
    }

    /// <summary>In turn, so that a busy moment hits all.</summary>
    private async Task RunAllAsync(IReadOnlyList<Variant> variants)
    {
        for (int i = 0; i < runs; i++)
        {
            foreach (Variant variant in variants)
                await variant.RunAsync();
        }
    }

    private static async Task WarmUpAsync(ClientProcess bare, EmulatorProcess.Ready server)
    {
        for (int i = 0; i < WarmUps; i++)
            await bare.RunWholeAsync(BareOrder(server, WarmUpSends), WarmUpSends);
    }

    /// <summary>As many runs as the bare client has, one of each kind.</summary>
    private async Task WarmUpAsync(ClientProcess module, ClientProcess without, EmulatorProcess.Ready server)
    {
        module.Connect(server);
        foreach (string order in new[] { PlainOrder(WarmUpSends), JournalOrder(WarmUpSends), SortedOrder(WarmUpSends) })
            await module.RunWholeAsync(order, WarmUpSends);
        await without.RunWholeAsync(ParallelOrder(server, Concurrency, Concurrency), Concurrency);
        await without.RunWholeAsync(Order("Measure-Loop", server, LoopSends), LoopSends);
    }

    private static string BareOrder(EmulatorProcess.Ready server, int sends) =>
        JsonSerializer.Serialize(new RunOrder(server.Messages, server.AccessToken, sends, Concurrency));

    private static string Order(string function, EmulatorProcess.Ready server, int sends) =>
        $"{function} {server.Messages} {server.AccessToken} {sends}";

    private static string ParallelOrder(EmulatorProcess.Ready server, int sends, int concurrency) => $"{Order("Measure-Parallel", server, sends)} {concurrency}";

    private static string PlainOrder(int sends) => $"Measure-Module {sends}";

    private static string SortedOrder(int sends) => $"{PlainOrder(sends)} -PerRecipient {SendsPerRecipient}";

    /// <summary>A new journal each time: with the one of before, every row would be skipped.</summary>
    private string JournalOrder(int sends)
    {
        string path = Path.Combine(Journals, $"{++_journal}.jsonl");
        return $"{PlainOrder(sends)} -With @{{ JournalPath = {PowerShellProgram.Quote(path)} }}";
    }

    private static string Rate(Variant variant) => Table.Number(variant.Rate, "sends/s", 0);

    private static void AddShare(Table table, Variant variant, Variant bare, double least)
    {
        double share = variant.Rate / bare.Rate;
        table.Add("  of the bare HttpClient", Table.Percent(share), "≥ " + Table.Percent(least), share >= least);
    }

    private static void AddTimes(Table table, string what, double times, double least) =>
        table.Add(what, Table.Number(times, "×"), "≥ " + Table.Number(least, "×"), times >= least);

    private static void AddCpu(Table table, Variant module, Variant bare)
    {
        double times = module.CpuPerSend / bare.CpuPerSend;
        table.Add("CPU per send, bare HttpClient", Table.Number(bare.CpuPerSend * 1_000, "µs", 0));
        table.Add("CPU per send, Send-IgText", Table.Number(module.CpuPerSend * 1_000, "µs", 0));
        table.Add("  times the bare HttpClient", Table.Number(times, "×", 2), "≤ " + Table.Number(MostTimesBareCpu, "×", 2), times <= MostTimesBareCpu);
    }
}
