using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>A client in a process of its own: one line is one order, answered by one line of figures.</summary>
internal sealed class ClientProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private ClientProcess(Process process) => _process = process;

    /// <summary>A <see cref="BareClient"/>; its orders are <see cref="RunOrder"/>s.</summary>
    public static ClientProcess Bare() =>
        new(DotnetProgram.Start("InstagramMessaging.Benchmarks", Program.BareClientVerb));

    /// <summary>A PowerShell with the module and the functions of <c>Client.ps1</c>; its orders are calls of these.</summary>
    public static ClientProcess PowerShell(PowerShellProgram pwsh)
    {
        ProcessStartInfo start = pwsh.Start("-");
        start.RedirectStandardInput = true;
        var client = new ClientProcess(Process.Start(start)!);
        string script = Path.Combine(AppContext.BaseDirectory, "Sending", "Client.ps1");
        client.Write($". {PowerShellProgram.Quote(script)} -Manifest {PowerShellProgram.Quote(pwsh.Manifest)}");
        return client;
    }

    /// <summary>Connects the module; the pace is out of the way unless it is what is measured.</summary>
    public void Connect(EmulatorProcess.Ready server, int sendsPerSecond = 100_000) =>
        Write($"Connect-Server {server.BaseUri} {server.AccountId} {server.AccessToken} {sendsPerSecond}");

    private void Write(string order)
    {
        _process.StandardInput.WriteLine(order);
        _process.StandardInput.Flush();
    }

    /// <summary>Gives an order and waits for its figures.</summary>
    public async Task<RunFigures> RunAsync(string order)
    {
        Write(order);
        try
        {
            return await ReadAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"No figures after {Patience.TotalMinutes} minutes from: {order}");
        }
    }

    /// <summary>The same, for a run in which every message must arrive.</summary>
    public async Task<RunFigures> RunWholeAsync(string order, int sends)
    {
        RunFigures figures = await RunAsync(order);
        return figures.Sent == sends
            ? figures
            : throw new InvalidOperationException($"{figures.Sent} of {sends} were sent: {figures.Trouble ?? "no error told why"}. Order: {order}");
    }

    public void Dispose()
    {
        // A client ends with its input.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<RunFigures> ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (RunFigures.OfLine(line) is { } figures)
                return figures;
        }

        throw new InvalidOperationException("A client ended before its time.");
    }
}
