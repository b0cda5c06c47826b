using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>
/// Uploads: how fast a file goes and how much memory that takes, beside a bare HttpClient that streams the same file; and how often one
/// file goes that a thousand people get.
/// </summary>
internal static class MediaBenchmark
{
    private const int Mebibyte = 1024 * 1024;
    private const int LargestFile = 25 * Mebibyte;
    private const int Film = 20 * Mebibyte;
    private const int SmallFile = 1024;
    private const int Uploads = 8;
    private const int Recipients = 1_000;
    private const double MostMebibytes = 16;

    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "media");

    public static async Task RunAsync(PowerShellProgram? pwsh, int runs, Table table)
    {
        if (pwsh is null)
        {
            table.Skip("uploads through the module need a PowerShell, and there is none here.");
            return;
        }

        Directory.CreateDirectory(Files);
        try
        {
            string large = MakeFilm("large.mp4", LargestFile), film = MakeFilm("film.mp4", Film), small = MakeFilm("small.mp4", SmallFile);
            await CompareSpeedAsync(pwsh, runs, large, table);
            await CompareMemoryAsync(pwsh, runs, small, large, table);
            await CountUploadsAsync(pwsh, runs, film, table);
        }
        finally
        {
            Directory.Delete(Files, recursive: true);
        }
    }

    private static async Task CompareSpeedAsync(PowerShellProgram pwsh, int runs, string file, Table table)
    {
        using EmulatorProcess emulator = await StartAsync();
        using ClientProcess bareClient = ClientProcess.Bare();
        using ClientProcess moduleClient = ClientProcess.PowerShell(pwsh);
        var bare = new Variant(() => bareClient.RunWholeAsync(BareOrder(emulator.Server, file, Uploads), Uploads));
        var module = new Variant(() => moduleClient.RunWholeAsync(ModuleOrder(emulator.Server, file, Uploads), Uploads));

        // The first round only warms up.
        await bareClient.RunWholeAsync(BareOrder(emulator.Server, file, Uploads), Uploads);
        await moduleClient.RunWholeAsync(ModuleOrder(emulator.Server, file, Uploads), Uploads);
        for (int i = 0; i < runs; i++)
        {
            await bare.RunAsync();
            await module.RunAsync();
        }

        table.Add("Bare HttpClient, 25 MB file, one after another", Speed(bare));
        table.Add("New-IgAttachment, the same, hashed first", Speed(module));
        table.Add("  of the bare HttpClient", Table.Percent(module.Rate / bare.Rate));
    }

    private static async Task CompareMemoryAsync(PowerShellProgram pwsh, int runs, string small, string large, Table table)
    {
        using EmulatorProcess emulator = await StartAsync();
        List<double> idle = [], module = [], bareIdle = [], bare = [];
        for (int i = 0; i < runs; i++)
        {
            idle.Add(await PeakAsync(ClientProcess.PowerShell(pwsh), ModuleOrder(emulator.Server, small, 1)));
            module.Add(await PeakAsync(ClientProcess.PowerShell(pwsh), ModuleOrder(emulator.Server, large, 1)));
            bareIdle.Add(await PeakAsync(ClientProcess.Bare(), BareOrder(emulator.Server, small, 1)));
            bare.Add(await PeakAsync(ClientProcess.Bare(), BareOrder(emulator.Server, large, 1)));
        }

        double more = Median.Of(module) - Median.Of(idle);
        table.Add("Peak memory, 25 MB upload above one of 1 KB, bare HttpClient", Table.Number(Median.Of(bare) - Median.Of(bareIdle), "MiB"));
        table.Add("Peak memory, 25 MB upload above one of 1 KB, New-IgAttachment", Table.Number(more, "MiB"), "≤ " + Table.Number(MostMebibytes, "MiB"), more <= MostMebibytes);
    }

    private static async Task CountUploadsAsync(PowerShellProgram pwsh, int runs, string film, Table table)
    {
        long most = 0;
        List<double> seconds = [];
        for (int i = 0; i < runs; i++)
        {
            using EmulatorProcess emulator = await StartAsync();
            using ClientProcess client = ClientProcess.PowerShell(pwsh);
            client.Connect(emulator.Server);
            RunFigures figures = await client.RunWholeAsync($"Measure-Film {PowerShellProgram.Quote(film)} {Recipients}", Recipients);
            seconds.Add(figures.Seconds);
            most = Math.Max(most, (await emulator.EndAsync()).Requests - Recipients);
        }

        table.Add($"One 20 MB file to {Recipients:N0} recipients, Send-IgMedia -ThrottleLimit 16", Table.Number(Median.Of(seconds), "s"));
        table.Add("  uploads, in the worst run", most.ToString(CultureInfo.InvariantCulture), "1", most == 1);
    }

    private static Task<EmulatorProcess> StartAsync() => EmulatorProcess.StartAsync("--requests-kept", "0", "--messages-kept", "1");

    private static async Task<double> PeakAsync(ClientProcess client, string order)
    {
        using (client)
            return (await client.RunWholeAsync(order, 1)).PeakBytes / (double)Mebibyte;
    }

    private static string BareOrder(EmulatorProcess.Ready server, string file, int count) =>
        JsonSerializer.Serialize(new RunOrder(server.Attachments, server.AccessToken, count, Concurrency: 1, file));

    private static string ModuleOrder(EmulatorProcess.Ready server, string file, int count) =>
        $"Measure-Upload {server.BaseUri} {server.AccountId} {server.AccessToken} {PowerShellProgram.Quote(file)} {count}";

    private static string Speed(Variant variant) => Table.Number(variant.Rate * LargestFile / Mebibyte, "MiB/s", 0);

    /// <summary>It begins as a video does; the rest is noise, which nothing on the way can make smaller.</summary>
    private static string MakeFilm(string name, int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        byte[] head = [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 2, 0, 0, 0, 0, 0, .. "mdat"u8];
        head.CopyTo(bytes, 0);
        string path = Path.Combine(Files, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
