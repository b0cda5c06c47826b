BeforeDiscovery {
    # What ends a pipeline before its input does. Each leaves $seen, the requests that had come by then.
    $stops = @(
        @{ What = 'Select-Object -First'; Stop = { $rows | Send-IgText @With | Select-Object -First 2 | ForEach-Object { $script:seen = $server.Requests.Count } } }
        @{ What = '-ErrorAction Stop'; Stop = {
                try { $rows | Send-IgText @With -ErrorAction Stop | Out-Null } catch { $script:seen = $server.Requests.Count; $_.FullyQualifiedErrorId | Should -BeLike 'IgWindowClosed,*' }
            }
        }
        @{ What = 'a throw downstream'; Stop = { try { $rows | Send-IgText @With | ForEach-Object { $script:seen = $server.Requests.Count; throw 'enough' } } catch { "$_" | Should -Be 'enough' } } }
        @{ What = 'a break in a loop'; Stop = { foreach ($once in 1) { $rows | Send-IgText @With | ForEach-Object { $script:seen = $server.Requests.Count; break } } } }
    )
}

BeforeAll {
    . "$PSScriptRoot/TestSession.ps1"
    . "$PSScriptRoot/EngineSession.ps1"
}

Describe 'Rows side by side' {
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'as many as -ThrottleLimit says, and never more' {
        $server.Together(8)
        $server.Slow(0, 10)
        $results = @(New-Rows 200 | Send-IgText -ThrottleLimit 8)
        $server.MostAtOnce | Should -Be 8
        $results.Count | Should -Be 200
        ($results.Index | Sort-Object) | Should -Be (1..200)
        @($results.MessageId | Sort-Object -Unique).Count | Should -Be 200
        $server.Requests.RecipientId | Sort-Object -Unique | Should -HaveCount 200
    }

    It 'five of them unless told otherwise' {
        $server.Together(5)
        $server.Slow(0, 10)
        $null = New-Rows 100 | Send-IgText
        $server.MostAtOnce | Should -Be 5
    }

    It 'and not those to one person' {
        $server.Slow(5, 10)
        $results = 1..30 | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Text = "Text $_" } } | Send-IgText -ThrottleLimit 32
        $server.MostAtOnce | Should -Be 1
        $results.Index | Should -Be (1..30)
    }

    It 'to each person in the order of the input: <How>' -ForEach @(
        @{ How = 'interleaved'; Order = { $_.Number }, { $_.RecipientId } }
        @{ How = 'sorted by recipient'; Order = { $_.RecipientId }, { $_.Number } }
    ) {
        $rows = foreach ($person in 1..25) { foreach ($number in 1..20) { [pscustomobject]@{ RecipientId = "17$person"; Number = $number; Text = "$number" } } }
        $server.Slow(0, 20)
        $results = @($rows | Sort-Object $Order | Send-IgText -ThrottleLimit 32)
        $results.Status | Sort-Object -Unique | Should -Be 'Sent'
        $server.MostAtOnce | Should -BeIn (9..25)
        $groups = $server.Requests | Group-Object RecipientId
        $groups.Count | Should -Be 25
        foreach ($group in $groups) { $group.Group.ForEach({ [int](Get-SentText $_) }) | Should -Be (1..20) }
        foreach ($group in $results | Group-Object RecipientId) { $group.Group.ForEach({ $_.InputObject.Number }) | Should -Be (1..20) }
    }

    It 'order holds through a throttle and a doubt' {
        $server.Slow(0, 5)
        $server.When('3 of 4', @(1..3 | ForEach-Object { New-Throttle }))
        $server.When('5 of 2', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $rows = foreach ($number in 1..10) { foreach ($person in 1..6) { [pscustomobject]@{ RecipientId = "17$person"; Text = "$number of $person" } } }
        $results = @($rows | Send-IgText -ThrottleLimit 6 -IncludeFailed -ErrorAction SilentlyContinue)
        foreach ($group in $server.Requests | Where-Object { -not $_.Answer.Body.Contains('"error"') } | Group-Object RecipientId) {
            $group.Group.ForEach({ [int](Get-SentText $_).Split(' ')[0] }) | Should -Be (1..10)
        }
        @($results | Where-Object Status -EQ Sent).Count | Should -Be 59
        ($results | Where-Object Status -EQ Unknown).InputObject.Text | Should -Be '5 of 2'
    }

    It 'the first result comes while the input does' {
        $script:first = $null
        $script:read = 0
        1..500 | ForEach-Object {
            $script:read = $_
            if (-not $first) { Start-Sleep -Milliseconds 10 }
            [pscustomobject]@{ RecipientId = "17$_"; Text = 'Hi' }
        } | Send-IgText | ForEach-Object { $script:first ??= $read }
        $first | Should -BeLessThan 500
    }

    It 'a million rows show their first result while most of them are still to be read, and end with it' {
        $script:read = 0
        $result = 1..1000000 | ForEach-Object { $script:read = $_; [pscustomobject]@{ RecipientId = "17$_"; Text = 'Hi' } } | Send-IgText -JournalPath "$TestDrive/million.jsonl" | Select-Object -First 1
        $read | Should -BeLessThan 500000
        $result.Status | Should -Be 'Sent'
        $null = Assert-Ended "$TestDrive/million.jsonl"
    }
}

