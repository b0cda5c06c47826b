# Loads the assemblies, in a load context of their own where PowerShell has one, and exports their cmdlets.
# It is written for speed: each operator, and each member that is called, costs PowerShell some milliseconds the first time. It calls no
# cmdlet of another module, and names no type of ours in brackets, for which PowerShell would look in every assembly.

# Windows PowerShell has no such variable, which whoever imports this may have forbidden to read.
Microsoft.PowerShell.Core\Set-StrictMode -Off
$folder = 'netstandard2.0'
if ($IsCoreCLR) { $folder = 'net8.0' }
$main = "$PSScriptRoot/bin/$folder/InstagramMessaging.dll"
try {
    $shared = [System.Reflection.Assembly]::LoadFrom($main)
}
catch {
    # A newer one is in the process; an older one is simply given back, and stops what follows itself.
    $present = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'InstagramMessaging' })
    if (-not $present) { throw }
    throw "InstagramMessaging $($present[0].GetName().Version.ToString(3)) is loaded in this process, and no other version can be loaded beside it; open a new session."
}

$cmdlets, $again = $shared.GetType('InstagramMessaging.ModuleAssemblies')::Load($main)
$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
if ($again) {
    # It found the assembly's module in a cache, and exported nothing (PowerShell/PowerShell#20710).
    $cmdlets.GetType('InstagramMessaging.Cmdlets.Session.ModuleExport')::Add($ExecutionContext.SessionState.Module, $inner)
}

# Not called for an assembly imported this way: IModuleAssemblyCleanup. This is.
$ExecutionContext.SessionState.Module.OnRemove = { $cmdlets.GetType('InstagramMessaging.Cmdlets.Session.RunspaceState')::Close() }
