using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

// Tally <results folder> <folder of the module tests> <PowerShell, or nothing> <suite…>
// A suite is the name of a .trx or of a Pester .json in the results folder. One that left no result has failed, unless it needs a
// PowerShell and there is none: then its tests are counted as skipped, never as passed.
string results = args[0];
string moduleTests = args[1];
bool hasPowerShell = args[2].Length > 0;
var total = default(Count);
foreach (string suite in args.Skip(3))
{
    string path = Path.Combine(results, suite);
    Count count = File.Exists(path) ? Read(path)
        : suite.EndsWith(".json", StringComparison.Ordinal) && !hasPowerShell ? Unrun("there is no PowerShell here")
        : new Count(0, 1, 0, "it ended without a result");
    Console.WriteLine($"{Path.GetFileNameWithoutExtension(suite)}: {count}");
    if (count.Why is not null)
        Console.WriteLine($"*** {(count.Failed > 0 ? "FAILED" : "SKIPPED")}: {suite}: {count.Why}.");
    total = total.Plus(count);
}

// build.sh and build.ps1 print it as the very last line, whatever MSBuild says after this.
File.WriteAllText(Path.Combine(results, "summary.txt"), total + Environment.NewLine);
return total.Failed == 0 && total.Passed > 0 ? 0 : 1;

Count Read(string path)
{
    if (path.EndsWith(".trx", StringComparison.Ordinal))
    {
        XElement summary = XDocument.Load(path).Descendants().Single(element => element.Name.LocalName == "ResultSummary");
        XElement counters = summary.Elements().Single(element => element.Name.LocalName == "Counters");
        int Number(string name) => int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        int passed = Number("passed"), failed = Number("failed") + Number("error") + Number("timeout") + Number("aborted");
        bool isWhole = Number("total") > 0 && (failed > 0 || summary.Attribute("outcome")!.Value == "Completed");

        // A test host that dies leaves the results of the tests before it, and none of them failed.
        return isWhole ? new Count(passed, failed, Number("total") - passed - failed, null) : new Count(passed, 1, 0, "the run was aborted");
    }

    using JsonDocument pester = JsonDocument.Parse(File.ReadAllText(path));
    JsonElement root = pester.RootElement;
    return root.TryGetProperty("notRun", out JsonElement why)
        ? Unrun(why.GetString()!)
        : new Count(root.GetProperty("passed").GetInt32(), root.GetProperty("failed").GetInt32(), root.GetProperty("skipped").GetInt32(), null);
}

// Only what stands in the files can be counted without running them: a test with many cases counts once.
Count Unrun(string why) => new(
    0,
    0,
    Directory.EnumerateFiles(moduleTests, "*.Tests.ps1").Sum(file => Regex.Count(File.ReadAllText(file), @"(?m)^\s*It\s+['""]")),
    why);

internal readonly record struct Count(int Passed, int Failed, int Skipped, string? Why)
{
    public Count Plus(Count other) => new(Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped, null);

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
