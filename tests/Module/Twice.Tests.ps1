BeforeDiscovery {
    # Two rows that are not the same although they look alike, and two that are although they do not.
    $twins = @(
        @{ What = 'another text'; Cmdlet = 'Send-IgText'; Rows = @{ Text = 'Hi' }, @{ Text = 'hi' }; Sends = 2 }
        @{ What = 'a blank more'; Cmdlet = 'Send-IgText'; Rows = @{ Text = 'Hi' }, @{ Text = 'Hi ' }; Sends = 2 }
        @{ What = 'a letter that only looks the same'; Cmdlet = 'Send-IgText'; Rows = @{ Text = 'Café' }, @{ Text = "Cafe$([char]0x301)" }; Sends = 2 }
        @{ What = 'an answer to another message'; Cmdlet = 'Send-IgText'; Rows = @{ Text = 'Hi'; ReplyTo = 'm1' }, @{ Text = 'Hi'; ReplyTo = 'm2' }; Sends = 2 }
        @{ What = 'an answer and none'; Cmdlet = 'Send-IgText'; Rows = @{ Text = 'Hi'; ReplyTo = 'm1' }, @{ Text = 'Hi'; ReplyTo = '' }; Sends = 2 }
        @{ What = 'another url'; Cmdlet = 'Send-IgMedia'; Rows = @{ Url = 'https://example.com/a.png' }, @{ Url = 'https://example.com/A.png' }; Sends = 2 }
        @{ What = 'another type of one url'; Cmdlet = 'Send-IgMedia'; Rows = @{ Url = 'https://example.com/a'; Type = 'image' }, @{ Url = 'https://example.com/a'; Type = 'video' }; Sends = 2 }
        @{ What = 'another attachment'; Cmdlet = 'Send-IgMedia'; Rows = @{ AttachmentId = 'a1'; Type = 'image' }, @{ AttachmentId = 'a2'; Type = 'image' }; Sends = 2 }
        @{ What = 'another post'; Cmdlet = 'Send-IgPost'; Rows = @{ PostId = '180' }, @{ PostId = '181' }; Sends = 2 }
        @{ What = 'another reaction'; Cmdlet = 'Add-IgReaction'; Rows = @{ MessageId = 'm1' }, @{ MessageId = 'm2' }; Sends = 2 }
        @{ What = 'the same text'; Cmdlet = 'Send-IgText'; Rows = @{ Text = 'Hi'; Note = 'a' }, @{ Text = 'Hi'; Note = 'b' }; Sends = 1 }
        @{ What = 'the same sticker'; Cmdlet = 'Send-IgSticker'; Rows = @{}, @{}; Sends = 1 }
        @{ What = 'the same url'; Cmdlet = 'Send-IgMedia'; Rows = @{ Url = 'https://example.com/a.png' }, @{ Url = 'https://example.com/a.png'; Type = 'IMAGE' }; Sends = 1 }
        @{ What = 'the same reaction'; Cmdlet = 'Add-IgReaction'; Rows = @{ MessageId = 'm1' }, @{ MessageId = 'm1' }; Sends = 1 }
    )
    $bom = "$([char]0xFEFF)"
    $lists = @(
        @{ What = 'a table with commas'; Content = "Name,RecipientId`nAna,172`nBen,174`n" }
        @{ What = 'a table with semicolons'; Content = "Name;RecipientId;Note`r`nAna;172;a, b`r`nBen;174;`r`n" }
        @{ What = 'a table with tabs'; Content = "Igsid`tName`n172`tAna`n174`tBen" }
        @{ What = 'a table with a BOM'; Content = "${bom}RecipientId,Name`n172,Ana`n174,Ben`n" }
        @{ What = 'a table with quoted headers'; Content = "`"Name`",`"recipient_id`"`n`"Ana, of Bonn`",`"172`"`n`"Ben`",`"174`"`n" }
        @{ What = 'a BOM before a quoted header'; Content = "${bom}`"Recipient`",`"Name`"`n`"172`",`"Ana`"`n`"174`",`"Ben`"`n" }
        @{ What = 'a table of one column'; Content = "recipientid`n172`n174`n" }
        @{ What = 'a table with empty rows at its end'; Content = "Name;RecipientId`nAna;172`nBen;174`n;`n;`n" }
        @{ What = 'a list'; Content = "172`n174`n" }
        @{ What = 'a list with comments, blank lines and blanks'; Content = "# opted out`n`n 172 `n   `n# later`n174" }
        @{ What = 'a list with a BOM'; Content = "${bom}172`r`n174`r`n" }
        @{ What = 'a table behind an empty line'; Content = "`nName,RecipientId`nAna,172`nBen,174`n" }
    )
    $spoilt = @(
        @{ What = 'a user name in a list'; Content = "172`n@ana`n174" ; Says = '*line 2*' }
        @{ What = 'a number of Excel'; Content = "RecipientId,Name`n172,Ana`n1.78E+16,Ben`n"; Says = '*row 2*' }
        @{ What = 'a row without an id'; Content = "RecipientId,Name`n172,Ana`n,Ben`n"; Says = '*row 2*' }
        @{ What = 'a table without such a column'; Content = "Id,Name`n172,Ana`n"; Says = '*line 1*' }
    )
}

