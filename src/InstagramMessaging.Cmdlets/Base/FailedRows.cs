using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Journal;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// Writes the rows that certainly were not delivered as a table that can be mended and sent again. It is written beside its place and
/// moved there when the run has ended: the table that is being read may be the very one that is to be replaced.
/// </summary>
internal sealed class FailedRows : IDisposable
{
    private const string ErrorColumn = "IgErrorId";
    private const string RemedyColumn = "IgRemedy";

    private readonly PSCmdlet _cmdlet;
    private readonly string _path;
    private readonly string _beside;
    private readonly List<string> _columns = [];
    private StreamWriter _writer;
    private SteppablePipeline _csv;
    private bool _isClosed;

    /// <param name="path">A full path of the file system.</param>
    /// <param name="kept">Files that it must not replace.</param>
    /// <exception cref="InstagramApiException"><c>IgFailedPathUnwritable</c>.</exception>
    public FailedRows(PSCmdlet cmdlet, string path, IEnumerable<string> kept)
    {
        _cmdlet = cmdlet;
        _path = path;
        _beside = path + ".partial";
        try
        {
            if (Directory.Exists(path))
                throw new IOException("it is a folder");
            if (kept.Any(file => string.Equals(Path.GetFullPath(file), Path.GetFullPath(path), StringComparison.OrdinalIgnoreCase)) || IsJournal(path))
                throw new IOException("that file is a journal or the list of people to leave out, and this table would replace it");
            if (File.Exists(path))
                new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            _writer = Begin();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unwritable(trouble);
        }

        _csv = Head();
    }

    /// <exception cref="InstagramApiException"><c>IgFailedPathUnwritable</c>.</exception>
    public void Add(Row row, InstagramApiException error)
    {
        var cells = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> cell in row.AsCells())
            cells[cell.Key] = cell.Value;
        cells[ErrorColumn] = error.ErrorId;
        cells[RemedyColumn] = error.Remedy;
        string[] more = [.. cells.Keys.Where(name => !_columns.Contains(name, StringComparer.OrdinalIgnoreCase))];
        if (more.Length > 0)
            Widen(more);
        Write(cells);
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

    private static bool IsJournal(string path) => File.Exists(path) && File.ReadLines(path).FirstOrDefault() is { } first && JournalHeader.Parse(Encoding.UTF8.GetBytes(first)) is not null;

    /// <summary>With a BOM: the spreadsheet of Windows that mends it takes anything else for another encoding.</summary>
    private StreamWriter Begin() => new(new FileStream(_beside, FileMode.Create, FileAccess.Write, FileShare.Read), new UTF8Encoding(true)) { AutoFlush = true };

    /// <summary>PowerShell's own cmdlet knows its quoting best.</summary>
    private static SteppablePipeline Head()
    {
        SteppablePipeline csv = ScriptBlock.Create("Microsoft.PowerShell.Utility\\ConvertTo-Csv -NoTypeInformation").GetSteppablePipeline(CommandOrigin.Internal);
        csv.Begin(true);
        return csv;
    }

    /// <summary>Makes room for columns that earlier rows did not have: rows of two tables, as a rule. The error stays at the end.</summary>
    private void Widen(string[] more)
    {
        bool hasRows = _columns.Count > 0;
        _columns.InsertRange(Math.Max(0, _columns.Count - 2), more.Where(name => !IsOurs(name)));
        if (!hasRows)
        {
            _columns.AddRange([ErrorColumn, RemedyColumn]);
            return;
        }

        try
        {
            _csv.Dispose();
            _writer.Dispose();
            var before = _cmdlet.InvokeCommand.InvokeScript("param($Path) Microsoft.PowerShell.Utility\\Import-Csv -LiteralPath $Path", _beside);
            _writer = Begin();
            _csv = Head();
            foreach (PSObject row in before)
                Write(row.Properties.ToDictionary(cell => cell.Name, cell => (object?)cell.Value, StringComparer.OrdinalIgnoreCase));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(trouble);
        }
    }

    private static bool IsOurs(string name) => name.Equals(ErrorColumn, StringComparison.OrdinalIgnoreCase) || name.Equals(RemedyColumn, StringComparison.OrdinalIgnoreCase);

    private void Write(Dictionary<string, object?> cells)
    {
        var row = new PSObject();
        foreach (string name in _columns)
            row.Properties.Add(new PSNoteProperty(name, cells.TryGetValue(name, out object? value) ? value : null));
        Write(_csv.Process(row));
    }

    private void Write(Array lines)
    {
        try
        {
            foreach (object? line in lines)
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
