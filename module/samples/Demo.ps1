<#
.SYNOPSIS
    Sends the sample table to the offline emulator and shows what a person would see. Nothing leaves this machine.
#>
$ErrorActionPreference = 'Continue'
Import-Module "$PSScriptRoot/../InstagramMessaging.psd1" -ErrorAction Stop

function Show([string] $Command) { Write-Host "`nPS> $Command" -ForegroundColor Cyan }

Show 'Connect-IgAccount -Emulator (Start-IgEmulator)'
Connect-IgAccount -Emulator (Start-IgEmulator -ErrorAction Stop) -ErrorAction Stop

Show 'Import-Csv customers.csv | Send-IgText -IncludeFailed -ErrorVariable failed | Sort-Object Index'
Import-Csv "$PSScriptRoot/customers.csv" | Send-IgText -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue | Sort-Object Index | Format-Table | Out-Host

Show '$failed'
foreach ($record in $failed) {
    Write-Host "$($record.TargetObject.Name): $($record.FullyQualifiedErrorId.Split(',')[0])" -ForegroundColor Red
    Write-Host "    $record"
}

Show 'Import-Csv customers.csv | Where-Object MediaUrl | Send-IgMedia -ErrorVariable +failed'
Import-Csv "$PSScriptRoot/customers.csv" | Where-Object MediaUrl | Send-IgMedia -ErrorVariable +failed | Format-Table | Out-Host

Show 'Get-IgEmulatorMessage'
Get-IgEmulatorMessage | Format-Table | Out-Host

Show '$failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -notlike ''IgOutcomeUnknown*'' } | ForEach-Object TargetObject | Export-Csv mend.csv'
$mend = $failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -notlike 'IgOutcomeUnknown*' } | ForEach-Object TargetObject
Write-Host "$(@($mend).Count) rows to mend and send again."

Stop-IgEmulator
