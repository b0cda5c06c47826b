using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>
/// Turns what stands in a row or on the command line into strings before PowerShell does: it would send a customer the name of an
/// object's type, and in 5.1 the bare name of a file.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CellAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes several values.</summary>
    public bool IsList { get; set; }

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (IsList && value is IEnumerable list and not string and not IDictionary)
            return list.Cast<object?>().Select(One).ToArray();
        return IsList && value is not (null or DBNull) ? new[] { One(value) } : One(value);
    }

    private static string? One(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null or DBNull => null,
        string text => text,
        char letter => letter.ToString(),
        FileSystemInfo file => file.FullName,
        Uri address => address.OriginalString,
        IgMediaType type => type.ToString(),
        double or float or decimal or sbyte or byte or short or ushort or int or uint or long or ulong or System.Numerics.BigInteger =>
            (string)LanguagePrimitives.ConvertTo(value, typeof(string), System.Globalization.CultureInfo.InvariantCulture),
        { } other => CellValue.NotText(other.GetType()),
    };
}
