BeforeAll {
    . "$PSScriptRoot/TestSession.ps1"
    . "$PSScriptRoot/EngineSession.ps1"
}

Describe 'Brakes' {
    BeforeAll {
        # A run that is stopped: its results, what it wrote besides, and what it threw.
        function Invoke-Stopped([object[]] $Rows, [hashtable] $With = @{}) {
            $script:caught = $null
            $all = @(try { $Rows | Send-IgText -IncludeFailed -ErrorAction SilentlyContinue -ErrorVariable script:failed -Verbose @With 4>&1 } catch { $script:caught = $_ })
            $script:results = @($all | Where-Object { $_ -is [InstagramMessaging.IgSendResult] })
            $script:said = @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
            $script:counts = @{ Sent = 0; Failed = 0; Unknown = 0; NotTried = 0 }
            foreach ($result in $results) { $counts["$($result.Status)"]++ }
            ($results.Index | Sort-Object) | Should -Be (1..$Rows.Count)
            $byPerson = $results | Group-Object RecipientId -AsHashTable
            if ($caught) {
                $caught.FullyQualifiedErrorId | Should -BeExactly 'IgRunStopped,InstagramMessaging.Cmdlets.SendIgTextCommand'
                "$caught" | Should -BeLike "*$($counts.Sent) sent, $($counts.Failed) failed, $($counts.Unknown) unknown, $($counts.NotTried) not tried*"
            }
            foreach ($request in $server.Requests) {
                $isRefused = $request.Answer.Body.Contains('"error"')
                if (-not $isRefused) { $byPerson[$request.RecipientId].Status | Should -BeIn 'Sent', 'Unknown' }
            }
        }
    }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'an ended token stops all workers, and the rest is not tried' {
        $server.Slow(5, 15)
        $server.When('Text 20.', [InstagramMessaging.Testing.Reply]::Error(400, 190, 463))
        Invoke-Stopped (New-Rows 200)
        $caught.Exception.InnerException.ErrorId | Should -BeExactly 'IgTokenInvalid'
        $counts.Failed | Should -Be 1
        $counts.Unknown | Should -Be 0
        $server.Requests.Count | Should -Be ($counts.Sent + 1)
        $counts.Sent | Should -BeLessThan 190
        @($failed | Where-Object FullyQualifiedErrorId -Like 'IgNotTried,*').Count | Should -Be $counts.NotTried
    }

    It 'as many doubts as -MaximumUnknown allows, and no more' {
        $server.When('Text', @(1..50 | ForEach-Object { [InstagramMessaging.Testing.Reply]::Error(500, 2, $null) }))
        Invoke-Stopped (New-Rows 100) @{ MaximumUnknown = 6 }
        $counts.Unknown | Should -Be 6
        $counts.NotTried | Should -Be 94
        $server.Requests.Count | Should -Be 6
        "$caught" | Should -BeLike '*-MaximumUnknown*'
    }

    It 'doubts now and then do not pause the run, and count together' {
        foreach ($n in 10, 30, 50) { $server.When("Text $n.", [InstagramMessaging.Testing.Reply]::Error(500, 2, $null)) }
        Invoke-Stopped (New-Rows 60) @{ MaximumUnknown = 4 }
        $caught | Should -BeNullOrEmpty
        $counts.Unknown | Should -Be 3
        $counts.Sent | Should -Be 57
    }

    It 'a network that is away for a while costs no row' {
        $server.RefuseFor(700)
        Invoke-Stopped (New-Rows 60)
        $caught | Should -BeNullOrEmpty
        $counts.Sent | Should -Be 60
        $server.Requests.Count | Should -Be 60
    }

    It 'a pause longer than -MaximumWait is not sat out' {
        $server.When('Text 10.', [InstagramMessaging.Testing.Reply]::Error(400, 613, $null).With('Retry-After', '3600'))
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Invoke-Stopped (New-Rows 60) @{ MaximumWait = [timespan]'00:00:05' }
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 600
        $caught.Exception.InnerException.ErrorId | Should -BeExactly 'IgRateLimited'
        "$caught" | Should -BeLike '*-MaximumWait*'
        $counts.Unknown | Should -Be 0
        $server.Requests.Count | Should -Be ($counts.Sent + 1)
        ($results | Where-Object Index -EQ 10).Status | Should -BeIn 'Failed', 'NotTried'
        ($results | Where-Object Index -EQ 10).ErrorId | Should -BeIn 'IgRateLimited', 'IgNotTried'
    }

    It '-StopAfter begins nothing new when it is over' {
        $server.Slow(20, 20)
        Invoke-Stopped (New-Rows 2000) @{ StopAfter = [timespan]'00:00:02' }
        "$caught" | Should -BeLike '*-StopAfter*'
        $counts.Sent | Should -BeGreaterThan 0
        $counts.NotTried | Should -BeGreaterThan 0
        $counts.Failed + $counts.Unknown | Should -Be 0
        $server.Requests.Count | Should -Be $counts.Sent
    }

    It 'Retry-After holds all workers, then one goes alone, and -Verbose says why' {
        $server.Slow(30, 30)
        $server.Together(5)
        $server.Next(@(1..5 | ForEach-Object { [InstagramMessaging.Testing.Reply]::Error(400, 613, $null).With('Retry-After', '2') }))
        Invoke-Stopped (New-Rows 20)
        $caught | Should -BeNullOrEmpty
        $counts.Sent | Should -Be 20
        $at = $server.Requests.At
        $at.Count | Should -Be 25
        ($at[5] - $at[4]).TotalSeconds | Should -BeGreaterOrEqual 2
        # The others wait for the answer to the one.
        ($at[6] - $at[5]).TotalMilliseconds | Should -BeGreaterOrEqual 29
        $waits = @($said -like 'Waiting*')
        $waits.Count | Should -BeIn 1, 2
        $waits[0] | Should -Match '^Waiting (2\.0|1\.\d) s: .*613'
    }

    It 'a throttle that never ends costs at most six requests' {
        $server.When('Text', @(1..50 | ForEach-Object { New-Throttle 4 }))
        Invoke-Stopped (New-Rows 100)
        $server.Requests.Count | Should -BeLessOrEqual 6
        $counts.Sent + $counts.Unknown | Should -Be 0
        $caught.Exception.InnerException.ErrorId | Should -BeExactly 'IgRateLimited'
    }

    It 'estimated_time_to_regain_access counts like Retry-After' {
        $usage = '{"17841400000000000":[{"type":"messenger","call_count":100,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":10}]}'
        $server.Next([InstagramMessaging.Testing.Reply]::Error(400, 80006, $null).With('X-Business-Use-Case-Usage', $usage))
        Invoke-Stopped (New-Rows 20) @{ MaximumWait = [timespan]'00:09:00'; ThrottleLimit = 1 }
        "$caught" | Should -Match 'pause for 00:(09:5\d|10:00), and -MaximumWait is 00:09:00'
        $server.Requests.Count | Should -Be 1
    }
}

