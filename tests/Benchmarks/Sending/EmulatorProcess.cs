using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>The offline Graph API in a process of its own, on a free port.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Process _process;

    private EmulatorProcess(Process process, Ready server)
    {
        _process = process;
        Server = server;
    }

    public Ready Server { get; }

    /// <param name="options">Those of the host's command line.</param>
    public static async Task<EmulatorProcess> StartAsync(params string[] options)
    {
        // Attached: it ends with this program, however this one ends.
        Process process = DotnetProgram.Start("InstagramMessaging.Emulator.Host", ["--attached", .. options]);
        try
        {
            return new EmulatorProcess(process, await ReadAsync<Ready>(process));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>The memory that it holds now.</summary>
    public double Mebibytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>Ends it, and gives what it counted.</summary>
    public Task<Summary> EndAsync()
    {
        _process.StandardInput.Close();
        return ReadAsync<Summary>(_process);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.Dispose();
    }

    private static async Task<T> ReadAsync<T>(Process process)
    {
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return line is null
            ? throw new InvalidOperationException("The emulator ended before its time.")
            : JsonSerializer.Deserialize<T>(line, Web)!;
    }

    /// <summary>Where it listens and whom it plays.</summary>
    internal sealed record Ready(Uri BaseUri, string AccountId, string AccessToken)
    {
        /// <summary>Where messages are posted.</summary>
        public Uri Messages => new(BaseUri, $"v25.0/{AccountId}/messages");

        /// <summary>Where files are posted.</summary>
        public Uri Attachments => new(BaseUri, $"v25.0/{AccountId}/message_attachments");
    }

    /// <summary>What it counted.</summary>
    /// <param name="Requests">All that came.</param>
    /// <param name="Broken">By rule, those that broke one.</param>
    internal sealed record Summary(long Requests, Dictionary<string, int> Broken)
    {
        public int Throttled => Broken.GetValueOrDefault("RateKept");
    }
}
