using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// Writes the rows that certainly were not delivered as a table that can be mended and sent again. It is written beside its place and
/// moved there when the run has ended: the table that is being read may be the very one that is to be replaced.
/// </summary>
internal sealed class FailedRows : IDisposable
{
    private const string ErrorColumn = "IgErrorId";
    private const string RemedyColumn = "IgRemedy";

    private readonly string _path;
    private readonly string _beside;
    private readonly StreamWriter _writer;
    private readonly SteppablePipeline _csv;
    private bool _isClosed;

    /// <param name="path">A full path of the file system.</param>
    /// <exception cref="InstagramApiException"><c>IgFailedPathUnwritable</c>.</exception>
    public FailedRows(string path)
    {
        _path = path;
        _beside = path + ".partial";
        try
        {
            if (Directory.Exists(path))
                throw new IOException("it is a folder");
            if (File.Exists(path))
                new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();

            // With a BOM: the spreadsheet of Windows that mends it takes anything else for another encoding.
            _writer = new StreamWriter(new FileStream(_beside, FileMode.Create, FileAccess.Write, FileShare.Read), new UTF8Encoding(true)) { AutoFlush = true };
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unwritable(trouble);
        }

        // PowerShell's own cmdlet knows its quoting best.
        _csv = ScriptBlock.Create("Microsoft.PowerShell.Utility\\ConvertTo-Csv -NoTypeInformation").GetSteppablePipeline(CommandOrigin.Internal);
        _csv.Begin(true);
    }

    /// <exception cref="InstagramApiException"><c>IgFailedPathUnwritable</c>.</exception>
    public void Add(Row row, InstagramApiException error)
    {
        var cells = new PSObject();
        foreach (KeyValuePair<string, object?> cell in row.AsCells())
        {
            if (cell.Key is not (ErrorColumn or RemedyColumn) && cells.Properties[cell.Key] is null)
                cells.Properties.Add(new PSNoteProperty(cell.Key, cell.Value));
        }

        cells.Properties.Add(new PSNoteProperty(ErrorColumn, error.ErrorId));
        cells.Properties.Add(new PSNoteProperty(RemedyColumn, error.Remedy));
        Write(_csv.Process(cells));
    }

    /// <summary>Puts the table in its place; an empty one too, so that the rows of an earlier run do not stay there.</summary>
    /// <exception cref="InstagramApiException"><c>IgFailedPathUnwritable</c>.</exception>
    public void Complete()
    {
        Write(_csv.End());
        _isClosed = true;
        try
        {
            _writer.Dispose();
            File.Copy(_beside, _path, overwrite: true);
            File.Delete(_beside);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(trouble);
        }
    }

    /// <summary>After a run that did not end by itself the table stays beside its place: there are rows that it knows nothing of.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _csv.Dispose();
        _writer.Dispose();
    }

    private void Write(Array lines)
    {
        try
        {
            foreach (object? line in (IEnumerable)lines)
                _writer.WriteLine((line as PSObject)?.BaseObject ?? line);
        }
        catch (IOException trouble)
        {
            throw Unwritable(trouble);
        }
    }

    private InstagramApiException Unwritable(Exception trouble) =>
        IgError.Of(ErrorId.FailedPathUnwritable, $"The rows that failed cannot be written to '{_path}': {trouble.Message.TrimEnd('.')}.", trouble);
}
