using System;
using System.Linq;
using System.Net;
using System.Threading;
using InstagramMessaging;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;
using InstagramMessaging.Emulator;
using Microsoft.VisualBasic.FileIO;

Console.WriteLine("PowerShell not found: this is the engine, not the module");
Console.WriteLine();

using GraphEmulator emulator = GraphEmulator.Start(new EmulatorOptions());
using var connection = new IgConnection(
    new IgConnection.Options(emulator.Account, emulator.Login, emulator.BaseUri, "v25.0", null, TimeSpan.FromSeconds(100), 100, 10),
    new NetworkCredential(string.Empty, emulator.AccessToken).SecurePassword,
    null,
    null);
var run = new SendRun(GraphClient.Of(connection), new EngineOptions(), Console.WriteLine);

int sent = 0, failed = 0;
using var table = new TextFieldParser(args[0]) { HasFieldsEnclosedInQuotes = true, Delimiters = [","] };
string[] header = table.ReadFields()!;
while (table.ReadFields() is { } cells)
{
    if (cells.All(string.IsNullOrWhiteSpace))
        continue;
    string Cell(string name) => cells[Array.IndexOf(header, name)];
    try
    {
        string recipient = IdRules.Recipient(Cell("RecipientId"));
        await SendAsync(Cell("Name"), new SendRequest(recipient, PayloadRules.Text(Cell("Text"), link: null), Envelope.None));
        if (Cell("MediaUrl").Length > 0)
            await SendAsync(Cell("Name"), new SendRequest(recipient, PayloadRules.Media(new MediaInput([Cell("MediaUrl")], [], [], null)), Envelope.None));
    }
    catch (InstagramApiException error)
    {
        Failed(Cell("Name"), error);
    }
}

Console.WriteLine();
Console.WriteLine($"{sent} sent, {failed} failed. The emulator's customers received:");
foreach (IgEmulatorMessage message in emulator.Messages())
    Console.WriteLine($"  {message.RecipientId}  {message.Kind,-6} {message.Content}");

return sent > 0 ? 0 : 1;

async System.Threading.Tasks.Task SendAsync(string name, SendRequest request)
{
    RowOutcome outcome = await run.SendAsync(request, CancellationToken.None, CancellationToken.None);
    if (outcome.Error is { } error)
    {
        Failed(name, error);
        return;
    }

    sent++;
    Console.WriteLine($"{outcome.Status,-7} {name}: {request.Payload.Describe()}");
}

void Failed(string name, InstagramApiException error)
{
    failed++;
    Console.WriteLine($"Failed  {name}: {error.ErrorId}: {error.Message}");
}
