# What the files about the engine need beside TestSession.ps1, which they dot-source first.

$PSDefaultParameterValues.Clear()

function New-Rows([int] $Count, [int] $First = 1) { foreach ($n in $First..($First + $Count - 1)) { [pscustomobject]@{ RecipientId = "17$n"; Text = "Text $n." } } }

# A cmdlet in a runspace of its own, so that it can be stopped from here; with what it writes.
function New-Shell([string] $Script, [object[]] $Arguments) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '$($IgTest.ModulePath)'").Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddScript($Script)
    foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
    $shell
}

# Throttled for 60 ms; a Retry-After has whole seconds only.
function New-Throttle([long] $Code = 613) {
    [InstagramMessaging.Testing.Reply]::Error(400, $Code, $null).With('X-Business-Use-Case-Usage', '{"1":[{"estimated_time_to_regain_access":0.001}]}')
}

function Wait-For([scriptblock] $Condition, [string] $What, [int] $Seconds = 120) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "Waited $Seconds s for $What." }
        Start-Sleep -Milliseconds 5
    }
}

# Nothing leaves any more, and what the server took stands in the journal; whatever else stands there never left.
function Assert-Ended([string] $Journal) {
    $before = $server.Requests.Count
    Start-Sleep -Milliseconds 300
    $server.Requests.Count | Should -Be $before
    $state = @{}
    foreach ($row in Get-IgJournal $Journal) { $state[$row.RecipientId] = $row.Status }
    foreach ($request in $server.Requests) {
        $expected = if ($request.Answer.Body.Contains('"error"')) { 'Failed' } else { 'Sent', 'Started', 'Unknown' }
        $state[$request.RecipientId] | Should -BeIn $expected -Because "the server took the message to $($request.RecipientId)"
    }
    # A row whose line was still on its way to the disk when the end came did not leave, and its line says so.
    foreach ($row in @($state.GetEnumerator() | Where-Object Value -eq 'Waiting')) { $state.Remove($row.Key) }
    $state.Count | Should -Be $before
    $state
}
