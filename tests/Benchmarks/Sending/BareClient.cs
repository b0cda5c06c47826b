using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>An order for <see cref="BareClient"/>.</summary>
/// <param name="Uri">Where to post.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Sends">How many messages.</param>
/// <param name="Concurrency">How many at once.</param>
/// <param name="File">A video to upload, in place of a text; null for texts.</param>
internal sealed record RunOrder(Uri Uri, string Token, int Sends, int Concurrency, string? File = null);

/// <summary>
/// What the module is compared with: an <see cref="HttpClient"/> that posts the same JSON, reads the answer and takes the id out of
/// it, as many at once. No row, no rule, no pace, no outcome.
/// </summary>
internal static class BareClient
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Answers orders until there are no more.</summary>
    public static async Task<int> RunAsync(TextReader orders, TextWriter answers)
    {
        while (await orders.ReadLineAsync() is { } line)
        {
            RunFigures figures = await MeasureAsync(JsonSerializer.Deserialize<RunOrder>(line)!);
            await answers.WriteLineAsync(figures.ToLine());
            await answers.FlushAsync();
        }

        return 0;
    }

    private static async Task<RunFigures> MeasureAsync(RunOrder order)
    {
        (string Recipient, string Text)[] rows = [.. Enumerable.Range(1, order.Sends).Select(i => ($"{17_841_400_000_000_000 + i}", $"Message {i} of a benchmark"))];
        var authorization = new AuthenticationHeaderValue("Bearer", order.Token);
        int sent = 0;
        Exception? trouble = null;
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        TimeSpan cpu = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = order.Concurrency }, async (row, cancel) =>
        {
            try
            {
                Task<string?> send = order.File is { } file
                    ? UploadAsync(order.Uri, authorization, file, cancel)
                    : SendAsync(order.Uri, authorization, row.Recipient, row.Text, cancel);
                if (await send is { Length: > 0 })
                    Interlocked.Increment(ref sent);
            }
            catch (Exception failed) when (failed is HttpRequestException or JsonException or KeyNotFoundException)
            {
                trouble ??= failed;
            }
        });
        double seconds = watch.Elapsed.TotalSeconds;
        self.Refresh();
        return new RunFigures(sent, seconds, (self.TotalProcessorTime - cpu).TotalMilliseconds, self.PeakWorkingSet64, trouble?.Message);
    }

    private static async Task<string?> UploadAsync(Uri uri, AuthenticationHeaderValue authorization, string file, CancellationToken cancel)
    {
        var data = new StreamContent(File.OpenRead(file));
        data.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("instagram"), "\"platform\"" },
            { new StringContent("""{"attachment":{"type":"video","payload":{"is_reusable":true}}}"""), "\"message\"" },
        };

        // The framework's own way to add a file names it twice, which Meta does not document.
        data.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"filedata\"", FileName = "\"film.mp4\"" };
        form.Add(data);
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = form };
        request.Headers.Authorization = authorization;
        using HttpResponseMessage response = await Http.SendAsync(request, cancel);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
        return answer.RootElement.GetProperty("attachment_id").GetString();
    }

    private static async Task<string?> SendAsync(Uri uri, AuthenticationHeaderValue authorization, string recipient, string text, CancellationToken cancel)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { recipient = new { id = recipient }, message = new { text } });
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = authorization;
        using HttpResponseMessage response = await Http.SendAsync(request, cancel);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
        return answer.RootElement.GetProperty("message_id").GetString();
    }
}
