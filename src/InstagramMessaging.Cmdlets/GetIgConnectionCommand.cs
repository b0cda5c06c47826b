using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;

namespace InstagramMessaging.Cmdlets;

/// <summary>Gets the runspace's connection; nothing when there is none.</summary>
[Cmdlet(VerbsCommon.Get, "IgConnection")]
[OutputType(typeof(IgConnection))]
public sealed class GetIgConnectionCommand : IgCommand
{
    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (State.Connection is { } connection)
            WriteObject(connection);
    }
}