Describe 'A bad night' {
    BeforeAll {
        $Answer = [InstagramMessaging.Testing.Reply]
        $unknown = @{ Status = 'Unknown'; ErrorId = 'IgOutcomeUnknown'; Attempts = 1 }
        # Of each fifty rows the one with that number; far enough apart for rows that are sent to come between.
        $fates = @{
            1  = @{ Reply = { $Answer::Cut('Reset') } } + $unknown
            9  = @{ Reply = { $Answer::Cut('Silence') } } + $unknown
            17 = @{ Reply = { $Answer::Error(500, 2, $null) } } + $unknown
            25 = @{ Reply = { $Answer::Cut('Half') } } + $unknown
            33 = @{ Reply = { $Answer::new(502, '<html>Bad gateway</html>', 'Whole') } } + $unknown
            41 = @{ Reply = { $Answer::Json('{}') } } + $unknown
            5  = @{ Reply = { New-Throttle }; Status = 'Sent'; Attempts = 2 }
            13 = @{ Reply = { (New-Throttle 4), (New-Throttle 80006) }; Status = 'Sent'; Attempts = 3 }
            21 = @{ Reply = { $Answer::Error(400, 10, 2534022) }; Status = 'Failed'; ErrorId = 'IgWindowClosed'; Attempts = 1 }
            29 = @{ Reply = { $Answer::Error(400, 551, 1545041) }; Status = 'Failed'; ErrorId = 'IgRecipientUnavailable'; Attempts = 1 }
        }
    }
    # Long enough for a busy machine: only the two that are never answered may take it.
    BeforeEach { $server = Start-Recording @{ TimeoutSec = 5 } }
    AfterEach { Stop-Recording }

    It 'a hundred people, every way in which it can go wrong: each row ends right, and nobody gets a message twice' {
        $rows = @(New-Rows 100)
        foreach ($n in 1..100) {
            if ($fate = $fates[$n % 50]) { $server.When("Text $n.", @(& $fate.Reply)) }
        }
        # A second row to those who cannot be reached: it asks nobody.
        foreach ($n in 21, 29, 71, 79) { $rows += [pscustomobject]@{ RecipientId = "17$n"; Text = 'And again' } }
        $results = @($rows | Send-IgText -ThrottleLimit 8 -IncludeFailed -MaximumUnknown 13 -JournalPath "$TestDrive/night.jsonl" -ErrorVariable failed -ErrorAction SilentlyContinue)
        $results.Count | Should -Be 104
        $requests = $server.Requests | Group-Object RecipientId -AsHashTable
        foreach ($result in $results | Where-Object Index -LE 100) {
            $fate = $fates[[int]($result.Index % 50)]
            $expected = if ($fate) { "$($fate.Status) $($fate.ErrorId) $($fate.Attempts)" } else { 'Sent  1' }
            "$($result.Status) $($result.ErrorId) $($result.Attempts)" | Should -BeExactly $expected -Because "row $($result.Index) has its fate"
            $requests[$result.RecipientId].Count | Should -Be $result.Attempts
            @($requests[$result.RecipientId] | Where-Object { $_.Answer.Status -eq 200 }).Count | Should -BeLessOrEqual 1
        }
        foreach ($result in $results | Where-Object Index -GT 100) {
            "$($result.Status) $($result.Attempts)" | Should -Be 'Failed 0'
            $result.ErrorId | Should -BeIn 'IgWindowClosed', 'IgRecipientUnavailable'
        }
        foreach ($record in $failed) { $results.Where({ $_.InputObject -eq $record.TargetObject }).ErrorId | Should -Be $record.FullyQualifiedErrorId.Split(',')[0] }
        $failed.Count | Should -Be 20

        # The journal says the same, and the next night sends none of them twice.
        $written = @(Get-IgJournal "$TestDrive/night.jsonl")
        $written.Count | Should -Be 104
        foreach ($row in $written) { "$($row.Status)" | Should -Be "$($results.Where({ $_.Key -eq $row.Key }).Status)" }
        $server.Clear()
        $again = @($rows | Send-IgText -ThrottleLimit 8 -IncludeFailed -JournalPath "$TestDrive/night.jsonl" -ErrorAction SilentlyContinue)
        @($again | Where-Object Status -EQ Skipped).Count | Should -Be 84
        @($again | Where-Object Status -EQ Unknown).Count | Should -Be 12
        @($again | Where-Object Status -EQ Sent).Count | Should -Be 8
        $server.Requests.Count | Should -Be 8
    }
}