Describe 'The same row twice' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $PSDefaultParameterValues.Clear()
    }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It '<What>: <Sends> leave' -ForEach $twins {
        $table = foreach ($cells in $Rows) { [pscustomobject](@{ RecipientId = $R } + $cells) }
        $results = @($table | & $Cmdlet -WarningVariable warned -WarningAction SilentlyContinue)
        $server.Requests.Count | Should -Be $Sends
        ($results | Sort-Object Index).Status | Should -Be @('Sent', $(if ($Sends -eq 2) { 'Sent' } else { 'Skipped' }))
        $warned.Count | Should -Be (2 - $Sends)
    }

    It 'one text to two people is no duplicate, nor are two cmdlets to one' {
        $null = Send-IgText $R 'Hi'
        $null = 'a', 'b' | ForEach-Object { [pscustomobject]@{ RecipientId = $(if ($_ -eq 'a') { '1' } else { '2' }); Text = 'Hi' } } | Send-IgText
        $null = Add-IgReaction $R m1
        $null = Remove-IgReaction $R m1
        $server.Requests.Count | Should -Be 5
    }

    It 'many are Skipped, and one warning counts them' {
        $rows = 1..5 | ForEach-Object { foreach ($person in 1..4) { [pscustomobject]@{ RecipientId = "17$person"; Text = 'Hi' } } }
        $results = @($rows | Send-IgText -ErrorVariable failed -WarningVariable warned -WarningAction SilentlyContinue)
        $server.Requests.Count | Should -Be 4
        $results.Count | Should -Be 20
        $skipped = @($results | Where-Object Status -EQ Skipped)
        $skipped.Count | Should -Be 16
        $skipped.Attempts + $skipped.MessageId + $skipped.SentAt | Sort-Object -Unique | Should -Be 0
        $failed.Count | Should -Be 0
        $warned.Count | Should -Be 1
        "$warned" | Should -BeLike '*: 16.*-AllowDuplicate*'
    }

    It '-AllowDuplicate sends them, in their order, without a warning' {
        $rows = 1..5 | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Text = 'Hi' } }
        $results = @($rows | Send-IgText -AllowDuplicate -WarningVariable warned)
        $server.Requests.Count | Should -Be 5
        $results.Index | Should -Be (1..5)
        $results.Status | Sort-Object -Unique | Should -Be 'Sent'
        $warned.Count | Should -Be 0
    }

    It 'a duplicate of a row that failed is Skipped as well' {
        $server.Next([InstagramMessaging.Testing.Reply]::Error(400, 100, $null))
        $results = 1..2 | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Text = 'Hi' } } | Send-IgText -IncludeFailed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($results | Sort-Object Index).Status | Should -Be 'Failed', 'Skipped'
        $server.Requests.Count | Should -Be 1
    }

    It 'a file is the same by its bytes, whatever its name' {
        $bytes = New-MediaFile "$TestDrive/a.png"
        [System.IO.File]::WriteAllBytes("$TestDrive/b.png", $bytes)
        $bytes[60] = 7
        [System.IO.File]::WriteAllBytes("$TestDrive/c.png", $bytes)
        $results = 'a', 'b', 'c', 'a' | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Path = "$TestDrive/$_.png" } } | Send-IgMedia -WarningVariable warned -WarningAction SilentlyContinue
        ($results | Sort-Object Index).Status | Should -Be 'Sent', 'Skipped', 'Sent', 'Skipped'
        "$warned" | Should -BeLike '*: 2.*'
    }

    It 'a file that was written anew between two runs with one journal is another message' {
        $bytes = New-MediaFile "$TestDrive/n.png"
        $row = [pscustomobject]@{ RecipientId = $R; Path = "$TestDrive/n.png" }
        ($row | Send-IgMedia -JournalPath "$TestDrive/file.jsonl").Status | Should -Be 'Sent'
        ($row | Send-IgMedia -JournalPath "$TestDrive/file.jsonl" -WarningAction SilentlyContinue).Status | Should -Be 'Skipped'
        $bytes[60] = 8
        [System.IO.File]::WriteAllBytes("$TestDrive/n.png", $bytes)
        ($row | Send-IgMedia -JournalPath "$TestDrive/file.jsonl").Status | Should -Be 'Sent'
    }

    It 'the tag and the messaging type make another message: a journal has both' {
        $with = @{ JournalPath = "$TestDrive/tag.jsonl"; WarningAction = 'SilentlyContinue' }
        (Send-IgText $R 'Hi' @with).Status | Should -Be 'Sent'
        (Send-IgText $R 'Hi' -Tag HumanAgent @with).Status | Should -Be 'Sent'
        (Send-IgText $R 'Hi' -MessagingType Update @with).Status | Should -Be 'Sent'
        (Send-IgText $R 'Hi' @with).Status | Should -Be 'Skipped'
        (Send-IgText $R 'Hi' -Tag HUMAN_AGENT @with).Status | Should -Be 'Skipped'
        $server.Requests.Count | Should -Be 3
    }

    It 'a link is not the text that spells it' {
        $results = [pscustomobject]@{ RecipientId = $R; Text = 'https://example.com/'; Link = '' }, [pscustomobject]@{ RecipientId = $R; Text = ''; Link = 'https://example.com/' } | Send-IgText
        $server.Requests.Count | Should -BeIn 1, 2
        # Whatever they are to each other: what leaves is told, and nothing more.
        @($results | Where-Object Status -EQ Sent).Count | Should -Be $server.Requests.Count
    }

    It 'counts under -WhatIf, too' {
        $said = 1..3 | ForEach-Object { [pscustomobject]@{ RecipientId = $R; Text = 'Hi' } } | Send-IgText -WhatIf -WarningAction SilentlyContinue -WarningVariable warned -InformationVariable told -InformationAction SilentlyContinue
        @($said | Where-Object Status -EQ Skipped).Count | Should -Be 2
        "$told" | Should -BeLike '*rows to send: 1,*'
        "$warned" | Should -BeLike '*: 2.*'
        $server.Requests.Count | Should -Be 0
    }
}

