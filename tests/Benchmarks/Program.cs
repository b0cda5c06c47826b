using System;
using System.Collections.Generic;
using InstagramMessaging.Benchmarks;

// Benchmarks --module <folder of the built module> --pwsh <PowerShell, or nothing> [--runs <odd number>]
var options = new Dictionary<string, string>();
for (int i = 0; i + 1 < args.Length; i += 2)
    options[args[i]] = args[i + 1];
int runs = options.TryGetValue("--runs", out string? given) ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 15;

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; medians of {runs} runs, side by side");
Console.WriteLine();
Console.WriteLine($"| {"What",-54} | {"Figure",14} | {"Budget",14} |");
Console.WriteLine($"|{new string('-', 56)}|{new string('-', 15)}:|{new string('-', 15)}:|");

bool holds = true;
if (options.TryGetValue("--pwsh", out string? pwsh) && pwsh.Length > 0)
    holds &= ImportBenchmark.Run(pwsh, options["--module"], runs, Row);
else
    Console.WriteLine("*** SKIPPED: the import needs a PowerShell, and there is none here.");
return holds ? 0 : 1;

static void Row(string what, string figure, string budget) => Console.WriteLine($"| {what,-54} | {figure,14} | {budget,14} |");
