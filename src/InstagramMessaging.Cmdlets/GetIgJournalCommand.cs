using System;
using System.IO;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Journal;

namespace InstagramMessaging.Cmdlets;

/// <summary>Reads a journal back: one object per row, or its counts. A run may be writing it meanwhile.</summary>
[Cmdlet(VerbsCommon.Get, "IgJournal")]
[OutputType(typeof(IgJournalEntry), typeof(IgJournalSummary))]
public sealed class GetIgJournalCommand : IgCommand
{
    /// <summary>The journal, as a run was given it. Wildcards are not looked for.</summary>
    [Parameter(Position = 0)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Path { get; set; }

    /// <summary>The journal, taken as it is; binds to files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? LiteralPath { get; set; }

    /// <summary>Gives the counts instead of the rows.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        string? given = null;
        try
        {
            given = Given();
            JournalReport journal = JournalReport.Read(FullPath(given));
            if (journal.IsTorn)
                WriteVerbose($"The last line of '{given}' is half a line, of a run that was killed or is writing now. It is left out.");
            if (Summary)
                WriteObject(journal.Summary);
            else
                WriteObject(journal.Entries, enumerateCollection: true);
        }
        catch (InstagramApiException error)
        {
            WriteError(ErrorRecords.Of(error, given));
        }
    }

    private string Given() => (string.IsNullOrWhiteSpace(Path), string.IsNullOrWhiteSpace(LiteralPath)) switch
    {
        (false, true) => Path!,
        (true, false) => LiteralPath!,
        (true, true) => throw IgError.Of(ErrorId.JournalForeign, "No journal was named.", remedy: "Give its path as -Path, or pipe a file."),
        _ => throw IgError.Of(ErrorId.JournalForeign, "-Path and -LiteralPath name a journal each.", remedy: "Give one of them."),
    };

    private string FullPath(string path)
    {
        try
        {
            string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? full : throw new NotSupportedException($"It is in the provider {provider.Name}, not a file.");
        }
        catch (Exception trouble) when (trouble is RuntimeException or NotSupportedException or ArgumentException or IOException)
        {
            throw IgError.Of(ErrorId.JournalForeign, $"There is no journal '{path}': {trouble.Message.TrimEnd('.')}.", trouble, "Check the path: it is what a run was given as -JournalPath.");
        }
    }
}
