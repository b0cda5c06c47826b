Describe 'A bad night from a table alone' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $PSDefaultParameterValues.Clear()
        $table = Import-Csv "$($IgTest.ModulePath)/samples/badnight.csv"
        # The rows that the emulator throttles wait for seconds, the silent one for -TimeoutSec.
        Connect-IgAccount -Emulator (Start-IgEmulator) -TimeoutSec 6
        try { $table | Send-IgText -JournalPath "$TestDrive/night.jsonl" -IncludeFailed -ThrottleLimit 1 -ErrorAction SilentlyContinue -OutVariable results | Out-Null } catch { $stopped = $_ }
        $inbox = @(Get-IgEmulatorMessage)
    }
    AfterAll {
        Stop-IgEmulator
        Disconnect-IgAccount
    }

    It 'gives each documented outcome' {
        $outcome = @{}
        foreach ($result in $results) { $outcome[$result.RecipientId] = "$($result.Status) $($result.ErrorId) $($result.Attempts)".Trim() }
        $expected = @{
            '90000000000000001' = 'Failed IgWindowClosed 1'; '90000000000000002' = 'Failed IgRecipientNotFound 1'; '90000000000000003' = 'Failed IgRecipientUnavailable 1'
            '90000000000000007' = 'Failed IgMediaRejected 2'; '90000000000000008' = 'Sent  2'; '90000000000000009' = 'Sent  3'; '90000000000002003' = 'Sent  4'
            '90000000000000012' = 'Unknown IgOutcomeUnknown 1'; '90000000000000013' = 'Unknown IgOutcomeUnknown 1'; '90000000000000014' = 'Unknown IgOutcomeUnknown 1'
            '90000000000000015' = 'Unknown IgOutcomeUnknown 1'; '90000000000000016' = 'Unknown IgOutcomeUnknown 1'; '90000000000000017' = 'Unknown IgOutcomeUnknown 1'
            '90000000000000018' = 'Unknown IgOutcomeUnknown 1'; '90000000000000019' = 'Sent  1'; '90000000000000020' = 'Sent  1'; '90000000000000021' = 'Unknown IgOutcomeUnknown 1'
            '90000000000001003' = 'Sent  1'; '17841400000000005' = 'Sent  1'; '17841400000000006' = 'Sent  1'; '17841400000000007' = 'Failed IgTokenInvalid 1'
            '17841400000000008' = 'NotTried IgNotTried 0'
        }
        # Slowness itself may outlast the short timeout of this test.
        $expected.Remove('90000000000000019')
        $results.Count | Should -Be $table.Count
        foreach ($id in $expected.Keys) { $outcome[$id] | Should -BeExactly $expected[$id] -Because "$id ends so" }
        $stopped.FullyQualifiedErrorId | Should -BeLike 'IgRunStopped,*'
    }

    It 'leaves in the inbox, once, what was accepted, and not what was not' {
        $ids = $inbox.RecipientId
        foreach ($accepted in '12', '13', '14', '15', '17', '18') { @($ids -eq "900000000000000$accepted").Count | Should -Be 1 -Because $accepted }
        foreach ($refused in '01', '02', '03', '07', '16', '21') { $ids | Should -Not -Contain "900000000000000$refused" }
    }

    It 'the journal says the same' {
        $entries = Get-IgJournal "$TestDrive/night.jsonl"
        foreach ($result in $results | Where-Object Status -In 'Sent', 'Failed', 'Unknown') {
            @($entries | Where-Object RecipientId -EQ $result.RecipientId).Status | Should -Be "$($result.Status)" -Because $result.RecipientId
        }
    }

    It '<_> stops the run, and the rest is NotTried' -ForEach '90000000000000004', '90000000000000005', '90000000000000006', '90000000000000010', '90000000000000011' {
        Connect-IgAccount -Emulator (Start-IgEmulator)
        $expected = @{ '04' = 'IgAccountRestricted'; '05' = 'IgPermissionDenied'; '06' = 'IgTokenInvalid'; '10' = 'IgRateLimited'; '11' = 'IgRateLimited' }[$_.Substring(15)]
        $rows = $_, '17841400000000001' | ForEach-Object { [pscustomobject]@{ RecipientId = $_; Text = 'Hi' } }
        # A throttle answer is waited for, but not for long here.
        { $rows | Send-IgText -JournalPath "$TestDrive/$_.jsonl" -IncludeFailed -ThrottleLimit 1 -MaximumRetryCount 1 -MaximumWait 00:00:10 -ErrorAction SilentlyContinue -OutVariable script:ended } | Should -Throw -ErrorId 'IgRunStopped,*'
        $ended.ErrorId | Should -BeExactly $expected, 'IgNotTried'
    }
}

Describe 'A night of chance' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $PSDefaultParameterValues.Clear()
        function Invoke-Night([int] $Seed, [string] $Log) {
            Connect-IgAccount -Emulator (Start-IgEmulator -FaultRate 0.3 -Seed $Seed -Jitter 00:00:00.020 -LogPath $Log) -SendsPerSecond 1000
            # Long pauses after three unclear answers are not what is tested here.
            $rows = 1..24 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Row $_" } }
            try { $rows | Send-IgText -ThrottleLimit 1 -MaximumUnknown 100 -MaximumRetryCount 50 -IncludeFailed -ErrorAction SilentlyContinue -OutVariable results | Out-Null } catch { throw }
            [pscustomobject]@{ Results = $results; Requests = @(Get-IgEmulatorRequest); Inbox = @(Get-IgEmulatorMessage) }
            Stop-IgEmulator
        }
    }
    AfterAll { Disconnect-IgAccount }

    It 'is played again exactly by its seed, and no row is lost or doubled' {
        $first = Invoke-Night 11 "$TestDrive/first.log"
        $again = Invoke-Night 11 "$TestDrive/again.log"
        ($again.Results | ForEach-Object { "$($_.RecipientId) $($_.Status) $($_.Attempts)" }) | Should -BeExactly ($first.Results | ForEach-Object { "$($_.RecipientId) $($_.Status) $($_.Attempts)" })
        ($again.Requests.Fault) | Should -Be $first.Requests.Fault
        @($first.Requests | Where-Object Fault).Count | Should -BeGreaterThan 2
        ($first.Inbox | Group-Object RecipientId | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        foreach ($sent in $first.Results | Where-Object Status -EQ Sent) { $first.Inbox.RecipientId | Should -Contain $sent.RecipientId }
        @(Get-Content "$TestDrive/first.log" | ConvertFrom-Json).Count | Should -Be $first.Requests.Count
    }
}
