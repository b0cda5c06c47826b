using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>
/// The people who are never to be messaged, from a table with a recipient column or a list with one id on each line. What cannot be
/// read as an id stops the run: a list that is passed over in part protects nobody.
/// </summary>
internal static class ExcludeList
{
    private static readonly string[] Columns = ["RecipientId", "Recipient", "Igsid", "recipient_id"];
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <param name="path">A full path of the file system.</param>
    /// <exception cref="InstagramApiException"><c>IgExcludePathInvalid</c>.</exception>
    public static HashSet<string> Read(PSCmdlet cmdlet, string path)
    {
        try
        {
            // A table may begin behind empty lines, where Import-Csv would take the first of them for its head.
            string[] lines = [.. File.ReadLines(path).SkipWhile(string.IsNullOrWhiteSpace)];
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach ((string? value, string place) in DelimiterOf(lines.FirstOrDefault() ?? string.Empty) is { } delimiter ? FromTable(cmdlet, lines, delimiter) : FromList(path))
                ids.Add(Id(value, path, place));
            return ids;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or RuntimeException)
        {
            throw IgError.Of(ErrorId.ExcludePathInvalid, $"'{path}' cannot be read: {trouble.Message.TrimEnd('.')}.", trouble);
        }
    }

    /// <summary>The delimiter of a table with a column of recipients; null for a list.</summary>
    private static char? DelimiterOf(string first) => Delimiters
        .Where(delimiter => first.Split(delimiter).Any(IsRecipientColumn))
        .Select(delimiter => (char?)delimiter)
        .FirstOrDefault();

    private static bool IsRecipientColumn(string name) => Columns.Contains(name.Trim().Trim('"', '\uFEFF'), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string? Value, string Place)> FromTable(PSCmdlet cmdlet, string[] lines, char delimiter)
    {
        int number = 0;
        foreach (PSObject row in cmdlet.InvokeCommand.InvokeScript("param($Lines, $Delimiter) $Lines | Microsoft.PowerShell.Utility\\ConvertFrom-Csv -Delimiter $Delimiter", lines, delimiter))
        {
            number++;
            string?[] cells = [.. row.Properties.Select(cell => cell.Value?.ToString())];
            if (cells.All(string.IsNullOrWhiteSpace))
                continue;
            yield return (row.Properties.First(cell => IsRecipientColumn(cell.Name)).Value?.ToString(), $"row {number}");
        }
    }

    private static IEnumerable<(string? Value, string Place)> FromList(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string value = line.Trim().Trim('"');
            if (value.Length > 0 && value[0] != '#')
                yield return (value, $"line {number}");
        }
    }

    private static string Id(string? value, string path, string place)
    {
        try
        {
            return IdRules.Recipient(value);
        }
        catch (InstagramApiException error)
        {
            throw IgError.Of(ErrorId.ExcludePathInvalid, $"'{Path.GetFileName(path)}', {place}:", error);
        }
    }
}
