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

    public static void Run(PowerShellProgram? pwsh, int runs, Table table)
    {
        if (pwsh is null)
        {
            table.Skip("the import needs a PowerShell, and there is none here.");
            return;
        }

        string empty = Path.Combine(AppContext.BaseDirectory, "EmptyModule", "EmptyModule.psd1");
        var oursTimes = new List<double>();
        var emptyTimes = new List<double>();

        // One of each first, so that neither pays for a cold disk; then in turn, so that a busy moment hits both.
        Import(pwsh, pwsh.Manifest);
        Import(pwsh, empty);
        for (int i = 0; i < runs; i++)
        {
            emptyTimes.Add(Import(pwsh, empty));
            oursTimes.Add(Import(pwsh, pwsh.Manifest));
        }

        double more = Median.Of(oursTimes) - Median.Of(emptyTimes);
        table.Add("Import-Module of an empty binary module, fresh process", Format(Median.Of(emptyTimes)));
        table.Add("Import-Module InstagramMessaging, fresh process", Format(Median.Of(oursTimes)));
        table.Add("  more than the empty one", Format(more), "≤ " + Format(BudgetMilliseconds), more <= BudgetMilliseconds);
    }

    private static double Import(PowerShellProgram pwsh, string manifest)
    {
        string script = $"$ErrorActionPreference = 'Stop'; $watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module {PowerShellProgram.Quote(manifest)}; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        using Process process = Process.Start(pwsh.Start(script))!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{manifest} could not be imported: {output}");
    }

    private static string Format(double milliseconds) => Table.Number(milliseconds, "ms");
}
