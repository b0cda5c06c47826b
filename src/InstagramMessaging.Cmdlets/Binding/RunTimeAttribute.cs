using System;
using System.Management.Automation;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>
/// A time that a person can mean: not negative, and not a bare number. PowerShell turns <c>30</c> into 30 ticks, three millionths of
/// a second.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunTimeAttribute : ValidateArgumentsAttribute
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether no time at all is one.</summary>
    public bool AllowZero { get; set; }

    /// <inheritdoc />
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not TimeSpan time || time >= Least || (AllowZero && time == TimeSpan.Zero))
            return;
        throw new ValidationMetadataException($"{time} is no time to wait: write 00:00:30 for half a minute, or (New-TimeSpan -Minutes 30). A bare number counts ticks of a ten-millionth of a second.");
    }
}
