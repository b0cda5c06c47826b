BeforeDiscovery {
    # When the process is killed; IG_CRASH_ROUNDS asks for as many moments, spread over the whole run, and for every byte of a cut.
    $rounds = [int]$env:IG_CRASH_ROUNDS
    $moments = @(
        @{ Moment = 'before the module is there'; Kill = { Start-Sleep -Milliseconds 250 } }
        @{ Moment = 'when the journal appears'; Kill = { Wait-For { [System.IO.File]::Exists($journal) } } }
        @{ Moment = 'with the first request'; Kill = { Wait-For { $server.Requests.Count -ge 1 } } }
        @{ Moment = 'at full speed'; Kill = { Wait-For { $server.Requests.Count -ge $Rows / 2 } } }
        @{ Moment = 'during a pause'; Throttle = 40; Kill = { Wait-For { $server.Requests.RecipientId -contains '1740' }; Start-Sleep -Milliseconds 300 } }
        @{ Moment = 'near the end'; Kill = { Wait-For { $server.Requests.Count -ge $Rows - 3 } } }
    )
    if ($rounds -gt 0) {
        $random = [System.Random]::new(7)
        $moments = foreach ($n in 0..($rounds - 1)) {
            $late = $random.Next(0, 12)
            $at = [int](1 + $n * 499 / $rounds)
            switch ($n % 10) {
                0 { $late = 100 + 25 * $n; @{ Moment = "$late ms after the start"; Kill = { Start-Sleep -Milliseconds $late }; late = $late } }
                1 { @{ Moment = "$late ms after the journal"; Kill = { Wait-For { [System.IO.File]::Exists($journal) }; Start-Sleep -Milliseconds $late }; late = $late } }
                { $_ -in 2, 3 } { $late *= 40; @{ Moment = "$late ms into a pause at row $at"; Throttle = $at; Kill = { Wait-For { $server.Requests.RecipientId -contains "17$Throttle" }; Start-Sleep -Milliseconds $late }; late = $late } }
                4 { $at = 500 - $random.Next(0, 6); @{ Moment = "$late ms after request $at"; Kill = { Wait-For { $server.Requests.Count -ge $at }; Start-Sleep -Milliseconds $late }; late = $late; at = $at } }
                default { @{ Moment = "$late ms after request $at"; Kill = { Wait-For { $server.Requests.Count -ge $at }; Start-Sleep -Milliseconds $late }; late = $late; at = $at } }
            }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/TestSession.ps1"
    $PSDefaultParameterValues.Clear()
    $isThorough = [int]$env:IG_CRASH_ROUNDS -gt 0
    $Rows = if ($isThorough) { 500 } else { 120 }

    function Wait-For([scriptblock] $Condition) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($run.Process.HasExited) { throw "The run ended before the moment came. It wrote:`n$($run.Output.Result)$($run.Errors.Result)" }
            if ($clock.Elapsed.TotalSeconds -gt 120) { throw 'The moment did not come.' }
        }
    }

    # The run, always by the same command; it writes one line a row, and one for each error.
    function Start-Run {
        $script = @"
            `$ProgressPreference = 'SilentlyContinue'
            Import-Module '$($IgTest.ModulePath)'
            Connect-IgAccount -PageId $Page -AccessToken (ConvertTo-SecureString $Token -AsPlainText -Force) -BaseUri $($server.BaseUri) -SendsPerSecond 100000
            1..$Rows | ForEach-Object { [pscustomobject]@{ RecipientId = "17`$_"; Text = "Text `$_." } } |
                Send-IgText -JournalPath '$journal' -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
                ForEach-Object { "row `$(`$_.RecipientId) `$(`$_.Status)" }
            `$failed | ForEach-Object { "error `$(`$_.TargetObject.RecipientId) `$(`$_.FullyQualifiedErrorId)" }
"@
        $start = [System.Diagnostics.ProcessStartInfo]::new($IgTest.Pwsh[0])
        foreach ($argument in @($IgTest.Pwsh | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script))) {
            $start.ArgumentList.Add($argument)
        }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.Environment['NO_COLOR'] = '1'
        $start.Environment['POWERSHELL_TELEMETRY_OPTOUT'] = '1'
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        @{ Process = $process; Output = $process.StandardOutput.ReadToEndAsync(); Errors = $process.StandardError.ReadToEndAsync() }
    }

    # SIGKILL; and then what the killed one had still written to its sockets is heard.
    function Stop-Run($Run) {
        $Run.Process.Kill()
        $Run.Process.WaitForExit()
        do { $heard = $server.Requests.Count; Start-Sleep -Milliseconds 100 } while ($server.Requests.Count -ne $heard)
    }

    function Complete-Run($Run) {
        if (-not $Run.Process.WaitForExit(180000)) { $Run.Process.Kill(); throw 'The run did not end.' }
        $Run.Errors.Result | Should -BeNullOrEmpty
        $lines = @($Run.Output.Result -split '\r?\n' -ne '')
        @{
            Status = $lines -like 'row *' | ForEach-Object { $null, $id, $status = $_.Split(' '); [pscustomobject]@{ RecipientId = $id; Status = $status } }
            Errors = @($lines -like 'error *' | ForEach-Object { $null, $id, $errorId = $_.Split(' '); [pscustomobject]@{ RecipientId = $id; ErrorId = $errorId } })
        }
    }

    # Every message was accepted exactly once, but those that the run calls unknown: at most once, few, and each named.
    function Assert-Once($Result, [int] $MostUnknown) {
        $accepted = $server.Requests | Where-Object { -not $_.Answer.Body.Contains('"error"') } | Group-Object RecipientId
        $accepted | Where-Object Count -NE 1 | ForEach-Object Name | Should -BeNullOrEmpty -Because 'nobody may get a message twice'
        $Result.Status.Count | Should -Be $Rows
        @($Result.Status.RecipientId | Sort-Object -Unique).Count | Should -Be $Rows
        $unknown = @($Result.Status | Where-Object Status -EQ Unknown)
        $unknown.Count | Should -BeLessOrEqual $MostUnknown
        $Result.Status | Where-Object Status -NotIn Sent, Skipped, Unknown | Should -BeNullOrEmpty
        $missing = @($Result.Status.RecipientId | Where-Object { $_ -notin $accepted.Name })
        $missing | Where-Object { $_ -notin $unknown.RecipientId } | Should -BeNullOrEmpty -Because 'nobody may be forgotten'
        $Result.Errors.RecipientId | Sort-Object | Should -Be ($unknown.RecipientId | Sort-Object)
        $Result.Errors.ErrorId | Sort-Object -Unique | Should -Be $(if ($unknown) { 'IgOutcomeUnknown,InstagramMessaging.Cmdlets.SendIgTextCommand' })
        $summary = Get-IgJournal $journal -Summary
        $summary.Rows | Should -Be $Rows
        $summary.Sent | Should -Be ($Rows - $unknown.Count)
        $unknown.Count
    }
}

Describe 'A run that is killed' {
    BeforeEach {
        $server = Start-Recording
        $server.Slow(5, 15)
        $journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
    }
    AfterEach {
        if ($run -and -not $run.Process.HasExited) { $run.Process.Kill() }
        Stop-Recording
    }

    It '<Moment>, and run again: everything is sent once' -ForEach $moments {
        if ($Throttle) { $server.When("Text $Throttle.", [InstagramMessaging.Testing.Reply]::Error(400, 613, $null).With('Retry-After', '2')) }
        $run = Start-Run
        . $Kill
        Stop-Run $run
        $left = $server.Requests.Count
        $run = Start-Run
        $unknown = Assert-Once (Complete-Run $run) 5
        if ($isThorough) { Write-Host "    killed $Moment, $left requests, $unknown unknown" }
    }

    It 'three times over, and then not' {
        foreach ($at in 30, 60, 90) {
            $run = Start-Run
            Wait-For { $server.Requests.Count -ge $at }
            Stop-Run $run
        }
        $run = Start-Run
        $null = Assert-Once (Complete-Run $run) 15

        # What was in doubt goes when it is asked for, and after that all is said.
        $rowsAgain = 1..$Rows | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Text $_." } }
        $null = $rowsAgain | Send-IgText -JournalPath $journal -ResendUnknown -WarningAction SilentlyContinue
        (Get-IgJournal $journal -Summary).Sent | Should -Be $Rows
        @($server.Requests.RecipientId | Sort-Object -Unique).Count | Should -Be $Rows
    }
}

Describe 'A journal whose end is lost' {
    BeforeAll {
        $five = 1..5 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Text $_." } }
        # The file without its last bytes, and what a run with it comes to.
        function Invoke-Cut([byte[]] $Bytes, [int] $Cut, [object[]] $Given = $five) {
            [System.IO.File]::WriteAllBytes($journal, $Bytes[0..($Bytes.Length - $Cut - 1)])
            $server.Clear()
            @($Given | Send-IgText -JournalPath $journal -IncludeFailed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
            (Get-IgJournal $journal).Count | Should -Be $Given.Count
        }
        function Get-LastLines([byte[]] $Bytes, [int] $Count) {
            $length = 0
            for ($at = $Bytes.Length - 1; $at -ge 0; $at--) {
                if ($Bytes[$at] -eq 10 -and $length -gt 0 -and --$Count -eq 0) { break }
                $length++
            }
            $length
        }
    }
    BeforeEach {
        $server = Start-Recording
        $journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
        $null = $five | Send-IgText -JournalPath $journal
        $whole = [System.IO.File]::ReadAllBytes($journal)
    }
    AfterEach { Stop-Recording }

    It 'sends nothing twice, wherever in the last row''s line the cut is' {
        $mark = Get-LastLines $whole 1
        $both = Get-LastLines $whole 2
        $mark | Should -Be 3
        $cuts = if ($isThorough) { 1..$both } else { 1, 2, 3, 4, 5, [int](($mark + $both) / 2), ($both - 1), $both }
        $last = [System.Text.Encoding]::UTF8.GetString($whole, $whole.Length - $both, $both - $mark) | ConvertFrom-Json
        $last.status | Should -Be 'sent'
        $person = (Get-IgJournal $journal | Where-Object Key -EQ $last.key).RecipientId
        foreach ($cut in $cuts) {
            $results = Invoke-Cut $whole $cut
            $server.Requests.Count | Should -Be 0 -Because "$cut bytes less are no reason to send again"
            $unknown = @($results | Where-Object Status -EQ Unknown)
            # The line end alone is no loss.
            if ($cut -le $mark + 1) { $unknown.Count | Should -Be 0 } else { $unknown.RecipientId | Should -Be $person }
            @($results | Where-Object Status -EQ Skipped).Count | Should -Be (5 - $unknown.Count)
        }
        if ($isThorough) { Write-Host "    cut at $($cuts.Count) bytes" }
    }

    It 'nor where the last thing was a request that left' {
        Remove-Item $journal
        $null = $five[0] | Send-IgText -JournalPath $journal
        $lines = [System.IO.File]::ReadAllLines($journal)
        ($lines[1] | ConvertFrom-Json).status | Should -Be 'started'
        $lines[2] | Should -Be '{}'
        $bytes = [System.Text.Encoding]::UTF8.GetBytes(($lines[0..2] -join "`n") + "`n")
        foreach ($cut in 0..3) {
            $results = Invoke-Cut $bytes $cut $five[0]
            $results.Status | Should -Be 'Unknown'
            $server.Requests.Count | Should -Be 0
        }
    }

    It 'begins anew where not even its first line is whole' {
        $header = [System.Text.Encoding]::UTF8.GetBytes([System.IO.File]::ReadAllLines($journal)[0] + "`n")
        $cuts = if ($isThorough) { 1..$header.Length } else { 1, 2, 20, ($header.Length - 10), ($header.Length - 1) }
        foreach ($cut in $cuts) {
            if ($cut -eq $header.Length) { [System.IO.File]::WriteAllBytes($journal, [byte[]]::new(0)); $results = @($five | Send-IgText -JournalPath $journal) }
            else { $results = Invoke-Cut $header $cut }
            $results.Status | Sort-Object -Unique | Should -Be 'Sent'
            $results.Count | Should -Be 5
        }
    }

    It 'a line that was changed in the middle stops the run before it sends' {
        $lines = [System.IO.File]::ReadAllLines($journal)
        $lines[2] = $lines[2].Substring(1)
        [System.IO.File]::WriteAllLines($journal, $lines)
        $before = [System.IO.File]::ReadAllText($journal)
        $server.Clear()
        { $five | Send-IgText -JournalPath $journal } | Should -Throw -ErrorId 'IgJournalForeign,*' -ExpectedMessage '*line 3*'
        [System.IO.File]::ReadAllText($journal) | Should -BeExactly $before
        $server.Requests.Count | Should -Be 0
    }
}

Describe 'A disk that fills up' {
    BeforeAll {
        $disk = "/tmp/ig-disk-$([guid]::NewGuid())"
        $isMounted = $false
        if ($IsLinux) {
            $null = New-Item -ItemType Directory $disk
            mount -t tmpfs -o size=64k none $disk 2>$null
            $isMounted = $LASTEXITCODE -eq 0
        }
        if (-not $isMounted) { Write-Warning 'No small tmpfs can be mounted here: what a full disk does to a journal is not tested.' }
        $many = 1..600 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Text $_." } }
    }
    BeforeEach {
        $server = Start-Recording
        if ($isMounted) {
            Get-ChildItem $disk | Remove-Item
            mount -o remount,size=64k $disk
        }
    }
    AfterEach { Stop-Recording }
    AfterAll {
        if ($isMounted) {
            umount $disk
            # A file that is still open would hold it.
            if ($LASTEXITCODE -ne 0) { umount -l $disk; throw 'The disk is still in use: a file was not closed.' }
        }
        if (Test-Path $disk) { Remove-Item $disk }
    }

    It 'stops the run before the request, records all that left, and the next run finishes' {
        if (-not $isMounted) { Set-ItResult -Skipped -Because 'no small tmpfs can be mounted here' ; return }
        $server.Slow(0, 4)
        $caught = $null
        $results = @(try { $many | Send-IgText -JournalPath "$disk/n.jsonl" -IncludeFailed -ErrorAction SilentlyContinue } catch { $caught = $_ })
        $caught.FullyQualifiedErrorId | Should -BeLike 'IgRunStopped,*'
        $caught.Exception.InnerException.ErrorId | Should -BeExactly 'IgJournalUnwritable'
        "$caught" | Should -BeLike '*Make room*'
        $results.Count | Should -Be 600
        $taken = $server.Requests.Count
        $taken | Should -BeIn (50..599)
        $results | Where-Object Status -NotIn Sent, NotTried | Should -BeNullOrEmpty
        @($results | Where-Object Status -EQ Sent).Count | Should -Be $taken
        $state = Get-IgJournal "$disk/n.jsonl" | Group-Object RecipientId -AsHashTable
        foreach ($request in $server.Requests) { $state[$request.RecipientId].Status | Should -BeIn 'Sent', 'Started' -Because "$($request.RecipientId) was accepted" }
        $state.Count | Should -Be $taken

        mount -o remount,size=1m $disk
        $again = @($many | Send-IgText -JournalPath "$disk/n.jsonl" -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue)
        $unknown = @($again | Where-Object Status -EQ Unknown)
        $unknown.Count | Should -BeLessOrEqual 5
        $failed.TargetObject.RecipientId | Sort-Object | Should -Be ($unknown.RecipientId | Sort-Object)
        $again | Where-Object Status -NotIn Sent, Skipped, Unknown | Should -BeNullOrEmpty
        $server.Requests.Count | Should -Be 600
        @($server.Requests.RecipientId | Sort-Object -Unique).Count | Should -Be 600
    }

    It 'that is full already lets no run begin' {
        if (-not $isMounted) { Set-ItResult -Skipped -Because 'no small tmpfs can be mounted here' ; return }
        [System.IO.File]::WriteAllBytes("$disk/full", [byte[]]::new(65536))
        { $many | Send-IgText -JournalPath "$disk/n.jsonl" } | Should -Throw -ErrorId 'IgJournalUnwritable,*'
        $server.Requests.Count | Should -Be 0
        Remove-Item "$disk/full"
        @($many[0..4] | Send-IgText -JournalPath "$disk/n.jsonl").Status | Sort-Object -Unique | Should -Be 'Sent'
    }
}