Describe '-ExcludePath' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $PSDefaultParameterValues.Clear()
        $rows = 1..5 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = 'Hi' } }
        function Set-List([string] $Content) {
            # No encoding of its own: a BOM is in the content where there is to be one.
            [System.IO.File]::WriteAllText("$TestDrive/out.csv", $Content, [System.Text.UTF8Encoding]::new($false))
            "$TestDrive/out.csv"
        }
    }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'keeps people out by <What>' -ForEach $lists {
        $results = $rows | Send-IgText -ExcludePath (Set-List $Content) -ErrorVariable failed -WarningVariable warned -WarningAction SilentlyContinue
        $server.Requests.RecipientId | Sort-Object | Should -Be '171', '173', '175'
        ($results | Sort-Object Index).Status | Should -Be 'Sent', 'Skipped', 'Sent', 'Skipped', 'Sent'
        $failed.Count | Should -Be 0
        $warned.Count | Should -Be 1
        "$warned" | Should -BeLike '*out.csv*: 2.'
    }

    It 'sends nothing where the list has <What>' -ForEach $spoilt {
        { $rows | Send-IgText -ExcludePath (Set-List $Content) -JournalPath "$TestDrive/no.jsonl" } | Should -Throw -ErrorId 'IgExcludePathInvalid,*' -ExpectedMessage $Says
        $server.Requests.Count | Should -Be 0
        "$TestDrive/no.jsonl" | Should -Not -Exist
    }

    It 'sends nothing where there is no such list: <Path>' -ForEach @(@{ Path = 'none.csv' }, @{ Path = 'none/none.csv' }, @{ Path = '.' }, @{ Path = 'Env:PATH' }, @{ Path = 'nodrive:\x' }) {
        Push-Location -LiteralPath $TestDrive
        try { { $rows | Send-IgText -ExcludePath $Path } | Should -Throw -ErrorId 'IgExcludePathInvalid,*' } finally { Pop-Location }
        $server.Requests.Count | Should -Be 0
    }

    It 'takes an empty list for nobody' {
        $null = $rows | Send-IgText -ExcludePath (Set-List '') -WarningVariable warned
        $server.Requests.Count | Should -Be 5
        $warned.Count | Should -Be 0
    }

    It 'takes a path with brackets, relative and through a drive' {
        $null = [System.IO.Directory]::CreateDirectory("$TestDrive/[x]")
        [System.IO.File]::WriteAllText("$TestDrive/[x]/out.txt", "171`n172`n173`n174")
        $null = New-PSDrive IgOut FileSystem -Root ([Management.Automation.WildcardPattern]::Escape("$TestDrive/[x]"))
        Push-Location -LiteralPath "$TestDrive/[x]"
        try {
            $null = $rows | Send-IgText -ExcludePath out.txt -WarningAction SilentlyContinue
            $null = $rows | Send-IgText -ExcludePath ./out.txt -WarningAction SilentlyContinue
            $null = $rows | Send-IgText -ExcludePath "$TestDrive/[x]/out.txt" -WarningAction SilentlyContinue
        }
        finally { Pop-Location }
        $null = $rows | Send-IgText -ExcludePath IgOut:\out.txt -WarningAction SilentlyContinue
        $server.Requests.RecipientId | Should -Be '175', '175', '175', '175'
    }

    It 'holds under -WhatIf, and no connection is needed for it' {
        Disconnect-IgAccount
        $said = $rows | Send-IgText -WhatIf -ExcludePath (Set-List "172`n174") -WarningVariable warned -WarningAction SilentlyContinue -InformationVariable told -InformationAction SilentlyContinue
        $said.RecipientId | Should -Be '172', '174'
        "$told" | Should -BeLike '*rows to send: 3,*'
        "$warned" | Should -BeLike '*: 2.'
        { $rows | Send-IgText -WhatIf -ExcludePath (Set-List '@ana') -InformationAction SilentlyContinue } | Should -Throw -ErrorId 'IgExcludePathInvalid,*'
    }

    It 'holds for <Name>' -ForEach @(@{ Name = 'Send-IgMedia'; Row = @{ Url = 'https://example.com/a.png' } }, @{ Name = 'Send-IgPost'; Row = @{ PostId = '18' } }, @{ Name = 'Send-IgSticker'; Row = @{} }, @{ Name = 'Add-IgReaction'; Row = @{ MessageId = 'm1' } }, @{ Name = 'Remove-IgReaction'; Row = @{ MessageId = 'm1' } }) {
        $table = '171', '172' | ForEach-Object { [pscustomobject](@{ RecipientId = $_ } + $Row) }
        $results = $table | & $Name -ExcludePath (Set-List '172') -WarningAction SilentlyContinue
        ($results | Sort-Object Index).Status | Should -Be 'Sent', 'Skipped'
        $server.Requests.Count | Should -Be 1
    }
}
