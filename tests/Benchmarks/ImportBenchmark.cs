using System;
using System.Collections.Generic;
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

    private static double Import(PowerShellProgram pwsh, string manifest) => pwsh.Time(string.Empty, $"Import-Module {PowerShellProgram.Quote(manifest)}");

    private static string Format(double milliseconds) => Table.Number(milliseconds, "ms");
}
