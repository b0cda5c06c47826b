BeforeAll {
    . "$PSScriptRoot/TestSession.ps1"
    $ErrorActionPreference = 'Continue'
    $server = [InstagramMessaging.Testing.RecordingServer]::new()
    Connect-IgAccount '104857600000001' (ConvertTo-Secret 'EAAtest') -BaseUri $server.BaseUri -SendsPerSecond 10000
}

AfterAll { $server.Dispose() }

Describe 'A slip' {
    BeforeEach { $server.Clear() }

    It 'of a variable that was never set is an error, not an empty row: <Name>' -ForEach @(
        @{ Name = 'Send-IgText'; Call = { Send-IgText $neverSet $neverSet } }
        @{ Name = 'Send-IgSticker'; Call = { Send-IgSticker $neverSet } }
        @{ Name = 'Send-IgMedia'; Call = { Send-IgMedia $neverSet -Path $neverSet } }
        @{ Name = 'Send-IgPost'; Call = { Send-IgPost $neverSet $neverSet } }
        @{ Name = 'Add-IgReaction'; Call = { Add-IgReaction $neverSet $neverSet } }
    ) {
        $failed = & $Call 2>&1 3>$null
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgRecipientInvalid,*'
        $server.Requests.Count | Should -Be 0
    }

    It 'of an upload without a file is an error' {
        $failed = New-IgAttachment -Path $neverSet 2>&1
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgPayloadMissing,*'
    }

    It 'in a wildcard costs that row only' {
        Set-Content -LiteralPath (Join-Path $TestDrive 'a.png') -AsByteStream -Value ([byte[]](0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1))
        $rows = [pscustomobject]@{ RecipientId = '1'; Path = 'x[1.png' }, [pscustomobject]@{ RecipientId = '2'; Path = (Join-Path $TestDrive 'a.png') }
        $results = $rows | Send-IgMedia -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.RecipientId | Should -BeExactly '2'
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgMediaNotFound,*'
        $failed[0].TargetObject.Path | Should -BeExactly 'x[1.png'
    }

    It 'in a property that throws costs no other row' {
        $bad = [pscustomobject]@{ RecipientId = ''; Text = '' } | Add-Member -MemberType ScriptProperty -Name Greeting -Value { throw 'no greeting' } -PassThru
        $results = $bad, [pscustomobject]@{ RecipientId = '2'; Text = 'Hi' } | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.RecipientId | Should -BeExactly '2'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'IgRecipientInvalid,*'
    }

    It 'of each kind in the texts is named once, and the others are counted' {
        $texts = 'Hi {Name}', 'see http://foo', 'Hi {Name}, see http://bar', 'Hi Ana'
        $warned = $texts | ForEach-Object { [pscustomobject]@{ RecipientId = '171'; Text = $_ } } | Send-IgText 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
        "$($warned -join "`n")" | Should -BeExactly (@(
                'Row 1, to 171: the text still holds the placeholder {Name}.'
                "Row 2, to 171: the address 'http://foo' in the text leads nowhere."
                'Further rows with such a placeholder: 1.'
                'Further rows with such an address: 1.'
            ) -join "`n")
    }

    It 'that a spreadsheet of semicolons makes names the column that there is' {
        $failed = 'RecipientId;Text', '171;Hi' | ConvertFrom-Csv | Send-IgText 2>&1
        "$failed" | Should -BeLike '*The row has no recipient: its columns are RecipientId;Text.*-Delimiter*'
    }

    It 'in planning is spared by -WhatIf: an upload takes a place in the pace as well' {
        $slow = Connect-IgAccount '1' (ConvertTo-Secret 'EAAtest') -BaseUri $server.BaseUri -MediaPerSecond 0.1 -PassThru
        $video = Join-Path $TestDrive 'a.mp4'
        Set-Content -LiteralPath $video -AsByteStream -Value $MediaHeads.mp4
        $said = 1, 2, 3 | ForEach-Object { [pscustomobject]@{ RecipientId = "$_"; Path = $video } } | Send-IgMedia -Connection $slow -WhatIf 6>&1
        "$($said | Select-Object -Last 1)" | Should -BeExactly "What if: rows to send: 3, rows with errors: 0, bytes of text and files: $($MediaHeads.mp4.Count), uploads: 1, sends: 3, minutes at the current pace: 0.7."
    }
}