Describe 'A bad night at the emulator' {
    BeforeAll { $emulator = Start-IgEmulator }
    AfterAll { Disconnect-IgAccount; $emulator | Stop-IgEmulator }

    It 'what it took it has once, and no row is called Failed that it took' {
        Connect-IgAccount -Emulator $emulator -TimeoutSec 5 -SendsPerSecond 100000
        $ends = @{ 1 = 'Failed'; 2 = 'Failed'; 3 = 'Failed'; 12 = 'Unknown'; 13 = 'Unknown'; 14 = 'Unknown'; 15 = 'Unknown'; 16 = 'Unknown'; 17 = 'Unknown'; 18 = 'Unknown' }
        $n = 0
        $rows = foreach ($magic in $ends.Keys | Sort-Object) {
            [pscustomobject]@{ RecipientId = '900000000000000{0:00}' -f $magic; Text = 'Hi' }
            1..8 | ForEach-Object { [pscustomobject]@{ RecipientId = "178414000000$(10000 + ++$n)"; Text = 'Hi' } }
        }
        $results = @($rows | Send-IgText -ThrottleLimit 4 -IncludeFailed -ErrorAction SilentlyContinue)
        $results.Count | Should -Be 90
        foreach ($result in $results) {
            $end = if ($result.RecipientId -like '900000000000000*') { $ends[[int]$result.RecipientId.Substring(15)] } else { 'Sent' }
            $result.Status | Should -Be $end -Because "$($result.RecipientId) ends so"
        }
        $taken = Get-IgEmulatorMessage -Emulator $emulator | Group-Object RecipientId
        $taken | Where-Object Count -NE 1 | Should -BeNullOrEmpty
        # Of the doubtful ones it took all but the bad gateway's.
        $taken.Count | Should -Be 86
        $taken.Name | Should -Not -Contain '90000000000000016'
    }
}

