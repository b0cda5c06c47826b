using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace InstagramMessaging.Benchmarks;

/// <summary>What <c>Import-Module</c> costs in a fresh process, beside an empty binary module behind the same kind of manifest and psm1.</summary>
internal static class ImportBenchmark
{
    private const double BudgetMilliseconds = 60;

    public static bool Run(string pwsh, string module, int runs, Action<string, string, string> row)
    {
        string ours = Path.GetFullPath(Path.Combine(module, "InstagramMessaging.psd1"));
        string empty = Path.Combine(AppContext.BaseDirectory, "EmptyModule", "EmptyModule.psd1");
        var oursTimes = new List<double>();
        var emptyTimes = new List<double>();

        // One of each first, so that neither pays for a cold disk; then in turn, so that a busy moment hits both.
        Import(pwsh, ours);
        Import(pwsh, empty);
        for (int i = 0; i < runs; i++)
        {
            emptyTimes.Add(Import(pwsh, empty));
            oursTimes.Add(Import(pwsh, ours));
        }

        double more = Median(oursTimes) - Median(emptyTimes);
        row("Import-Module of an empty binary module, fresh process", Format(Median(emptyTimes)), string.Empty);
        row("Import-Module InstagramMessaging, fresh process", Format(Median(oursTimes)), string.Empty);
        row("  more than the empty one", Format(more), "≤ " + Format(BudgetMilliseconds));
        return more <= BudgetMilliseconds;
    }

    private static double Import(string pwsh, string manifest)
    {
        var start = new ProcessStartInfo(pwsh) { RedirectStandardOutput = true };
        string script = $"$ErrorActionPreference = 'Stop'; $watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        if (Path.GetFileNameWithoutExtension(pwsh) == "dotnet")
            Array.ForEach(["tool", "run", "pwsh", "--"], start.ArgumentList.Add);
        Array.ForEach(["-NoProfile", "-NonInteractive", "-Command", script], start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{manifest} could not be imported: {output}");
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static string Format(double milliseconds) => milliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";
}
