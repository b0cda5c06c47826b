using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>Tells which cells of a row count: what stands on the command line wins over the row.</summary>
internal sealed class RowCells
{
    private readonly InvocationInfo _call;
    private readonly HashSet<string> _commandLine = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _hasPayload;
    private readonly bool _hasLiteralPayload;

    /// <param name="call">Of a cmdlet in <c>BeginProcessing</c>: later its bound parameters hold the rows' too.</param>
    /// <param name="payloadParameters">The parameters of which a row fills one.</param>
    public RowCells(InvocationInfo call, IReadOnlyList<string> payloadParameters)
    {
        _call = call;
        _commandLine.UnionWith(call.BoundParameters.Keys);
        _hasPayload = payloadParameters.Any(_commandLine.Contains);

        // A script block that is worked out for each row is bound as something of PowerShell's own.
        _hasLiteralPayload = payloadParameters.Any(name => call.BoundParameters.TryGetValue(name, out object? value) && value is (string or string[]));
    }

    /// <summary>Whether a parameter has its value from the row: a script block of the command line may make it of nothing.</summary>
    public bool IsOfRow(string parameter) => !_commandLine.Contains(parameter);

    /// <summary>A payload cell, unless the command line gives the payload.</summary>
    public string? One(string parameter, string? value, PSObject? row) => Wins(parameter, row) ? value : null;

    /// <inheritdoc cref="One" />
    public IReadOnlyList<string> Many(string parameter, string[]? values, PSObject? row) =>
        Wins(parameter, row) && values is not null ? [.. values.Where(value => !string.IsNullOrWhiteSpace(value))] : [];

    /// <summary>The paths of a row: a bare string in the pipeline is one, where nothing else says what to send.</summary>
    public IReadOnlyList<string> Paths(string parameter, string[]? values, PSObject? row) =>
        !_hasPayload && row?.BaseObject is string path && !string.IsNullOrWhiteSpace(path) ? [path] : Many(parameter, values, row);

    /// <summary>
    /// The row's media type. Where the command line names the very payload, a column called Type is somebody's own; where a script
    /// block makes it from the row, the row's type still tells about it.
    /// </summary>
    public string? Type(string? type) => _commandLine.Contains("Type") || !_hasLiteralPayload ? type : null;

    /// <summary>Stands for the row where there is none: what the command line gave.</summary>
    public PSObject AsRow()
    {
        var given = new PSObject();
        foreach (KeyValuePair<string, object> bound in _call.BoundParameters)
        {
            if (!_call.MyCommand.Parameters.TryGetValue(bound.Key, out ParameterMetadata? parameter) || !parameter.Attributes.OfType<CellAttribute>().Any())
                continue;
            object? value = bound.Value is string[] list ? Array.ConvertAll(list, CellValue.Shown) : CellValue.Shown(bound.Value as string);
            given.Properties.Add(new PSNoteProperty(bound.Key, value is string?[] { Length: 1 } single ? single[0] : value));
        }

        return given;
    }

    /// <summary>Get-Content hangs the path of the file that it read on every line, or on all of them together; that is no payload of theirs.</summary>
    private bool Wins(string parameter, PSObject? row) =>
        _hasPayload ? _commandLine.Contains(parameter) : row?.BaseObject is not (string or Array);
}
