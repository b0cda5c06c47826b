using System;
using System.Diagnostics;
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

    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
