using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Management.Automation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>One row of the pipeline.</summary>
/// <param name="Index">Its place, from 1.</param>
/// <param name="RecipientId">The person as the row names them; null for an upload.</param>
/// <param name="Target">The row as it came, or what the command line gave in its place.</param>
internal sealed record Row(long Index, string? RecipientId, object? Target)
{
    /// <summary>An id is shorter: what is longer is another column's text, and no name for a row.</summary>
    private const int LongestId = 40;

    /// <summary>Whether it came through the pipeline, so that people have to be told which row it is.</summary>
    public bool IsPiped { get; init; }

    /// <summary>Which row it is, for people.</summary>
    public string Place => RecipientId is { Length: > 0 and <= LongestId } ? $"Row {Index}, to {RecipientId}" : $"Row {Index}";

    /// <summary>Its key in the journal; null without one.</summary>
    public string? Key { get; set; }

    /// <summary>Whether it is a table's row with nothing in any cell, as spreadsheets leave them at the end.</summary>
    public bool IsBlank =>
        Target is PSObject { BaseObject: PSCustomObject or DataRow } row
        && Cells(row).Any()
        && Cells(row).All(IsEmpty);

    /// <summary>A property that runs code is not asked: it could throw, and a table's row has none.</summary>
    private static bool IsEmpty(PSPropertyInfo cell) =>
        cell is not PSScriptProperty && (cell.Value is null or DBNull || (cell.Value is string text && string.IsNullOrWhiteSpace(text)));

    /// <summary>The names of its cells, for an error about one that is missing; null where it is no table's row.</summary>
    public static string? Columns(PSObject? row) =>
        row is { BaseObject: PSCustomObject or DataRow } ? string.Join(", ", Cells(row).Select(cell => cell.Name)) : null;

    /// <summary>The row as a table's row: its own cells, or one for an object that has none, which <c>Import-Csv</c> gives back to the same cmdlet.</summary>
    public IEnumerable<KeyValuePair<string, object?>> AsCells()
    {
        if (Target is PSObject { BaseObject: PSCustomObject or DataRow } row)
            return Cells(row).Select(cell => new KeyValuePair<string, object?>(cell.Name, ValueOf(cell)));
        if (Target is PSObject { BaseObject: System.Collections.IDictionary table })
            return [.. table.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>($"{key}", table[key]))];
        object? bare = Target is PSObject wrapped ? wrapped.BaseObject : Target;
        return
        [
            new(nameof(RecipientId), RecipientId),
            bare is System.IO.FileSystemInfo file ? new("LiteralPath", file.FullName) : new("Path", bare as string ?? Target?.ToString()),
        ];
    }

    /// <summary>A property whose code throws has no value here.</summary>
    private static object? ValueOf(PSPropertyInfo cell)
    {
        try
        {
            return cell.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>A DataRow has properties of its own beside its columns.</summary>
    private static IEnumerable<PSPropertyInfo> Cells(PSObject row) =>
        row.BaseObject is DataRow data ? row.Properties.Where(property => data.Table.Columns.Contains(property.Name)) : row.Properties;
}
