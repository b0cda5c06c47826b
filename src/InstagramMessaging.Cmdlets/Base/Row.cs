using System.Linq;
using System.Management.Automation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>One row of the pipeline.</summary>
/// <param name="Index">Its place, from 1.</param>
/// <param name="RecipientId">The person as the row names them; null for an upload.</param>
/// <param name="Target">The row as it came, or what the command line gave in its place.</param>
internal sealed record Row(long Index, string? RecipientId, object? Target)
{
    /// <summary>Whether it is a table's row with nothing in any cell, as spreadsheets leave them at the end.</summary>
    public bool IsBlank =>
        Target is PSObject { BaseObject: PSCustomObject } row
        && row.Properties.Any()
        && row.Properties.All(property => property.Value is null || (property.Value is string text && string.IsNullOrWhiteSpace(text)));
}
