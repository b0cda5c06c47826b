$assembly = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'EmptyModule.dll'))
Microsoft.PowerShell.Core\Import-Module -Assembly $assembly
