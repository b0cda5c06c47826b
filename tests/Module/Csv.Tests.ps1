Describe 'A table of 1,000 rows' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        # The names of people, the bytes of their texts, and 8 rows that cannot be sent, each for a reason of its own.
        $texts = @(
            'Hello, "friend"', "line one`r`nline two", "one`ntwo", 'Grüße 👩‍👩‍👧‍👦 ❤️', "مرحبا`u{200F}، كيف حالك؟", "שלום `u{202B}עולם`u{202C}", "  blanks at both ends  ", "tab`there", "a`u{200B}b", '=SUM(A1)', "O'Neil; 100%", '50€ – now!', [string]::new('x', 1000), [string]::new('é', 500)
        )
        $rows = foreach ($i in 1..1000) { [pscustomobject]@{ RecipientId = "1784140000000$($i.ToString('D4'))"; Name = "Person $i"; Text = $texts[$i % $texts.Count]; Link = '' } }
        $bad = @{
            17 = 'IgPayloadMissing'; 99 = 'IgTextTooLong'; 250 = 'IgLinkInvalid'; 400 = 'IgTextInvalid'
            512 = 'IgRecipientInvalid'; 640 = 'IgRecipientInvalid'; 800 = 'IgPayloadAmbiguous'; 1000 = 'IgRecipientInvalid'
        }
        $rows[16].Text = ''
        $rows[98].Text = [string]::new('x', 1001)
        $rows[249].Text = ''; $rows[249].Link = 'htp:/example'
        $rows[399].Text = "Gr`u{FFFD}n"
        $rows[511].RecipientId = ''
        $rows[639].RecipientId = '1.78414E+16'
        $rows[799].Link = 'https://example.com'
        $rows[999].RecipientId = '@ana'
        $rows[700].RecipientId = $rows[2].RecipientId
        $rows[700].Text = 'A second text to the same person'
        $rows | Export-Csv "$TestDrive/people.csv" -Encoding utf8BOM
        (Get-Content "$TestDrive/people.csv" -AsByteStream -TotalCount 3) | Should -Be 0xEF, 0xBB, 0xBF

        $server = Start-Recording
        $imported = @(Import-Csv "$TestDrive/people.csv")
        $results = @($imported | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue)
    }
    AfterAll { Stop-Recording }

    It 'the good rows arrive once and in their order' {
        $good = @(1..1000 | Where-Object { -not $bad.ContainsKey($_) })
        $server.Requests.Count | Should -Be 992
        $results.Count | Should -Be 992
        $results.Index | Should -Be $good
        ($results.Status | Select-Object -Unique) | Should -Be 'Sent'
        ($results.MessageId | Select-Object -Unique).Count | Should -Be 992
        $sent = $server.Requests.ForEach({ [System.Text.Json.JsonDocument]::Parse($_.Text).RootElement.GetProperty('recipient').GetProperty('id').GetString() })
        $sent | Should -BeExactly @($good.ForEach({ $rows[$_ - 1].RecipientId }))
    }

    It 'the good rows arrive unchanged, byte for byte' {
        $good = @(1..1000 | Where-Object { -not $bad.ContainsKey($_) })
        for ($i = 0; $i -lt $good.Count; $i++) { Assert-Exact (Get-SentText $server.Requests[$i]) $rows[$good[$i] - 1].Text }
    }

    It 'each bad row is one error with its own id, its row and a remedy' {
        $failed.Count | Should -Be $bad.Count
        $places = $failed.ForEach({ $imported.IndexOf($_.TargetObject) + 1 })
        $places | Should -Be @($bad.Keys | Sort-Object)
        for ($i = 0; $i -lt $failed.Count; $i++) {
            $failed[$i].FullyQualifiedErrorId | Should -BeExactly "$($bad[$places[$i]]),InstagramMessaging.Cmdlets.SendIgTextCommand"
            $failed[$i].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $failed[$i].Exception.Message | Should -BeLike "* $($failed[$i].ErrorDetails.RecommendedAction)"
        }
    }

    It 'the error of the long text says how long it is' {
        "$($failed[1])" | Should -BeLike '*1,001 bytes*'
    }

    It 'the repeated recipient gets both texts' {
        $both = @($server.Requests | Where-Object { $_.Text.Contains("`"$($rows[2].RecipientId)`"") })
        $both.ForEach({ Get-SentText $_ }) | Should -BeExactly $rows[2].Text, 'A second text to the same person'
    }
}

Describe 'A table with 400 bad rows and one unknown' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $server = Start-Recording
        $server.When('"Text 77"', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $rows = 1..600 | ForEach-Object { [pscustomobject]@{ RecipientId = if ($_ % 3) { "@person$_" } else { "17$_" }; Name = "Person, $_"; Text = "Text $_" } }
        $rows[76].RecipientId = '1777'
        $rows[77].RecipientId = '@person78'
        $rows | Export-Csv "$TestDrive/people.csv"
        $results = @(Import-Csv "$TestDrive/people.csv" | Send-IgText -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue)
        # The idiom of the documentation.
        $failed | Where-Object FullyQualifiedErrorId -NotLike 'IgOutcomeUnknown*' | ForEach-Object TargetObject | Export-Csv "$TestDrive/mend.csv"
        $mend = @(Import-Csv "$TestDrive/mend.csv")
    }
    AfterAll { Stop-Recording }

    It 'has a result and an error for each, beyond the 256 that $Error keeps' {
        ($results | Group-Object Status -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) | Should -BeExactly 'Failed 400', 'Sent 199', 'Unknown 1'
        $failed.Count | Should -Be 401
        @($failed | Where-Object FullyQualifiedErrorId -Like 'IgOutcomeUnknown,*').TargetObject.Text | Should -BeExactly 'Text 77'
    }

    It 'leaves the bad rows as they were, without the unknown one' {
        $mend.Count | Should -Be 400
        $mend[0].psobject.Properties.Name | Should -BeExactly 'RecipientId', 'Name', 'Text'
        $mend.Text | Should -Not -Contain 'Text 77'
        $mend.Text | Should -BeExactly @($rows | Where-Object RecipientId -Like '@*' | ForEach-Object Text)
    }

    It 'can be mended and sent again, and nobody is messaged twice' {
        $first = @($server.Requests.ForEach({ Get-SentText $_ }))
        $server.Clear()
        $mend | ForEach-Object { $_.RecipientId = $_.RecipientId -replace '@person', '18' }
        $mend | Export-Csv "$TestDrive/mend.csv"
        $again = @(Import-Csv "$TestDrive/mend.csv" | Send-IgText -ErrorAction Stop)
        $again.Count | Should -Be 400
        $all = $first + $server.Requests.ForEach({ Get-SentText $_ })
        $all.Count | Should -Be 600
        ($all | Select-Object -Unique).Count | Should -Be 600
    }
}

Describe 'What a spreadsheet does to a table is told apart' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'an ANSI file read as UTF-8 is IgTextInvalid and names the encoding' {
        [System.IO.File]::WriteAllBytes("$TestDrive/ansi.csv", [System.Text.Encoding]::Latin1.GetBytes("RecipientId,Text`r`n1,Grüße`r`n2,Hello`r`n"))
        $results = Import-Csv "$TestDrive/ansi.csv" | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.RecipientId | Should -BeExactly '2'
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgTextInvalid,*'
        "$failed" | Should -BeLike '*U+FFFD*'
        $failed.ErrorDetails.RecommendedAction | Should -BeLike '*-Encoding*'
        $server.Clear()
        Import-Csv "$TestDrive/ansi.csv" -Encoding latin1 | Send-IgText | Out-Null
        $server.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly 'Grüße', 'Hello'
    }

    It 'an id in scientific notation says that a spreadsheet did it: <Id>' -ForEach @(@{ Id = '1.78414E+16' }, @{ Id = '1,78414E+16' }, @{ Id = '1E+16' }, @{ Id = '1.78e16' }) {
        Send-IgText $Id 'Hi' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgRecipientInvalid,*'
        "$failed" | Should -BeLike '*scientific notation*spreadsheet*'
        $failed.ErrorDetails.RecommendedAction | Should -BeLike '*as text*'
    }

    It 'a user name says where ids come from: <Id>' -ForEach @(@{ Id = '@ana' }, @{ Id = 'ana.maria' }) {
        Send-IgText $Id 'Hi' -ErrorVariable failed -ErrorAction SilentlyContinue
        "$failed" | Should -BeLike '*user name*'
        $failed.ErrorDetails.RecommendedAction | Should -BeLike '*webhook*'
    }

    It 'the empty rows at the end cost one warning with their count: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Send-IgText'; Head = 'RecipientId,Text'; Row = '1,Hi' }
        @{ Cmdlet = 'Send-IgMedia'; Head = 'RecipientId,Url'; Row = '1,https://example.com/a.png' }
        @{ Cmdlet = 'Send-IgPost'; Head = 'RecipientId,PostId'; Row = '1,18' }
        @{ Cmdlet = 'Send-IgSticker'; Head = 'RecipientId,Name'; Row = '1,Ana' }
        @{ Cmdlet = 'Add-IgReaction'; Head = 'RecipientId,MessageId'; Row = '1,m1' }
        @{ Cmdlet = 'Remove-IgReaction'; Head = 'RecipientId,MessageId'; Row = '1,m1' }
        @{ Cmdlet = 'New-IgAttachment'; Head = 'Name,Url'; Row = 'Ana,https://example.com/a.png' }
    ) {
        # As a file: ConvertFrom-Csv drops such a row at the end of its input.
        Set-Content "$TestDrive/tail.csv" $Head, $Row, ',', ' , ', ','
        $rows = Import-Csv "$TestDrive/tail.csv"
        $rows.Count | Should -Be 4
        $results = @($rows | & $Cmdlet -ErrorVariable failed -WarningVariable warned -WarningAction SilentlyContinue)
        $results.Count | Should -Be 1
        $failed.Count | Should -Be 0
        $warned.Count | Should -Be 1
        "$warned" | Should -Match '\b3\b'
        $server.Requests.Count | Should -Be 1
    }

    It 'an empty row is one although the recipient comes from <Name>' -ForEach @(
        @{ Name = 'the command line'; With = @{ RecipientId = '1' }; Defaults = @{} }
        @{ Name = 'a script block'; With = @{ RecipientId = { '1' } }; Defaults = @{} }
        @{ Name = 'the defaults of the session'; With = @{}; Defaults = @{ 'Send-IgText:RecipientId' = '1' } }
    ) {
        $PSDefaultParameterValues += $Defaults
        Set-Content "$TestDrive/one.csv" 'Name,Text', 'Ana,Hi', ',', ','
        $results = @(Import-Csv "$TestDrive/one.csv" | Send-IgText @With -ErrorVariable failed -WarningVariable warned -WarningAction SilentlyContinue)
        $results.Index | Should -Be 1
        $failed.Count | Should -Be 0
        "$warned" | Should -BeExactly 'Rows with nothing in them, as a spreadsheet leaves them at its end, were passed over: 2.'
    }

    It 'an empty row in the middle leaves the others their places' {
        $results = "RecipientId,Text`n1,Hi`n,`n3,Ho" | ConvertFrom-Csv | Send-IgText -WarningAction SilentlyContinue
        $results.Index | Should -Be 1, 3
    }

    It 'a byte-order mark and a separator of another country do no harm' {
        [System.IO.File]::WriteAllText("$TestDrive/semicolon.csv", "RecipientId;Text`r`n1;`"Hi; you`"`r`n", [System.Text.UTF8Encoding]::new($true))
        Import-Csv "$TestDrive/semicolon.csv" -Delimiter ';' | Send-IgText | Out-Null
        Get-SentText $server.Requests[0] | Should -BeExactly 'Hi; you'
    }

    It 'a placeholder that was not filled in is one warning for the whole table' {
        $results = 'RecipientId,Text', '1,Hi {Name}', '2,Hi {{name}}', '3,Hi' | ConvertFrom-Csv | Send-IgText -WarningVariable warned -WarningAction SilentlyContinue
        $results.Count | Should -Be 3
        "$($warned[0])" | Should -BeLike '*{Name}*'
        "$($warned[1])" | Should -BeExactly 'Further rows with such a placeholder: 1.'
        $warned.Count | Should -Be 2
    }
}
