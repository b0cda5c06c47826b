Describe 'Get-IgJournal' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $header = '{"journal":"InstagramMessaging","version":1,"account":"17841400000000000","host":"loopback","created":"2026-03-01T22:00:00Z"}'
        $lines = @(
            $header
            '{"key":"k1","status":"started","recipient":"900123","operation":"Text","at":"2026-03-01T22:00:05Z"}'
            '{}'
            '{"key":"k2","status":"started","recipient":"900124","operation":"Media","at":"2026-03-01T22:00:05Z"}'
            '{"key":"k1","status":"sent","at":"2026-03-01T22:00:06Z","messageId":"mid.1"}'
            '{}'
        )
        Set-Content "$TestDrive/night.jsonl" $lines
    }

    It 'writes one object per row, and the counts with -Summary' {
        $rows = @(Get-IgJournal "$TestDrive/night.jsonl")
        $rows.Key | Should -Be 'k1', 'k2'
        $rows.Status | Should -Be 'Sent', 'Started'
        $rows.Operation | Should -Be 'Text', 'Media'
        $rows[0].MessageId | Should -Be 'mid.1'
        $rows[0].EndedAt | Should -Be ([datetimeoffset]'2026-03-01T22:00:06Z')
        $summary = Get-ChildItem "$TestDrive/night.jsonl" | Get-IgJournal -Summary
        $summary.Rows, $summary.Sent, $summary.Started, $summary.Unknown | Should -Be 2, 1, 1, 0
    }

    It 'finds a journal relative to the location, and takes brackets as they are' {
        $null = [System.IO.Directory]::CreateDirectory("$TestDrive/[x]")
        [System.IO.File]::Copy("$TestDrive/night.jsonl", "$TestDrive/[x]/n.jsonl")
        Push-Location -LiteralPath "$TestDrive/[x]"
        try { (Get-IgJournal n.jsonl -Summary).Rows | Should -Be 2 } finally { Pop-Location }
        (Get-IgJournal "$TestDrive/[x]/n.jsonl" -Summary).Rows | Should -Be 2
    }

    It 'leaves out half a line at the end and says so' {
        Set-Content "$TestDrive/torn.jsonl" ($lines + '{"key":"k3","sta')
        $said = Get-IgJournal "$TestDrive/torn.jsonl" -Verbose 4>&1
        @($said | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message | Should -BeLike '*half a line*'
        @($said | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Count | Should -Be 2
    }

    It 'gives one error for what is no journal, and goes on' {
        Set-Content "$TestDrive/table.csv" 'RecipientId,Text', '1,Hello'
        $rows = Get-Item "$TestDrive/table.csv", "$TestDrive/night.jsonl" | Get-IgJournal -ErrorVariable failed -ErrorAction SilentlyContinue
        @($rows).Count | Should -Be 2
        @($failed).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'IgJournalForeign,*'
        { Get-IgJournal "$TestDrive/none" -ErrorAction Stop } | Should -Throw 'There is no journal*'
        { Get-IgJournal -ErrorAction Stop } | Should -Throw 'No journal was named*'
    }
}

Describe '-JournalPath' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $PSDefaultParameterValues.Clear()
        function New-Rows([int] $Count) { foreach ($n in 1..$Count) { [pscustomobject]@{ RecipientId = "17$n"; Text = "Text $n."; Order = "A-$n" } } }

        # What remains when a run is killed while that row's request is on its way: no line after its started one.
        function Set-Killed([string] $Path, [string] $Recipient) {
            $lines = [System.Collections.Generic.List[string]][System.IO.File]::ReadAllLines($Path)
            $key = @($lines | Where-Object { $_.Contains("`"recipient`":`"$Recipient`"") } | ConvertFrom-Json)[-1].key
            $null = $lines.RemoveAll({ param($line) $line.Contains("`"key`":`"$key`"") -and -not $line.Contains('"status":"started"') })
            [System.IO.File]::WriteAllLines($Path, $lines)
        }
    }
    BeforeEach {
        $server = Start-Recording
        $journal = "$TestDrive/$([guid]::NewGuid()).jsonl"
    }
    AfterEach { Stop-Recording }

    It 'a second run skips what was sent, and tries again what failed' {
        $server.When('Text 2.', [InstagramMessaging.Testing.Reply]::Error(400, 10, 2534022))
        $rows = New-Rows 4
        $first = $rows | Send-IgText -JournalPath $journal -ErrorAction SilentlyContinue
        $first.Count | Should -Be 3
        $rows += [pscustomobject]@{ RecipientId = '175'; Text = 'New' }
        $second = $rows | Send-IgText -JournalPath $journal -WarningVariable warned
        ($second | Sort-Object Index).Status | Should -Be 'Skipped', 'Sent', 'Skipped', 'Skipped', 'Sent'
        $server.Requests.Count | Should -Be 6
        # A line about what was sent before is for a run that did nothing else.
        $warned.Count | Should -Be 0
        (Get-IgJournal $journal -Summary).Sent | Should -Be 5
        (Get-IgJournal $journal | Where-Object RecipientId -EQ 172).Attempts | Should -Be 2
    }

    It 'one warning tells that everything was sent before, and since when' {
        $null = New-Rows 3 | Send-IgText -JournalPath $journal
        $sent = (Get-IgJournal $journal).EndedAt | Sort-Object | Select-Object -First 1
        $again = New-Rows 3 | Send-IgText -JournalPath $journal -WarningVariable warned -WarningAction SilentlyContinue
        $again.Status | Should -Be 'Skipped', 'Skipped', 'Skipped'
        $warned.Count | Should -Be 1
        "$warned" | Should -BeLike "Every row was skipped:*$($sent.ToString('u'))*"
        $server.Requests.Count | Should -Be 3
    }

    It 'an unknown row is reported, not sent, until -ResendUnknown' {
        $server.When('Text 2.', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $rows = New-Rows 3
        $null = $rows | Send-IgText -JournalPath $journal -ErrorAction SilentlyContinue
        foreach ($run in 1, 2) {
            $again = $rows | Send-IgText -JournalPath $journal -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue
            ($again | Sort-Object Index).Status | Should -Be 'Skipped', 'Unknown', 'Skipped'
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'IgOutcomeUnknown,*'
            $failed[0].TargetObject.RecipientId | Should -Be '172'
            ($again | Where-Object Status -EQ Unknown).RecipientId | Should -Be '172'
            "$failed" | Should -BeLike '*-ResendUnknown*'
        }
        $server.Requests.Count | Should -Be 3
        $again = $rows | Send-IgText -JournalPath $journal -ResendUnknown
        ($again | Sort-Object Index).Status | Should -Be 'Skipped', 'Sent', 'Skipped'
        $server.Requests.Count | Should -Be 4
    }

    It 'so is one that a killed run left behind' {
        $rows = New-Rows 3
        $null = $rows | Send-IgText -JournalPath $journal
        Set-Killed $journal 172
        (Get-IgJournal $journal -Summary).Started | Should -Be 1
        $again = $rows | Send-IgText -JournalPath $journal -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned
        ($again | Sort-Object Index).Status | Should -Be 'Skipped', 'Unknown', 'Skipped'
        $failed[0].TargetObject.RecipientId | Should -Be '172'
        $failed[0].Exception.Message | Should -Match ' to 172 at \d{4}-'
        $warned.Count | Should -Be 0
        $server.Requests.Count | Should -Be 3
        $null = $rows | Send-IgText -JournalPath $journal -ResendUnknown
        $server.Requests[3].RecipientId | Should -Be '172'
        $server.Requests.Count | Should -Be 4
    }

    It 'rows that a stopped run did not try leave no line, and the next run takes them' {
        $server.When('Text 3.', [InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        { New-Rows 50 | Send-IgText -JournalPath $journal -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
        $taken = $server.Requests.Count
        (Get-IgJournal $journal).Count | Should -Be $taken
        (Get-IgJournal $journal | Where-Object Status -EQ Failed).RecipientId | Should -Be '173'
        $again = New-Rows 50 | Send-IgText -JournalPath $journal
        @($again | Where-Object Status -EQ Sent).Count | Should -Be (51 - $taken)
        (Get-IgJournal $journal -Summary).Sent | Should -Be 50
    }

    It 'keys are made of the content, or are the row''s own: <How>' -ForEach @(
        @{ How = 'a column'; Rows = { New-Rows 3 | Select-Object RecipientId, Text, @{ Name = 'JournalKey'; Expression = { $_.Order } } }; With = @{} }
        @{ How = 'a script block'; Rows = { New-Rows 3 }; With = @{ JournalKey = { $_.Order } } }
    ) {
        $results = & $Rows | Send-IgText -JournalPath $journal @With
        ($results | Sort-Object Index).Key | Should -BeExactly 'A-1', 'A-2', 'A-3'
        (Get-IgJournal $journal).Key | Sort-Object | Should -BeExactly 'A-1', 'A-2', 'A-3'
        # The key stands for the message, whatever becomes of its text.
        $again = & $Rows | ForEach-Object { $_.Text = 'Corrected'; $_ } | Send-IgText -JournalPath $journal @With -WarningAction SilentlyContinue
        $again.Status | Sort-Object -Unique | Should -Be 'Skipped'
        ($again | Sort-Object Index).Key | Should -BeExactly 'A-1', 'A-2', 'A-3'
        $server.Requests.Count | Should -Be 3
    }

    It 'keys of any letters come back as they were' {
        $keys = 'a "b"', "line`nline", 'Größe', "$([char]::ConvertFromUtf32(0x1F600))", ('k' * 5000), '{}', 'a,b;c', 'K', 'k'
        $rows = foreach ($key in $keys) { [pscustomobject]@{ RecipientId = $R; Text = "Row $($keys.IndexOf($key))"; JournalKey = $key } }
        $null = $rows | Send-IgText -JournalPath $journal
        $server.Requests.Count | Should -Be $keys.Count
        (Get-IgJournal $journal).Key | Should -BeExactly $keys
        $again = $rows | Send-IgText -JournalPath $journal -WarningAction SilentlyContinue
        $again.Status | Sort-Object -Unique | Should -Be 'Skipped'
    }

    It 'one key for two messages is an error of the second, and the others go' {
        $rows = New-Rows 4
        $rows[2].Order = ' A-1 '
        $rows[3].Order = ''
        $results = $rows | Send-IgText -JournalPath $journal -JournalKey { $_.Order } -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue
        ($results | Sort-Object Index).Status | Should -Be 'Sent', 'Sent', 'Failed', 'Sent'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'IgKeyRepeated,*'
        $failed[0].TargetObject.RecipientId | Should -Be '173'
        ($results | Sort-Object Index)[3].Key | Should -Match '^[0-9a-f]{32}$'
        $server.Requests.Count | Should -Be 3
    }

    It '-AllowDuplicate: each of the same rows has a place of its own, now and in the next run' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Text = 'Hi' } }
        $first = $rows | Send-IgText -JournalPath $journal -AllowDuplicate
        $first.Status | Should -Be 'Sent', 'Sent', 'Sent'
        @($first.Key | Sort-Object -Unique).Count | Should -Be 3
        $again = $rows + $rows[0] | Send-IgText -JournalPath $journal -AllowDuplicate
        $again.Status | Sort-Object | Should -Be 'Sent', 'Skipped', 'Skipped', 'Skipped'
        $server.Requests.Count | Should -Be 4
    }

    It '-AllowDuplicate leaves the rows'' own keys as they are, so that a part of them can be run again' {
        $rows = 'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Text = 'Hi'; JournalKey = $_ } }
        ($rows | Send-IgText -JournalPath $journal -AllowDuplicate).Key | Should -BeExactly 'a', 'b', 'c'
        $again = $rows[2], $rows[1] | Send-IgText -JournalPath $journal -AllowDuplicate -WarningAction SilentlyContinue
        $again.Status | Should -Be 'Skipped', 'Skipped'
        $server.Requests.Count | Should -Be 3
    }

    It 'a key that looks like that of a duplicate is no duplicate' {
        $rows = foreach ($row in @('Hi', 'a'), @('Hi', 'a'), @('Another', 'a#2')) { [pscustomobject]@{ RecipientId = $R; Text = $row[0]; JournalKey = $row[1] } }
        $results = $rows | Send-IgText -JournalPath $journal -AllowDuplicate -IncludeFailed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        # Sent under another key or refused, but never passed over as if it had been said.
        ($results | Where-Object Index -EQ 3).Status | Should -BeIn 'Sent', 'Failed'
    }

    It 'without a journal a result has no key' {
        (Send-IgText $R 'Hi').Key | Should -BeNullOrEmpty
    }

    It 'a throttled row that was not sent in the end goes in the next run' {
        $server.When('Text 2.', [InstagramMessaging.Testing.Reply]::Error(400, 613, $null).With('Retry-After', '60'))
        { New-Rows 3 | Send-IgText -JournalPath $journal -MaximumWait 0:0:1 -ThrottleLimit 1 -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
        Disconnect-IgAccount
        Connect-IgAccount -PageId $Page -AccessToken (ConvertTo-Secret $Token) -BaseUri $server.BaseUri
        $again = New-Rows 3 | Send-IgText -JournalPath $journal
        ($again | Sort-Object Index).Status | Should -Be 'Skipped', 'Sent', 'Sent'
    }

    It 'keeps uploads, reactions and stickers, too' {
        $null = New-MediaFile "$TestDrive/k.png"
        foreach ($run in 'Sent', 'Skipped') {
            (Send-IgMedia $R -Path "$TestDrive/k.png" -JournalPath $journal -WarningAction SilentlyContinue).Status | Should -Be $run
            (Send-IgSticker $R -JournalPath $journal -WarningAction SilentlyContinue).Status | Should -Be $run
            (Add-IgReaction $R m1 -JournalPath $journal -WarningAction SilentlyContinue).Status | Should -Be $run
            (Remove-IgReaction $R m1 -JournalPath $journal -WarningAction SilentlyContinue).Status | Should -Be $run
        }
        (Get-IgJournal $journal).Count | Should -Be 4
    }

    It 'two cmdlets at once may share it, and send each row once' {
        $server.Slow(1, 10)
        $rows = New-Rows 150
        $shells = foreach ($n in 1, 2) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$($IgTest.ModulePath)'; `$args[2] | Send-IgText -Connection `$args[0] -JournalPath `$args[1] -WarningAction SilentlyContinue")
            $null = $shell.AddArgument((Get-IgConnection)).AddArgument($journal).AddArgument($rows)
            $shell
        }
        try {
            $runs = $shells.ForEach({ @{ Shell = $_; Running = $_.BeginInvoke() } })
            $results = $runs.ForEach({ $_.Shell.EndInvoke($_.Running) })
        }
        finally { $shells.ForEach({ $_.Dispose() }) }
        $results.Count | Should -Be 300
        @($results | Where-Object Status -EQ Sent).Count | Should -Be 150
        $server.Requests.Count | Should -Be 150
        @($server.Requests.RecipientId | Sort-Object -Unique).Count | Should -Be 150
        "$journal.lock" | Should -Not -Exist
    }

    It 'two cmdlets of one pipeline may share it' {
        $null = New-Rows 3 | Send-IgText -JournalPath $journal | ForEach-Object { [pscustomobject]@{ RecipientId = $_.RecipientId } } | Send-IgSticker -JournalPath $journal
        (Get-IgJournal $journal -Summary).Sent | Should -Be 6
    }

    It 'a second process may not, and says so before it sends' {
        $script:child = $null
        New-Rows 2 | Send-IgText -JournalPath $journal | ForEach-Object {
            $script:child ??= Invoke-Pwsh @"
                Import-Module '$($IgTest.ModulePath)'
                Connect-IgAccount -PageId $Page -AccessToken (ConvertTo-SecureString $Token -AsPlainText -Force) -BaseUri $($server.BaseUri)
                try { Send-IgText 900 'Hi' -JournalPath '$journal' } catch { `$_.FullyQualifiedErrorId; "`$_" }
                (Get-IgJournal '$journal' -Summary).Rows
"@
        }
        $child.Lines[0] | Should -BeExactly 'IgJournalInUse,InstagramMessaging.Cmdlets.SendIgTextCommand'
        $child.Lines[1] | Should -BeLike "*$journal*another process*"
        $child.Lines[-1] | Should -BeIn '1', '2'
        $server.Requests.RecipientId | Should -Not -Contain '900'
    }

    It 'that of another account is refused, and left as it is' {
        $null = New-Rows 2 | Send-IgText -JournalPath $journal
        $before = [System.IO.File]::ReadAllText($journal)
        Disconnect-IgAccount
        Connect-IgAccount -PageId 999 -AccessToken (ConvertTo-Secret $Token) -BaseUri $server.BaseUri
        { New-Rows 2 | Send-IgText -JournalPath $journal } | Should -Throw -ErrorId 'IgJournalForeign,*' -ExpectedMessage "*$Page*999*"
        $server.Requests.Count | Should -Be 2
        [System.IO.File]::ReadAllText($journal) | Should -BeExactly $before
    }

    It 'what is no journal is refused, and left as it is: <What>' -ForEach @(
        @{ What = 'a table'; Content = "RecipientId,Text`n171,Hi`n" }, @{ What = 'other JSON'; Content = "{`"a`":1}`n" }, @{ What = 'a text'; Content = 'Notes' }, @{ What = 'blank lines'; Content = "`n`n" }
    ) {
        [System.IO.File]::WriteAllText($journal, $Content)
        { New-Rows 2 | Send-IgText -JournalPath $journal } | Should -Throw -ErrorId 'IgJournalForeign,*'
        [System.IO.File]::ReadAllText($journal) | Should -BeExactly $Content
        $server.Requests.Count | Should -Be 0
        "$journal.lock" | Should -Not -Exist
    }

    It 'an empty file becomes one' {
        [System.IO.File]::WriteAllText($journal, '')
        $null = New-Rows 2 | Send-IgText -JournalPath $journal
        (Get-IgJournal $journal -Summary).Sent | Should -Be 2
    }

    It 'is found relative to the location and through a drive, brackets included' {
        $null = [System.IO.Directory]::CreateDirectory("$TestDrive/[j]")
        $null = New-PSDrive IgJ FileSystem -Root "$TestDrive"
        Push-Location -LiteralPath "$TestDrive/[j]"
        try {
            (Send-IgText $R '1' -JournalPath n.jsonl).Status | Should -Be 'Sent'
            (Send-IgText $R '1' -JournalPath ./n.jsonl -WarningAction SilentlyContinue).Status | Should -Be 'Skipped'
            (Send-IgText $R '1' -JournalPath '../[j]/n.jsonl' -WarningAction SilentlyContinue).Status | Should -Be 'Skipped'
        }
        finally { Pop-Location }
        (Send-IgText $R '1' -JournalPath 'IgJ:\[j]\n.jsonl' -WarningAction SilentlyContinue).Status | Should -Be 'Skipped'
        (Send-IgText $R '1' -JournalPath 'TestDrive:/[j]/n.jsonl' -WarningAction SilentlyContinue).Status | Should -Be 'Skipped'
        (Send-IgText $R '1' -JournalPath "$TestDrive/[j]/n.jsonl" -WarningAction SilentlyContinue).Status | Should -Be 'Skipped'
        $server.Requests.Count | Should -Be 1
    }

    It 'is refused before any request where it cannot be written: <Path>' -ForEach @(@{ Path = 'none/n.jsonl' }, @{ Path = '.' }, @{ Path = 'Env:PATH' }, @{ Path = 'nodrive:\n' }) {
        Push-Location -LiteralPath $TestDrive
        try { { New-Rows 2 | Send-IgText -JournalPath $Path } | Should -Throw -ErrorId 'IgJournalUnwritable,*' } finally { Pop-Location }
        $server.Requests.Count | Should -Be 0
    }

    It 'is neither read nor written under -WhatIf' {
        $null = New-Rows 2 | Send-IgText -JournalPath $journal -WhatIf -InformationAction SilentlyContinue
        $journal | Should -Not -Exist
    }

    It 'holds no text, no address and no token' {
        $null = New-MediaFile "$TestDrive/canaryfile.png"
        $server.When('canary 2', [InstagramMessaging.Testing.Reply]::Error(400, 10, 2534022, 'canary from Graph'))
        $server.When('canary 3', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $null = 1..3 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "canary $_"; Name = 'canary' } } | Send-IgText -JournalPath $journal -ErrorAction SilentlyContinue
        $null = Send-IgMedia $R -Url 'https://canary.example.com/canary.png' -JournalPath $journal
        $null = Send-IgMedia $R -Path "$TestDrive/canaryfile.png" -JournalPath $journal
        (Get-IgJournal $journal).Count | Should -Be 5
        $written = [System.IO.File]::ReadAllText($journal)
        $written | Should -Not -Match 'canary'
        $written.Contains($Token) | Should -BeFalse
        $written.Contains($AppSecret) | Should -BeFalse
    }
}
