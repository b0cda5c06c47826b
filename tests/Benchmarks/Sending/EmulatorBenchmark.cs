using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>
/// The emulator itself: sends a second that it answers to a client in another process, the memory that it then holds, and what it costs
/// to start one in a session that has sent once.
/// </summary>
internal static class EmulatorBenchmark
{
    private const int Sends = 40_000;
    private const int WarmUpSends = 40_000;
    private const int Concurrency = 64;
    private const int MessagesKept = 20_000;

    private const double LeastSends = 5_000;
    private const double MostMebibytes = 32;
    private const double MostStartMilliseconds = 200;

    public static async Task RunAsync(PowerShellProgram? pwsh, int runs, Table table)
    {
        // As it is started by hand, but for a ring that is full when the measurement begins.
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--messages-kept", $"{MessagesKept}");
        using ClientProcess client = ClientProcess.Bare();
        string order = JsonSerializer.Serialize(new RunOrder(emulator.Server.Messages, emulator.Server.AccessToken, Sends, Concurrency));
        await client.RunWholeAsync(order, WarmUpSends);
        double before = emulator.Mebibytes;
        var rates = new List<double>();
        for (int i = 0; i < runs; i++)
            rates.Add((await client.RunWholeAsync(order, Sends)).Rate);

        double rate = Median.Of(rates);
        double more = emulator.Mebibytes - before;
        table.Add($"The emulator, {Concurrency} at once, load from another process", Table.Number(rate, "sends/s", 0), "≥ " + Table.Number(LeastSends, "sends/s", 0), rate >= LeastSends);
        table.Add($"  its memory, {MessagesKept:N0} messages kept, after {WarmUpSends:N0} sends", Table.Number(before, "MiB"));
        table.Add($"  more after {runs * Sends:N0} further ones", Table.Number(more, "MiB"), "≤ " + Table.Number(MostMebibytes, "MiB"), more <= MostMebibytes);
        if (pwsh is null)
            table.Skip("the start of an emulator needs a PowerShell, and there is none here.");
        else
            AddStart(pwsh, runs, table);
    }

    private static void AddStart(PowerShellProgram pwsh, int runs, Table table)
    {
        var times = new List<double>();
        for (int i = 0; i < runs; i++)
            times.Add(Start(pwsh));
        double time = Median.Of(times);
        table.Add("Start-IgEmulator in a session that has sent once", Table.Number(time, "ms"), "≤ " + Table.Number(MostStartMilliseconds, "ms"), time <= MostStartMilliseconds);
    }

    /// <summary>In a fresh process that has sent to an address where nobody answers: the emulator's code was never run before.</summary>
    private static double Start(PowerShellProgram pwsh) => pwsh.Time(
        $$"""
        Import-Module {{PowerShellProgram.Quote(pwsh.Manifest)}}
        $token = [securestring]::new(); 'EAAtoken'.ToCharArray().ForEach({ $token.AppendChar($_) })
        Connect-IgAccount -PageId 1 -AccessToken $token -BaseUri http://127.0.0.1:9
        try { Send-IgText 17 'Hi' -MaximumUnknown 1 -MaximumRetryCount 0 -ErrorAction SilentlyContinue } catch { }
        """,
        "$null = Start-IgEmulator");
}