Describe 'Stopping' {
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'by <What>: nothing new leaves, and the journal is true' -ForEach $stops {
        $rows = New-Rows 300
        $server.Slow(50, 60)
        if ($What -eq '-ErrorAction Stop') { $server.When('Text 7.', [InstagramMessaging.Testing.Reply]::Error(400, 10, 2534022)) }
        $With = @{ ThrottleLimit = 4; JournalPath = "$TestDrive/$What.jsonl" }
        $script:seen = 0
        . $Stop
        $seen | Should -BeGreaterThan 0
        # Between the stop and its arrival one more may have gone for each that came back.
        $server.Requests.Count | Should -BeLessOrEqual ($seen + 8)
        $state = Assert-Ended "$TestDrive/$What.jsonl"
        # What was on its way had the time to come back.
        $state.Values | Should -Not -Contain 'Started'
        $state.Values | Should -Not -Contain 'Unknown'

        # The rest goes in the next run, and nothing goes twice.
        $server.Slow(0, 0)
        $again = $rows | Send-IgText -JournalPath "$TestDrive/$What.jsonl"
        $again.Count | Should -Be 300
        $server.Requests | Where-Object { -not $_.Answer.Body.Contains('"error"') } | Group-Object RecipientId | Where-Object Count -NE 1 | Should -BeNullOrEmpty
        @($again | Where-Object Status -EQ Skipped).Count | Should -Be @($state.Values | Where-Object { $_ -eq 'Sent' }).Count
    }

    It 'by Ctrl-C at full speed: at once, and the journal is true' {
        $server.Slow(20, 40)
        $shell = New-Shell -Script '$n = 0; 1..1000000 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Hi" } } | Send-IgText -Connection $args[0] -JournalPath $args[1] -ThrottleLimit 8' (Get-IgConnection), "$TestDrive/stop.jsonl"
        try {
            $null = $shell.BeginInvoke()
            Wait-For { $server.Requests.Count -ge 40 } 'forty requests'
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { $shell.Dispose() }
        (Assert-Ended "$TestDrive/stop.jsonl").Values | Sort-Object -Unique | Should -Be 'Sent'
    }

    It 'by Ctrl-C while a request is never answered: within the drain time, and the row is Unknown' {
        $server.When('Text 2.', [InstagramMessaging.Testing.Reply]::Cut('Silence'))
        $shell = New-Shell -Script '$args[2] | Send-IgText -Connection $args[0] -JournalPath $args[1] -ThrottleLimit 1' (Get-IgConnection), "$TestDrive/drain.jsonl", (New-Rows 5)
        try {
            $null = $shell.BeginInvoke()
            Wait-For { $server.Requests.Count -eq 2 } 'two requests'
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 4
            # The request itself would have had 100 s.
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        }
        finally { $shell.Dispose() }
        $state = Assert-Ended "$TestDrive/drain.jsonl"
        $state['172'] | Should -Be 'Unknown'
        $state['171'] | Should -Be 'Sent'
        Remove-Item "$TestDrive/drain.jsonl"
    }

    It 'by Ctrl-C during a pause of a minute: before it is over' {
        $server.When('Text 2.', [InstagramMessaging.Testing.Reply]::Error(400, 613, $null).With('Retry-After', '60'))
        $shell = New-Shell -Script '$args[2] | Send-IgText -Connection $args[0] -JournalPath $args[1] -ThrottleLimit 1' (Get-IgConnection), "$TestDrive/pause.jsonl", (New-Rows 5)
        try {
            $null = $shell.BeginInvoke()
            Wait-For { $server.Requests.Count -eq 2 } 'two requests'
            Start-Sleep -Milliseconds 200
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 40
        }
        finally { $shell.Dispose() }
        $server.Requests.Count | Should -Be 2
        $state = Get-IgJournal "$TestDrive/pause.jsonl"
        $state.RecipientId | Should -Be '171', '172'
        $state.Status | Should -BeIn 'Sent', 'Waiting', 'Failed'
    }

    It 'without a journal, a warning of the host names how many messages left, and to whom' {
        $server.When('Text 2.', ([InstagramMessaging.Testing.Reply]::Json('{"recipient_id":"172","message_id":"mid.late"}').After(800)))
        $server.When('Text 3.', [InstagramMessaging.Testing.Reply]::Cut('Silence'))
        $server.Together(3)
        $child = Invoke-Pwsh @"
            Import-Module '$($IgTest.ModulePath)'
            Connect-IgAccount -PageId $Page -AccessToken (ConvertTo-SecureString $Token -AsPlainText -Force) -BaseUri $($server.BaseUri)
            `$WarningPreference = 'SilentlyContinue'
            1..3 | ForEach-Object { [pscustomobject]@{ RecipientId = "17`$_"; Text = "Text `$_." } } | Send-IgText | Select-Object -First 1 | ForEach-Object { "first: `$(`$_.RecipientId)" }
"@
        $child.Errors | Should -BeNullOrEmpty
        $child.Output | Should -BeLike '*first: 171*'
        $child.Output | Should -BeLike '*Sent: 1 (172).*'
        $child.Output | Should -BeLike '*Unknown: 1 (173).*'
        $child.Output | Should -Not -Match '171\)|\(171'
    }
}
