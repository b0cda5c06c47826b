<#
    The clients of the sending benchmarks that are PowerShell: the module, and what people write without one. Dot-sourced into a
    PowerShell that then takes one call a line from its standard input; each call but Connect-Server writes one line of figures.
#>
param([Parameter(Mandatory)] [string] $Manifest)

$ErrorActionPreference = 'Stop'
# For all alike: progress records alone would cost Invoke-RestMethod a good part of its speed.
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

function Connect-Server([uri] $BaseUri, [string] $Account, [string] $Token, [double] $SendsPerSecond) {
    $secret = ConvertTo-SecureString $Token -AsPlainText -Force
    Connect-IgAccount -PageId $Account -AccessToken $secret -BaseUri $BaseUri -SendsPerSecond $SendsPerSecond -MediaPerSecond $SendsPerSecond
}

# The same rows as those of BareClient; or so many after another to each recipient.
function New-Row([int] $Count, [int] $PerRecipient = 1) {
    for ($i = 1; $i -le $Count; $i++) {
        [pscustomobject]@{
            RecipientId = [string](17841400000000000 + [long][Math]::Ceiling($i / $PerRecipient))
            Text = "Message $i of a benchmark"
        }
    }
}

# $Run writes one object for each message that was sent.
function Measure-Run([scriptblock] $Run) {
    $sent = 0
    $trouble = $null
    $Error.Clear()
    [GC]::Collect()
    $self = [System.Diagnostics.Process]::GetCurrentProcess()
    $cpu = $self.TotalProcessorTime
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        $sent = (& $Run 2>$null | Measure-Object).Count
    }
    catch {
        $trouble = "$_"
    }

    $seconds = $watch.Elapsed.TotalSeconds
    $self.Refresh()
    if (-not $trouble -and $Error.Count -gt 0) { $trouble = "$($Error[-1])" }
    $figures = [ordered]@{
        sent = $sent
        seconds = $seconds
        cpuMilliseconds = ($self.TotalProcessorTime - $cpu).TotalMilliseconds
        peakBytes = $self.PeakWorkingSet64
        trouble = $trouble
    }
    [Console]::Out.WriteLine('figures:' + (ConvertTo-Json $figures -Compress))
}

function Measure-Module([int] $Count, [int] $PerRecipient = 1, [hashtable] $With = @{}) {
    $rows = New-Row $Count $PerRecipient
    Measure-Run { $rows | Send-IgText -ThrottleLimit 64 @With -ErrorAction Continue }
}

# Rows that nobody holds: what the memory grows by is the module's own.
function Measure-Stream([int] $Count) {
    Measure-Run {
        1..$Count |
            ForEach-Object { [pscustomobject]@{ RecipientId = [string](17841400000000000 + $_); Text = "Message $_ of a benchmark" } } |
            Send-IgText -ThrottleLimit 64 -ErrorAction Continue
    }
}

# A connection of its own for each: the same one would upload the file once.
function Measure-Upload([uri] $BaseUri, [string] $Account, [string] $Token, [string] $Path, [int] $Count) {
    Measure-Run {
        for ($i = 0; $i -lt $Count; $i++) {
            Connect-Server $BaseUri $Account $Token 100000
            New-IgAttachment -LiteralPath $Path
        }
    }
}

function Measure-Film([string] $Path, [int] $Count) {
    $rows = New-Row $Count
    Measure-Run { $rows | Select-Object RecipientId | Send-IgMedia -LiteralPath $Path -ThrottleLimit 16 -ErrorAction Continue }
}

function Measure-Loop([uri] $Uri, [string] $Token, [int] $Count) {
    $rows = New-Row $Count
    $headers = @{ Authorization = "Bearer $Token" }
    Measure-Run {
        foreach ($row in $rows) {
            $body = @{ recipient = @{ id = $row.RecipientId }; message = @{ text = $row.Text } } | ConvertTo-Json -Compress
            Invoke-RestMethod -Method Post -Uri $Uri -Headers $headers -ContentType 'application/json' -Body $body
        }
    }
}

function Measure-Parallel([uri] $Uri, [string] $Token, [int] $Count, [int] $ThrottleLimit) {
    $rows = New-Row $Count
    $headers = @{ Authorization = "Bearer $Token" }
    Measure-Run {
        $rows | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            $ProgressPreference = 'SilentlyContinue'
            $body = @{ recipient = @{ id = $_.RecipientId }; message = @{ text = $_.Text } } | ConvertTo-Json -Compress
            Invoke-RestMethod -Method Post -Uri $using:Uri -Headers $using:headers -ContentType 'application/json' -Body $body
        }
    }
}
