Describe '-FailedPath' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $PSDefaultParameterValues.Clear()
        function New-Rows([int] $Count) { foreach ($n in 1..$Count) { [pscustomobject]@{ RecipientId = "17$n"; Text = "Text $n."; Note = "He said: `"no`", twice`nor so" } } }
    }
    BeforeEach {
        $server = Start-Recording
        $failedPath = "$TestDrive/$([guid]::NewGuid()).csv"
    }
    AfterEach { Stop-Recording }

    It 'has the rows with their own columns, what was wrong, and what helps' {
        $rows = New-Rows 5
        $rows[1].RecipientId = '@ana'
        $server.When('Text 4.', [InstagramMessaging.Testing.Reply]::Error(400, 10, 2534022))
        $server.When('Text 5.', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $null = $rows | Send-IgText -FailedPath $failedPath -ErrorVariable failed -ErrorAction SilentlyContinue
        $table = @(Import-Csv $failedPath)
        $table[0].psobject.Properties.Name | Should -BeExactly 'RecipientId', 'Text', 'Note', 'IgErrorId', 'IgRemedy'
        $table.RecipientId | Should -Be '@ana', '174'
        $table.IgErrorId | Should -Be 'IgRecipientInvalid', 'IgWindowClosed'
        $table.Note | Should -BeExactly $rows[0].Note, $rows[0].Note
        $table.IgRemedy | Should -Not -Contain ''
        $failed.Count | Should -Be 3
        "$failedPath.partial" | Should -Not -Exist
    }

    It 'can be mended and sent again, from and to the same file, until it is empty' {
        $rows = New-Rows 6
        $rows[1].RecipientId = '@ana'
        $rows[4].Text = ''
        $null = $rows | Send-IgText -FailedPath $failedPath -JournalPath "$failedPath.jsonl" -ErrorAction SilentlyContinue
        $server.Requests.Count | Should -Be 4

        $mended = Import-Csv $failedPath | ForEach-Object { if ($_.RecipientId -eq '@ana') { $_.RecipientId = '172' }; $_ }
        $mended | Export-Csv $failedPath
        Import-Csv $failedPath | Send-IgText -FailedPath $failedPath -JournalPath "$failedPath.jsonl" -ErrorAction SilentlyContinue | ForEach-Object RecipientId | Should -Be '172'
        $left = @(Import-Csv $failedPath)
        $left.Count | Should -Be 1
        $left[0].RecipientId | Should -Be '175'
        @($left[0].psobject.Properties.Name) | Should -BeExactly 'RecipientId', 'Text', 'Note', 'IgErrorId', 'IgRemedy'

        Import-Csv $failedPath | Send-IgText -Text 'Mended' -FailedPath $failedPath -JournalPath "$failedPath.jsonl" | ForEach-Object RecipientId | Should -Be '175'
        @(Import-Csv $failedPath).Count | Should -Be 0
        $failedPath | Should -Exist
        $server.Requests.Count | Should -Be 6
    }

    It 'an empty table replaces that of the last run' {
        Set-Content $failedPath 'RecipientId,Text', '1,old'
        $null = New-Rows 2 | Send-IgText -FailedPath $failedPath
        (Get-Content $failedPath -Raw)?.Trim([char]0xFEFF, "`r", "`n") | Should -BeNullOrEmpty
    }

    It 'has the rows that were not tried' {
        $server.When('Text 2.', [InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        # One at a time, so that no row can be answered before the one that stops the run.
        { New-Rows 40 | Send-IgText -FailedPath $failedPath -ThrottleLimit 1 -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
        $table = @(Import-Csv $failedPath)
        $answered = $server.Requests | Where-Object { -not $_.Answer.Body.Contains('"error"') }
        @($answered.RecipientId) + $table.RecipientId | Sort-Object | Should -Be ((1..40).ForEach({ "17$_" }) | Sort-Object)
        ($table | Where-Object RecipientId -EQ 172).IgErrorId | Should -Be 'IgTokenInvalid'
        ($table | Where-Object RecipientId -NE 172).IgErrorId | Sort-Object -Unique | Should -Be 'IgNotTried'
        # The next run takes them from there.
        Import-Csv $failedPath | Send-IgText | Should -HaveCount $table.Count
    }

    It 'takes a command line and a file for a row, too' {
        $null = Send-IgText '@ana' 'Hi' -FailedPath $failedPath -ErrorAction SilentlyContinue
        $table = @(Import-Csv $failedPath)
        $table.Text, $table.RecipientId, $table.IgErrorId | Should -Be 'Hi', '@ana', 'IgRecipientInvalid'
        Set-Content "$TestDrive/x.png" 'no image'
        Get-Item "$TestDrive/x.png" | Send-IgMedia -RecipientId $R -FailedPath $failedPath -ErrorAction SilentlyContinue
        $table = @(Import-Csv $failedPath)
        $table.RecipientId, $table.LiteralPath | Should -Be $R, (Get-Item "$TestDrive/x.png").FullName
        $null = New-MediaFile "$TestDrive/x.png"
        (Import-Csv $failedPath | Send-IgMedia).Status | Should -Be 'Sent'
    }

    It 'after <What> the table stays beside its place' -ForEach @(
        @{ What = 'Select-Object -First'; Stop = { $rows | Send-IgText -FailedPath $failedPath -JournalPath "$failedPath.jsonl" -ErrorAction SilentlyContinue -IncludeFailed | Select-Object -First 3 } }
        @{ What = 'a throw downstream'; Stop = { try { $rows | Send-IgText -FailedPath $failedPath -JournalPath "$failedPath.jsonl" -ErrorAction SilentlyContinue | ForEach-Object { throw 'x' } } catch { $null = $_ } } }
    ) {
        $rows = @([pscustomobject]@{ RecipientId = '@ana'; Text = 'Hi' }) + (New-Rows 100)
        Set-Content $failedPath 'RecipientId,Text', '1,old'
        $null = . $Stop
        Get-Content $failedPath | Should -Be 'RecipientId,Text', '1,old'
        (Import-Csv "$failedPath.partial").RecipientId | Should -Be '@ana'
        # The next run begins anew, and cleans up.
        $null = New-Rows 1 | Send-IgText -FailedPath $failedPath
        "$failedPath.partial" | Should -Not -Exist
    }

    It 'after Ctrl-C it stays there, too' {
        $rows = @([pscustomobject]@{ RecipientId = '@ana'; Text = 'Hi' }) + (New-Rows 100)
        $server.Slow(100, 100)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$($IgTest.ModulePath)'; `$args[2] | Send-IgText -Connection `$args[0] -FailedPath `$args[1] -JournalPath `"`$(`$args[1]).jsonl`" -ErrorAction SilentlyContinue")
            $null = $shell.AddArgument((Get-IgConnection)).AddArgument($failedPath).AddArgument($rows).BeginInvoke()
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while ($server.Requests.Count -eq 0 -and $clock.Elapsed.TotalSeconds -lt 120) { Start-Sleep -Milliseconds 5 }
            $shell.Stop()
        }
        finally { $shell.Dispose() }
        $failedPath | Should -Not -Exist
        (Import-Csv "$failedPath.partial").RecipientId | Should -Be '@ana'
        (Get-IgJournal "$failedPath.jsonl" -Summary).Sent | Should -Be $server.Requests.Count
    }

    It 'is refused before any request where it cannot be written: <Path>' -ForEach @(@{ Path = 'none/f.csv' }, @{ Path = '.' }, @{ Path = 'Env:PATH' }) {
        Push-Location -LiteralPath $TestDrive
        try { { New-Rows 2 | Send-IgText -FailedPath $Path } | Should -Throw -ErrorId 'IgFailedPathUnwritable,*' } finally { Pop-Location }
        $server.Requests.Count | Should -Be 0
    }

    It 'keeps the cells of rows with other columns' {
        [pscustomobject]@{ RecipientId = '@ana'; Text = 'One' }, [pscustomobject]@{ Igsid = '@ben'; Message = 'Two'; Note = 'x' } | Send-IgText -FailedPath $failedPath -ErrorAction SilentlyContinue
        $table = @(Import-Csv $failedPath)
        $table[0].RecipientId, $table[0].Text | Should -Be '@ana', 'One'
        $table[1].Igsid, $table[1].Message, $table[1].Note | Should -Be '@ben', 'Two', 'x'
        $table.IgErrorId | Should -Be 'IgRecipientInvalid', 'IgRecipientInvalid'
    }

    It 'never takes the place of <What>' -ForEach @(
        @{ What = 'a journal'; With = @{} }
        @{ What = 'this run''s journal'; With = { @{ JournalPath = $failedPath } } }
        @{ What = 'the list of those who are left out'; With = { @{ ExcludePath = $failedPath } } }
    ) {
        if ($What -like '*list*') { Set-Content $failedPath '171' } else { $null = New-Rows 2 | Send-IgText -JournalPath $failedPath }
        $before = [System.IO.File]::ReadAllText($failedPath)
        $server.Clear()
        $parameters = if ($With -is [scriptblock]) { & $With } else { $With }
        { New-Rows 3 | Send-IgText -FailedPath $failedPath @parameters -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'IgFailedPathUnwritable,*'
        $server.Requests.Count | Should -Be 0
        [System.IO.File]::ReadAllText($failedPath) | Should -BeExactly $before
    }

    It 'has no token in it' {
        $server.When('Text 1.', [InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        { New-Rows 3 | Send-IgText -FailedPath $failedPath -ErrorAction SilentlyContinue } | Should -Throw
        [System.IO.File]::ReadAllText($failedPath).Contains($Token) | Should -BeFalse
    }
}
