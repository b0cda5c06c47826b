using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace InstagramMessaging.Benchmarks;

/// <summary>The PowerShell that runs the module, and the module that it runs.</summary>
internal sealed class PowerShellProgram(string path, string moduleFolder)
{
    public string Manifest { get; } = Path.GetFullPath(Path.Combine(moduleFolder, "InstagramMessaging.psd1"));

    /// <summary>A fresh PowerShell that takes this command; <c>-</c> makes it take one after the other from its standard input.</summary>
    public ProcessStartInfo Start(string command)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true };

        // PowerShell as a .NET tool has no program of its own.
        if (Path.GetFileNameWithoutExtension(path) == "dotnet")
            Array.ForEach(["tool", "run", "pwsh", "--"], start.ArgumentList.Add);
        Array.ForEach(["-NoProfile", "-NonInteractive", "-Command", command], start.ArgumentList.Add);
        return start;
    }

    /// <summary>How many milliseconds a command takes in a fresh process, behind another that is not counted.</summary>
    /// <exception cref="InvalidOperationException">One of them failed.</exception>
    public double Time(string before, string command)
    {
        string script = $"""
            $ErrorActionPreference = 'Stop'
            {before}
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            {command}
            $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
            """;
        using Process process = Process.Start(Start(script))!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && double.TryParse(output.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds)
            ? milliseconds
            : throw new InvalidOperationException($"{command}: {output}");
    }

    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
