using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace InstagramMessaging.Emulator.Tests;

public sealed class HostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_prints_one_JSON_line_serves_and_ends_by_a_signal()
    {
        using Process host = Start("--port", "0", "--account", "17840000000000009", "--access-token", "EAAhost");
        using var limit = new CancellationTokenSource(Patience);
        JsonElement ready = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync(limit.Token))!).RootElement;

        using var http = new HttpClient { BaseAddress = new Uri(ready.GetProperty("baseUri").GetString()!) };
        string me = await http.GetStringAsync($"v25.0/me?access_token={ready.GetProperty("accessToken").GetString()}", limit.Token);
        int? exitCode = await EndAsync(host, limit.Token);

        Assert.Contains("\"id\":\"17840000000000009\"", me, StringComparison.Ordinal);
        Assert.Equal("17840000000000009", ready.GetProperty("accountId").GetString());
        Assert.Empty(await host.StandardOutput.ReadToEndAsync(limit.Token));
        Assert.True(exitCode is null or 0);
    }

    [Fact]
    public async Task Attached_it_ends_with_its_input_and_counts_the_requests_by_the_rule_they_broke()
    {
        using Process host = Start("--attached", "--messages-kept", "1", "--requests-kept", "2");
        using var limit = new CancellationTokenSource(Patience);
        JsonElement ready = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync(limit.Token))!).RootElement;
        using var http = new HttpClient { BaseAddress = new Uri(ready.GetProperty("baseUri").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", ready.GetProperty("accessToken").GetString());
        foreach (string text in (string[])["Hello", ""])
        {
            using var message = new StringContent($$"""{"recipient":{"id":"1"},"message":{"text":"{{text}}"} }""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.PostAsync($"v25.0/{ready.GetProperty("accountId").GetString()}/messages", message, limit.Token);
        }

        host.StandardInput.Close();
        JsonElement summary = JsonDocument.Parse(await host.StandardOutput.ReadToEndAsync(limit.Token)).RootElement;
        await host.WaitForExitAsync(limit.Token);

        Assert.Equal("""{"requests":2,"broken":{"TextNotEmpty":1}}""", summary.GetRawText());
        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task It_listens_elsewhere_only_when_told_logs_and_tells_the_seed_of_a_night_of_chance()
    {
        string log = Path.GetTempFileName();
        using Process host = Start("--listen", "0.0.0.0", "--log", log, "--fault-rate", "0", "--jitter-ms", "1", "--loose", "--attached");
        using var limit = new CancellationTokenSource(Patience);
        JsonElement ready = JsonDocument.Parse((await host.StandardOutput.ReadLineAsync(limit.Token))!).RootElement;
        string? told = await host.StandardError.ReadLineAsync(limit.Token);
        var baseUri = new Uri(ready.GetProperty("baseUri").GetString()!);

        // Every address of 127/8 is loopback (but on macOS), and only who listens on all of them answers at the second.
        string other = OperatingSystem.IsMacOS() ? "127.0.0.1" : "127.0.0.2";
        using var http = new HttpClient();
        string me = await http.GetStringAsync($"http://{other}:{baseUri.Port}/v25.0/me?colour=red&access_token={ready.GetProperty("accessToken").GetString()}", limit.Token);
        host.StandardInput.Close();
        await host.WaitForExitAsync(limit.Token);

        Assert.Contains("\"id\"", me, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", baseUri.Host);
        Assert.Matches("^--seed [0-9]+ plays this night again.$", told);
        Assert.Contains("access_token=***", File.ReadAllText(log), StringComparison.Ordinal);
        File.Delete(log);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_on_the_error_stream()
    {
        using Process host = Start("--log", Path.Combine(Path.GetTempPath(), "no such folder", "a.jsonl"));
        using var limit = new CancellationTokenSource(Patience);
        string error = await host.StandardError.ReadToEndAsync(limit.Token);
        await host.WaitForExitAsync(limit.Token);

        Assert.Equal(1, host.ExitCode);
        Assert.Contains("log", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prot", "8080")]
    [InlineData("--port", "many")]
    [InlineData("--port", "99999")]
    [InlineData("--account", "my.shop")]
    [InlineData("--latency-ms", "-1")]
    [InlineData("--sends-per-second", "0")]
    [InlineData("--throttle-block-ms", "0.5")]
    [InlineData("--access-token")]
    [InlineData("--fault-rate", "1.5")]
    [InlineData("--fault-rate", "often")]
    [InlineData("--listen", "everywhere")]
    [InlineData("--seed", "-1")]
    [InlineData("canarySecret")]
    public async Task Wrong_arguments_are_told_on_the_error_stream_with_exit_code_2(params string[] arguments)
    {
        using Process host = Start(arguments);
        using var limit = new CancellationTokenSource(Patience);
        string error = await host.StandardError.ReadToEndAsync(limit.Token);
        await host.WaitForExitAsync(limit.Token);

        Assert.Equal(2, host.ExitCode);
        Assert.Contains("--help", error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        using Process host = Start("--help");
        using var limit = new CancellationTokenSource(Patience);
        string text = await host.StandardOutput.ReadToEndAsync(limit.Token);
        await host.WaitForExitAsync(limit.Token);

        Assert.Equal(0, host.ExitCode);
        Assert.Contains("--instagram-login", text, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "InstagramMessaging.Emulator.Host.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", "--roll-forward", "Major", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>By SIGTERM where there are signals, and the exit code; elsewhere by force.</summary>
    private static async Task<int?> EndAsync(Process host, CancellationToken limit)
    {
        if (OperatingSystem.IsWindows())
        {
            host.Kill();
            await host.WaitForExitAsync(limit);
            return null;
        }

        using Process kill = Process.Start("kill", ["-TERM", host.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await host.WaitForExitAsync(limit);
        return host.ExitCode;
    }
}
