# Loads the assemblies, in a load context of their own where PowerShell has one, and exports their cmdlets.
# It is written for speed: each operator, and each member that is called, costs PowerShell some milliseconds the first time. It calls no
# cmdlet of another module, and names no type of ours in brackets, for which PowerShell would look in every assembly.

# Windows PowerShell has no such variable, which whoever imports this may have forbidden to read.
Microsoft.PowerShell.Core\Set-StrictMode -Off
$folder = 'netstandard2.0'
if ($IsCoreCLR) { $folder = 'net8.0' }
$main = "$PSScriptRoot/bin/$folder/InstagramMessaging.dll"
try {
    $entry = [System.Reflection.Assembly]::LoadFrom($main).GetType('InstagramMessaging.ModuleAssemblies')
}
catch {
    $trouble = $_
}

if (-not $entry) {
    # Another version is in the process: it refuses ours, or is given back in its place.
    $present = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'InstagramMessaging' })
    if (-not $present) { throw $trouble }
    throw "InstagramMessaging $($present[0].GetName().Version.ToString(3)) is loaded in this process, and no other version can be loaded beside it; open a new session."
}

$cmdlets, $again = $entry::Load($main)
$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
if ($again) {
    # It found the assembly's module in a cache, and exported nothing (PowerShell/PowerShell#20710).
    $cmdlets.GetType('InstagramMessaging.Cmdlets.Session.ModuleExport')::Add($ExecutionContext.SessionState.Module, $inner)
}

# Not called for an assembly imported this way: IModuleAssemblyCleanup. This is.
$ExecutionContext.SessionState.Module.OnRemove = { $cmdlets.GetType('InstagramMessaging.Cmdlets.Session.RunspaceState')::Close() }
