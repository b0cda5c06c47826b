using System;
using System.Diagnostics;
using System.IO;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>A program that was built beside this one, in a process of its own with its streams in our hands.</summary>
internal static class DotnetProgram
{
    public static Process Start(string assembly, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        var start = new ProcessStartInfo("dotnet", ["exec", "--roll-forward", "Major", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
