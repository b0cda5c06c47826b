using System.Management.Automation;
using System.Management.Automation.Language;
using InstagramMessaging.Cmdlets.Session;
using InstagramMessaging.Core.Errors;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>The root of all cmdlets: the runspace's state, and errors of one make.</summary>
public abstract class IgCommand : PSCmdlet
{
    private protected static RunspaceState State => RunspaceState.Current;

    /// <summary>Whether the caller asked what would happen. It decides about the connection, before any row can ask <c>ShouldProcess</c>.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>An error shows the script's line, and people type secrets there: it shows the cmdlet's name instead.</summary>
    private protected void HideCommandLine()
    {
        string shown = MyInvocation.MyCommand.Name;
        string? file = MyInvocation.ScriptName is { Length: > 0 } name ? name : null;
        int line = MyInvocation.ScriptLineNumber;
        MyInvocation.DisplayScriptPosition = new ScriptExtent(
            new ScriptPosition(file, line, 1, shown),
            new ScriptPosition(file, line, shown.Length + 1, shown));
    }

    /// <summary>Ends the cmdlet: nothing of it can succeed.</summary>
    private protected void Fail(InstagramApiException error, object? target = null) => ThrowTerminatingError(ErrorRecords.Of(error, target));

    private protected static InstagramApiException NotConnected() => IgError.Of(ErrorId.NotConnected, "There is no connection to an Instagram account.");
}
