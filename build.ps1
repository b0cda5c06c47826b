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

#requires -Version 7.4
$ErrorActionPreference = 'Stop'
if (-not (Get-Command dotnet -ErrorAction Ignore)) {
    [Console]::Error.WriteLine('build.ps1: the .NET SDK is not on PATH: https://dotnet.microsoft.com/download')
    exit 2
}

$summary = "$PSScriptRoot/out/TestResults/summary.txt"
Remove-Item $summary -ErrorAction Ignore
$pwsh = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
dotnet msbuild "$PSScriptRoot/module/module.proj" -nologo -v:minimal "-t:$Task" "-p:Pwsh=$pwsh"
$result = $LASTEXITCODE
if (Test-Path $summary) { Get-Content $summary }
exit $result
