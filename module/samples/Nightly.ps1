<#
.SYNOPSIS
    Sends a table of texts while nobody watches: a runbook for a scheduler.
.DESCRIPTION
    However it ends, run it again with the same arguments: the journal beside the table knows what was sent, and only the rest goes.
    Rows that certainly were not delivered are in <table>.mend.csv. Rows that may have been are listed; -ResendUnknown sends them.

    Exit codes: 0 all rows were sent, now or earlier; 1 some rows need a person; 2 the run stopped, or could not begin.
.EXAMPLE
    ./Nightly.ps1 ./customers.csv -Rehearse

    Sends to the offline emulator. Nothing leaves this machine, and the journal of the rehearsal is one of its own.
.EXAMPLE
    pwsh -NoProfile -Command '& ./Nightly.ps1 ./customers.csv -PageId 106540352242922 -AccessToken (Get-Secret Token); exit $LASTEXITCODE'

    As the scheduler starts it.
.EXAMPLE
    ./Nightly.ps1 ./customers.mend.csv -JournalPath ./customers.jsonl -FailedPath ./customers.mend.csv -PageId $page -AccessToken $token

    The rows that failed, once they are mended; with the same journal.
#>
[CmdletBinding(DefaultParameterSetName = 'Send')]
param(
    # A table with the columns RecipientId and Text. Give each night's table a name of its own: its journal has that name, too.
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [Parameter(Mandatory, ParameterSetName = 'Send')]
    [string] $PageId,

    [Parameter(Mandatory, ParameterSetName = 'Send')]
    [securestring] $AccessToken,

    [Parameter(Mandatory, ParameterSetName = 'Rehearse')]
    [switch] $Rehearse,

    [string] $JournalPath,

    [string] $FailedPath,

    # People who are never to be messaged.
    [string] $ExcludePath,

    [timespan] $StopAfter = '04:00:00',

    [switch] $ResendUnknown
)

$ErrorActionPreference = 'Stop'
$code = 2
try {
    Import-Module "$PSScriptRoot/../InstagramMessaging.psd1"
    $table = Convert-Path -LiteralPath $Path
    $name = Join-Path (Split-Path $table) ([IO.Path]::GetFileNameWithoutExtension($table))
    if ($Rehearse) { $name += '.rehearsal' }
    if (-not $JournalPath) { $JournalPath = "$name.jsonl" }
    if (-not $FailedPath) { $FailedPath = "$name.mend.csv" }
    $options = @{ JournalPath = $JournalPath; FailedPath = $FailedPath; StopAfter = $StopAfter; ResendUnknown = $ResendUnknown }
    if ($ExcludePath) { $options.ExcludePath = $ExcludePath }

    if ($Rehearse) { Connect-IgAccount -Emulator (Start-IgEmulator) }
    else { Connect-IgAccount -PageId $PageId -AccessToken $AccessToken }

    # Continue: under 'Stop' the first bad row would end the table. Piped on: after a stopped run a variable would be empty.
    Import-Csv -LiteralPath $table -Encoding UTF8 |
        Send-IgText @options -ErrorAction Continue -ErrorVariable failed |
        Where-Object Status -EQ 'Sent' |
        Export-Csv -LiteralPath "$name.sent.csv" -Append -NoTypeInformation -Encoding UTF8
    $code = if ($failed) { 1 } else { 0 }
}
catch {
    Write-Warning "$_"
}
finally {
    if (Get-Module InstagramMessaging) {
        Disconnect-IgAccount
        if ($Rehearse) { Stop-IgEmulator }
    }
}

if ($JournalPath -and (Test-Path -LiteralPath $JournalPath)) {
    Get-IgJournal $JournalPath -Summary | Format-List | Out-Host
    Get-IgJournal $JournalPath | Where-Object Status -In 'Unknown', 'Started' | Format-Table RecipientId, StartedAt, Key | Out-Host
}

exit $code
