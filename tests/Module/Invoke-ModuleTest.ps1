<#
.SYNOPSIS
    Runs the module's Pester suite on one payload of the built module, in this process, and leaves the counts for the tally.
.DESCRIPTION
    Assemblies stay in a process for good, so each payload needs a process of its own. The netstandard2.0 payload is meant for
    Windows PowerShell 5.1; in PowerShell 7 it is loaded by a manifest and a psm1 of one line, without the load context, and the tests
    of the isolation are left out.
#>
param(
    [Parameter(Mandatory)] [ValidateSet('net8.0', 'netstandard2.0')] [string] $Payload,
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $ResultPath,
    [string] $Configuration = 'Release',
    [string] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
$root = (Resolve-Path "$PSScriptRoot/../..").Path
$null = New-Item -ItemType Directory -Force -Path (Split-Path $ResultPath)

# Pester comes from the module path, else from NuGet or the gallery into a folder that git ignores.
function Test-Pester { [bool](Get-Module -ListAvailable Pester | Where-Object Version -ge 5.5) }
$tools = Join-Path $root '.tools'
if (-not (Test-Pester)) {
    $env:PSModulePath = $tools + [System.IO.Path]::PathSeparator + $env:PSModulePath
    if (-not (Test-Pester)) { $build = dotnet build "$root/tests/PesterModule/PesterModule.csproj" --nologo -v:quiet 2>&1 }
    if (-not (Test-Pester)) {
        try {
            $null = New-Item -ItemType Directory -Force -Path $tools
            if (Get-Command Save-PSResource -ErrorAction Ignore) { Save-PSResource -Name Pester -Version '[5.5,)' -Path $tools -TrustRepository }
            else { Save-Module -Name Pester -MinimumVersion 5.5 -Path $tools -Force }
        }
        catch {
            @{ notRun = "Pester is not on the module path and cannot be had from NuGet ($("$build".Trim())) or the gallery: $_" } | ConvertTo-Json | Set-Content $ResultPath
            exit 0
        }
    }
}

if ($Payload -eq 'netstandard2.0') {
    $copy = Join-Path $root 'out/TestModule/InstagramMessaging'
    Remove-Item -Recurse -Force $copy -ErrorAction Ignore
    $null = New-Item -ItemType Directory -Force -Path $copy
    Copy-Item -Recurse -Path (Join-Path $ModulePath '*') -Destination $copy
    Set-Content (Join-Path $copy 'InstagramMessaging.psm1') 'Import-Module -Assembly ([System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/netstandard2.0/InstagramMessaging.Cmdlets.dll"))'
    $ModulePath = $copy
}

# What the tests need to know, in one place.
$exe = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
$global:IgTest = [pscustomobject]@{
    Root            = $root
    ModulePath      = (Resolve-Path $ModulePath).Path.TrimEnd('/', '\')
    Payload         = $Payload
    RecordingServer = Join-Path $root "tests/RecordingServer/bin/$Configuration/net8.0/InstagramMessaging.RecordingServer.dll"
    ForeignPackages = Join-Path $root "tests/ForeignPackages/bin/$Configuration/net8.0"
    # A command and its first arguments: as a .NET tool PowerShell has no program of its own.
    Pwsh            = @($exe; if ([System.IO.Path]::GetFileNameWithoutExtension($exe) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
}

$pester = New-PesterConfiguration
$pester.Run.Path = $Path
$pester.Run.PassThru = $true
$pester.Output.Verbosity = 'Normal'
$pester.Output.RenderMode = 'Plaintext'
if ($Payload -eq 'netstandard2.0') { $pester.Filter.ExcludeTag = 'Isolation' }
$run = Invoke-Pester -Configuration $pester

$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
@{ passed = $run.PassedCount; failed = $failed; skipped = $run.SkippedCount + $run.NotRunCount } | ConvertTo-Json | Set-Content $ResultPath
exit [int]($failed -gt 0)
