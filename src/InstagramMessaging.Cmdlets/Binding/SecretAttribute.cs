using System;
using System.Management.Automation;
using System.Security;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>
/// Lets nothing but a <see cref="SecureString"/> through, and nothing of what was given out: the binder's own error would repeat
/// the value. Anything else becomes an empty secret, which <c>Connect-IgAccount</c> refuses with its own error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) as SecureString ?? new SecureString();
}
