using System.Management.Automation;
using System.Reflection;

namespace InstagramMessaging.Cmdlets.Session;

/// <summary>
/// Exports the cmdlets once more. A second import in a process finds the assembly's module in a cache and exports nothing
/// (https://github.com/PowerShell/PowerShell/issues/20710), and only a non-public method of PowerShell's makes up for it.
/// </summary>
public static class ModuleExport
{
    /// <param name="module">The module that is being imported.</param>
    /// <param name="inner">That of the assembly.</param>
    public static void Add(PSModuleInfo module, PSModuleInfo inner)
    {
        MethodInfo export = typeof(PSModuleInfo).GetMethod("AddExportedCmdlet", BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (CmdletInfo cmdlet in inner.ExportedCmdlets.Values)
            export.Invoke(module, [cmdlet]);
    }
}
