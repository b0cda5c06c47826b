using System;
using System.Collections.Generic;
using System.Globalization;

namespace InstagramMessaging.Benchmarks;

/// <summary>The command line: <c>--module folder --pwsh program [--runs N] [--only one of the benchmarks]</c>.</summary>
/// <param name="Module">The folder of the built module.</param>
/// <param name="PowerShell">The PowerShell to use; null where there is none.</param>
/// <param name="Runs">How many runs each median is of; null leaves it to the benchmark.</param>
/// <param name="Only">The one benchmark that is wanted; null for all.</param>
internal sealed record BenchmarkOptions(string Module, PowerShellProgram? PowerShell, int? Runs, string? Only)
{
    public const string Import = "import";
    public const string Throughput = "throughput";
    public const string Pace = "pace";
    public const string Memory = "memory";
    public const string Media = "media";
    public const string Emulator = "emulator";

    private static readonly string[] All = [Import, Throughput, Pace, Memory, Media, Emulator];

    /// <exception cref="ArgumentException">The message says what is wrong.</exception>
    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (arguments[i] is not ("--module" or "--pwsh" or "--runs" or "--only") || i + 1 == arguments.Count)
                throw new ArgumentException($"{arguments[i]}: give --module <folder>, --pwsh <program>, --runs <number>, --only {string.Join('|', All)}.");
            values[arguments[i]] = arguments[i + 1];
        }

        string? only = values.GetValueOrDefault("--only");
        if (only is not null && Array.IndexOf(All, only) < 0)
            throw new ArgumentException($"--only is one of {string.Join(", ", All)}.");
        string module = values.GetValueOrDefault("--module") ?? throw new ArgumentException("--module is missing.");
        string pwsh = values.GetValueOrDefault("--pwsh", string.Empty);
        return new BenchmarkOptions(module, pwsh.Length == 0 ? null : new PowerShellProgram(pwsh, module), RunsOf(values), only);
    }

    public bool Wants(string benchmark) => Only is null || Only == benchmark;

    private static int? RunsOf(Dictionary<string, string> values)
    {
        if (!values.TryGetValue("--runs", out string? text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int runs) && runs > 0
            ? runs
            : throw new ArgumentException("--runs must be a number from 1.");
    }
}
