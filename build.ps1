#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs a task of the project: Clean, Build, Test, Demo, Bench or Package.
.EXAMPLE
    pwsh ./build.ps1 Test
#>
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Demo', 'Bench', 'Package')]
    [string] $Task = 'Build'
)

$pwsh = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
dotnet msbuild "$PSScriptRoot/module/module.proj" -nologo -v:minimal "-t:$Task" "-p:Pwsh=$pwsh"
exit $LASTEXITCODE
