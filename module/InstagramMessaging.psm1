# Loads the assemblies, in a load context of their own where PowerShell has one, and exports their cmdlets.
# It calls no cmdlet of another module: each would cost more than all of this.

$main = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $(if ($PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }), 'InstagramMessaging.dll')
$loaded = 'InstagramMessaging.IgConnection' -as [type]
if ($loaded) {
    # An assembly cannot be replaced in a process that has it: without this, the old code would run under the new module's name.
    $present = $loaded.Assembly.GetName().Version
    $wanted = [System.Reflection.AssemblyName]::GetAssemblyName($main).Version
    if ($present -ne $wanted) {
        throw "InstagramMessaging $($present.ToString(3)) is loaded in this process, and $($wanted.ToString(3)) cannot be loaded beside it; open a new session."
    }
}
else {
    $null = [System.Reflection.Assembly]::LoadFrom($main)
}

$cmdlets = if ($PSEdition -eq 'Core') { [InstagramMessaging.ModuleLoadContext]::Cmdlets } else { [InstagramMessaging.ModuleAssemblyResolver]::Cmdlets }
if ($loaded) {
    # A second import finds the assembly's module in a cache and exports nothing (PowerShell/PowerShell#20710); the non-public method does.
    $inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
    $export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
        $null = $export.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}
else {
    Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets
}

# Not called for an assembly imported this way: IModuleAssemblyCleanup. This is.
$ExecutionContext.SessionState.Module.OnRemove = { $cmdlets.GetType('InstagramMessaging.Cmdlets.Session.RunspaceState')::Close() }