Describe 'What a run says on its way' {
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'the progress line: counts and rate, a few times a second, and the time left with -TotalCount' {
        $server.Slow(20, 20)
        $shell = New-Shell -Script '$args[1] | Send-IgText -Connection $args[0] -ThrottleLimit 4 -TotalCount 250 | Out-Null' (Get-IgConnection), (New-Rows 250)
        try {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $null = $shell.Invoke()
            $most = 2 + 5 * $clock.Elapsed.TotalSeconds
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Send-IgText')
        }
        finally { $shell.Dispose() }
        $records.Count | Should -BeIn (3..$most)
        $records[-1].RecordType | Should -Be 'Completed'
        $running = $records | Select-Object -SkipLast 1
        $running.StatusDescription | Should -Match '^\d+ sent, 0 failed, 0 unknown, .*\d+\.\d/s'
        # Before anything has ended there is nothing to reckon with.
        ($running | Where-Object StatusDescription -NotLike '0 sent*').SecondsRemaining | Should -Not -Contain -1
        $running[-1].PercentComplete | Should -BeIn (1..100)
        ($running.PercentComplete | Sort-Object) | Should -Be $running.PercentComplete
    }

    It 'the progress line says why it waits; without -TotalCount it guesses no time' {
        $server.Next([InstagramMessaging.Testing.Reply]::Error(400, 613, $null).With('Retry-After', '2'))
        $shell = New-Shell -Script '$args[1] | Send-IgText -Connection $args[0] | Out-Null' (Get-IgConnection), (New-Rows 3)
        try {
            $null = $shell.Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Send-IgText')
        }
        finally { $shell.Dispose() }
        @($records.CurrentOperation -match '^Waiting (2\.0|1\.\d) s: .*613').Count | Should -BeGreaterThan 1
        $records.SecondsRemaining | Sort-Object -Unique | Should -Be -1
    }

    It 'none of it under SilentlyContinue' {
        $server.Slow(20, 20)
        $shell = New-Shell -Script '$ProgressPreference = "SilentlyContinue"; $args[1] | Send-IgText -Connection $args[0] -ThrottleLimit 1 -TotalCount 30 | Out-Null' (Get-IgConnection), (New-Rows 30)
        try {
            $null = $shell.Invoke()
            $shell.Streams.Progress.Count | Should -Be 0
        }
        finally { $shell.Dispose() }
    }

    It '-Verbose ends with totals, time and rate' {
        $said = New-Rows 20 | Send-IgText -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said[-1].Message | Should -Match '^20 sent, 0 failed, 0 unknown, 0 not tried, in \d+\.\d s \(\d+\.\d/s\)\.$'
    }
}
