using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;

namespace InstagramMessaging.Cmdlets;

/// <summary>Ends a connection and forgets its secrets.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "IgAccount")]
[OutputType(typeof(void))]
public sealed class DisconnectIgAccountCommand : IgCommand
{
    /// <summary>The connection to end; the runspace's own by default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public IgConnection? Connection { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        IgConnection? connection = Connection ?? State.Connection;
        connection?.Dispose();
        if (ReferenceEquals(connection, State.Connection))
            State.Connection = null;
    }
}
