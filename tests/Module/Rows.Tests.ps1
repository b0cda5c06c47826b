BeforeDiscovery {
    $R = '17841400000000001'
    $to = "`"recipient`":{`"id`":`"$R`"}"
    # Each cmdlet with each name that a column may have: the parameter's and its aliases.
    $columns = @(
        foreach ($id in 'RecipientId', 'Recipient', 'Igsid', 'recipient_id', 'RECIPIENTID') {
            @{ Cmdlet = 'Send-IgText'; Csv = "$id,Text`n$R,Hi"; Json = "{$to,`"message`":{`"text`":`"Hi`"}}" }
            @{ Cmdlet = 'Send-IgMedia'; Csv = "$id,Url`n$R,https://example.com/a.png"; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"image`",`"payload`":{`"url`":`"https://example.com/a.png`"}}}}" }
            @{ Cmdlet = 'Send-IgPost'; Csv = "$id,PostId`n$R,18"; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"MEDIA_SHARE`",`"payload`":{`"id`":`"18`"}}}}" }
            @{ Cmdlet = 'Send-IgSticker'; Csv = "$id,Name`n$R,Ana"; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"like_heart`"}}}" }
            @{ Cmdlet = 'Add-IgReaction'; Csv = "$id,MessageId`n$R,m1"; Json = "{$to,`"sender_action`":`"react`",`"payload`":{`"message_id`":`"m1`",`"reaction`":`"love`"}}" }
            @{ Cmdlet = 'Remove-IgReaction'; Csv = "$id,MessageId`n$R,m1"; Json = "{$to,`"sender_action`":`"unreact`",`"payload`":{`"message_id`":`"m1`"}}" }
        }
        foreach ($text in 'Message', 'Body') { @{ Cmdlet = 'Send-IgText'; Csv = "RecipientId,$text`n$R,Hi"; Json = "{$to,`"message`":{`"text`":`"Hi`"}}" } }
        @{ Cmdlet = 'Send-IgText'; Csv = "RecipientId,Link`n$R,https://example.com"; Json = "{$to,`"message`":{`"text`":`"https://example.com`"}}" }
        @{ Cmdlet = 'Send-IgText'; Csv = "RecipientId,Text,ReplyTo`n$R,Hi,m1"; Json = "{$to,`"message`":{`"text`":`"Hi`"},`"reply_to`":{`"mid`":`"m1`"}}" }
        @{ Cmdlet = 'Send-IgMedia'; Csv = "RecipientId,MediaUrl,Type`n$R,https://example.com/a,VIDEO"; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"video`",`"payload`":{`"url`":`"https://example.com/a`"}}}}" }
        @{ Cmdlet = 'Send-IgMedia'; Csv = "RecipientId,AttachmentId,Type`n$R,A1,file"; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"file`",`"payload`":{`"attachment_id`":`"A1`"}}}}" }
        @{ Cmdlet = 'Send-IgPost'; Csv = "RecipientId,MediaId`n$R,18"; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"MEDIA_SHARE`",`"payload`":{`"id`":`"18`"}}}}" }
        @{ Cmdlet = 'Add-IgReaction'; Csv = "RecipientId,MessageId,Reaction`n$R,m1,wow"; Json = "{$to,`"sender_action`":`"react`",`"payload`":{`"message_id`":`"m1`",`"reaction`":`"wow`"}}" }
        foreach ($url in 'Url', 'MediaUrl') { @{ Cmdlet = 'New-IgAttachment'; Csv = "$url,Type`nhttps://example.com/a,audio"; Json = '{"platform":"instagram","message":{"attachment":{"type":"audio","payload":{"url":"https://example.com/a","is_reusable":true}}}}' } }
    )
}

Describe 'A row' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'of the columns <Csv> binds to <Cmdlet>' -ForEach $columns {
        $row = $Csv | ConvertFrom-Csv
        $result = $row | & $Cmdlet
        $server.Requests.Text | Should -BeExactly $Json
        [object]::ReferenceEquals($result.InputObject, $row) | Should -BeTrue
    }

    It 'of the column <Column> names a file for <Cmdlet>' -ForEach @(
        foreach ($cmdlet in 'Send-IgMedia', 'New-IgAttachment') { foreach ($column in 'Path', 'File', 'FilePath', 'LiteralPath', 'PSPath') { @{ Cmdlet = $cmdlet; Column = $column } } }
    ) {
        $null = New-MediaFile "$TestDrive/a.png"
        [pscustomobject]@{ RecipientId = $R; $Column = "$TestDrive/a.png" } | & $Cmdlet | Should -Not -BeNullOrEmpty
        $server.Requests[0].Parts()[2].ContentType | Should -BeExactly 'image/png'
    }

    It 'fills Text or Link, the other cell empty or blank' {
        $results = "RecipientId,Text,Link`n1,Hi,`n2,,https://example.com/x`n3,Ho, `n4,  ,https://example.com/y" | ConvertFrom-Csv | Send-IgText
        $results.Operation | Should -Be 'Text', 'Link', 'Text', 'Link'
        $server.Requests.Text | Should -BeExactly '{"recipient":{"id":"1"},"message":{"text":"Hi"}}', '{"recipient":{"id":"2"},"message":{"text":"https://example.com/x"}}', '{"recipient":{"id":"3"},"message":{"text":"Ho"}}', '{"recipient":{"id":"4"},"message":{"text":"https://example.com/y"}}'
    }

    It 'fills Url, Path or AttachmentId, with a Type or without' {
        $null = New-MediaFile "$TestDrive/a.mp4"
        $results = "RecipientId,Url,Path,AttachmentId,Type`n1,https://example.com/a,,,Image`n2,,$TestDrive/a.mp4,,`n3,,$TestDrive/a.mp4,,audio`n4,,,A4,Video`n5,,,A5," | ConvertFrom-Csv | Send-IgMedia
        $results.Status | Should -Be (@('Sent') * 5)
        $sends = @($server.Requests | Where-Object Target -Like '*/messages')
        $sends.Text | Should -BeExactly @(
            '{"recipient":{"id":"1"},"message":{"attachment":{"type":"image","payload":{"url":"https://example.com/a"}}}}'
            '{"recipient":{"id":"2"},"message":{"attachment":{"type":"video","payload":{"attachment_id":"att2"}}}}'
            '{"recipient":{"id":"3"},"message":{"attachment":{"type":"audio","payload":{"attachment_id":"att4"}}}}'
            '{"recipient":{"id":"4"},"message":{"attachment":{"type":"video","payload":{"attachment_id":"A4"}}}}'
            '{"recipient":{"id":"5"},"message":{"attachment":{"type":"MEDIA_SHARE","payload":{"attachment_id":"A5"}}}}'
        )
    }

    It 'may have foreign columns Id, Type, Tag, Key, UserId, Name, MessagingType: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Send-IgText'; Column = 'Text'; Cell = 'Hi' }, @{ Cmdlet = 'Send-IgPost'; Column = 'PostId'; Cell = '18' }
        @{ Cmdlet = 'Send-IgSticker'; Column = 'City'; Cell = 'Graz' }, @{ Cmdlet = 'Add-IgReaction'; Column = 'MessageId'; Cell = 'm1' }, @{ Cmdlet = 'Remove-IgReaction'; Column = 'MessageId'; Cell = 'm1' }
    ) {
        "RecipientId,$Column`n$R,$Cell" | ConvertFrom-Csv | & $Cmdlet | Out-Null
        "Id,RecipientId,$Column,Type,Tag,Key,UserId,Name,MessagingType`n7,$R,$Cell,Premium,vip,k1,99,Ana,email" | ConvertFrom-Csv | & $Cmdlet | Should -Not -BeNullOrEmpty
        $server.Requests.Count | Should -Be 2
        $server.Requests[1].Text | Should -BeExactly $server.Requests[0].Text
    }

    It 'with a foreign Type is sent as the command line says: <Name>' -ForEach @(
        @{ Name = 'Send-IgMedia -Url'; Do = { $input | Send-IgMedia -Url 'https://example.com/a.png' } }
        @{ Name = 'Send-IgMedia -Url -Type'; Do = { $input | Send-IgMedia -Url 'https://example.com/a.png' -Type Image } }
    ) {
        "RecipientId,Type`n$R,Premium" | ConvertFrom-Csv | & $Do | Out-Null
        $server.Requests[0].Text | Should -BeExactly "{`"recipient`":{`"id`":`"$R`"},`"message`":{`"attachment`":{`"type`":`"image`",`"payload`":{`"url`":`"https://example.com/a.png`"}}}}"
    }

    It 'gives way to the command line: <Name>' -ForEach @(
        @{ Name = 'the same parameter'; Csv = '5,row,'; Do = { $input | Send-IgText -Text 'line' }; Sent = '5:line' }
        @{ Name = 'its alias'; Csv = '5,row,'; Do = { $input | Send-IgText -Message 'line' }; Sent = '5:line' }
        @{ Name = 'the recipient'; Csv = '5,row,'; Do = { $input | Send-IgText -RecipientId 6 }; Sent = '6:row' }
        @{ Name = 'another payload'; Csv = '5,row,'; Do = { $input | Send-IgText -Link 'https://example.com' }; Sent = '5:https://example.com' }
        @{ Name = 'a text where the row has a link'; Csv = '5,,https://example.org'; Do = { $input | Send-IgText -Text 'line' }; Sent = '5:line' }
        @{ Name = 'a script block where the row has a link'; Csv = '5,row,https://example.org'; Do = { $input | Send-IgText -Text { "block $($_.Text)" } }; Sent = '5:block row' }
    ) {
        $rows = @("RecipientId,Text,Link`n$Csv`n$Csv" | ConvertFrom-Csv)
        $rows | & $Do | Out-Null
        $server.Requests.Count | Should -Be 2
        foreach ($request in $server.Requests) {
            $json = $request.Text | ConvertFrom-Json
            "$($json.recipient.id):$($json.message.text)" | Should -BeExactly $Sent
        }
    }

    It 'gives its media way to the command line' {
        "RecipientId,Url,Path,AttachmentId`n$R,https://example.com/x.png,/no/such.png,A1" | ConvertFrom-Csv | Send-IgMedia -AttachmentId A2 -Type Video | Out-Null
        $server.Requests.Text | Should -BeExactly "{`"recipient`":{`"id`":`"$R`"},`"message`":{`"attachment`":{`"type`":`"video`",`"payload`":{`"attachment_id`":`"A2`"}}}}"
    }

    It 'makes its text with a script block' {
        'RecipientId,Name', '1,Ana', '2,Björn' | ConvertFrom-Csv | Send-IgText -Text { "Hi $($_.Name)" } | Out-Null
        $server.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly 'Hi Ana', 'Hi Björn'
    }

    It 'whose script block throws costs that row only, and the error holds the row' {
        $rows = @('RecipientId,Name', '1,Ana', '2,', '3,Cem' | ConvertFrom-Csv)
        $results = $rows | Send-IgText -Text { if (-not $_.Name) { throw 'no name' }; "Hi $($_.Name)" } -ErrorVariable failed -ErrorAction SilentlyContinue
        $server.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly 'Hi Ana', 'Hi Cem'
        $results.RecipientId | Should -BeExactly '1', '3'
        $failed.Count | Should -Be 1
        "$failed" | Should -BeLike '*no name*'
        [object]::ReferenceEquals($failed[0].TargetObject, $rows[1]) | Should -BeTrue
    }

    It 'takes nothing over from an earlier row' {
        $rows = @(
            [pscustomobject]@{ RecipientId = '1'; Text = 'one'; ReplyTo = 'm1' }
            [pscustomobject]@{ RecipientId = '2'; Link = 'https://example.com' }
            [pscustomobject]@{ RecipientId = '3'; Name = 'no payload' }
            [pscustomobject]@{ Name = 'no recipient'; Text = 'lost' }
            [pscustomobject]@{ RecipientId = ''; Text = 'empty recipient' }
            [pscustomobject]@{ RecipientId = $null; Text = 'null recipient' }
            [pscustomobject]@{ RecipientId = '6'; Text = 'six' }
        )
        $results = $rows | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue
        $server.Requests.Text | Should -BeExactly '{"recipient":{"id":"1"},"message":{"text":"one"},"reply_to":{"mid":"m1"}}', '{"recipient":{"id":"2"},"message":{"text":"https://example.com"}}', '{"recipient":{"id":"6"},"message":{"text":"six"}}'
        $failed.ForEach({ $rows.IndexOf($_.TargetObject) }) | Should -Be 2, 3, 4, 5
        $results.RecipientId | Should -BeExactly '1', '2', '6'
    }

    It 'keeps its place behind a row without a recipient' {
        $results = [pscustomobject]@{ Name = 'Ana' }, [pscustomobject]@{ RecipientId = '2'; Name = 'Ben' } | Send-IgText -Text { $_.Name } -ErrorAction SilentlyContinue -ErrorVariable failed
        $results.RecipientId | Should -BeExactly '2'
        $results.Index | Should -Be 2 -Because 'Index is the place in the pipeline'
        $failed.FullyQualifiedErrorId | Should -BeExactly 'IgRecipientInvalid,InstagramMessaging.Cmdlets.SendIgTextCommand'
        $failed[0].Exception.Message | Should -BeLike 'The row has no recipient: its columns are Name.*'
    }

    It 'takes no media over from an earlier row' {
        [pscustomobject]@{ RecipientId = '1'; Url = 'https://example.com/a'; Type = 'Image' }, [pscustomobject]@{ RecipientId = '2'; AttachmentId = 'A2' } | Send-IgMedia | Out-Null
        $server.Requests[1].Text | Should -BeExactly '{"recipient":{"id":"2"},"message":{"attachment":{"type":"MEDIA_SHARE","payload":{"attachment_id":"A2"}}}}'
    }

    It 'takes no reaction over from an earlier row' {
        [pscustomobject]@{ RecipientId = '1'; MessageId = 'm1'; Reaction = 'wow' }, [pscustomobject]@{ RecipientId = '2'; MessageId = 'm2' } | Add-IgReaction | Out-Null
        $server.Requests[1].Text | Should -BeExactly '{"recipient":{"id":"2"},"sender_action":"react","payload":{"message_id":"m2","reaction":"love"}}'
    }

    It 'may hold numbers: <Text> goes as <Sent>' -ForEach @(
        @{ Text = 42; Sent = '42' }, @{ Text = 12345678901234567890; Sent = '12345678901234567890' }, @{ Text = 1.5; Sent = '1.5' }, @{ Text = 2.50d; Sent = '2.50' }, @{ Text = [char]'x'; Sent = 'x' }
    ) {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            [pscustomobject]@{ RecipientId = 17841400000000001; Text = $Text } | Send-IgText | Out-Null
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $server.Requests[0].Text | Should -BeExactly "{`"recipient`":{`"id`":`"17841400000000001`"},`"message`":{`"text`":`"$Sent`"}}"
    }

    It 'with an object for a text is refused: <Name>' -ForEach @(
        @{ Name = 'a hashtable'; Text = @{ a = 1 } }, @{ Name = 'a custom object'; Text = [pscustomobject]@{ a = 1 } }, @{ Name = 'an array'; Text = @('a', 'b') }
        @{ Name = 'a date'; Text = [datetime]'2026-01-01' }, @{ Name = 'a truth value'; Text = $true }, @{ Name = 'a file'; Text = [scriptblock]::Create('1') }
    ) {
        [pscustomobject]@{ RecipientId = $R; Text = $Text } | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue
        $server.Requests.Count | Should -Be 0
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgTextInvalid,*'
    }

    It 'of a database has its empty cells as DBNull: they are not given' {
        $table = [System.Data.DataTable]::new()
        'RecipientId', 'Text', 'Link' | ForEach-Object { $null = $table.Columns.Add($_) }
        $null = $table.Rows.Add('1', 'Hi', [DBNull]::Value)
        $null = $table.Rows.Add('2', [DBNull]::Value, 'https://example.com')
        $null = $table.Rows.Add([DBNull]::Value, [DBNull]::Value, [DBNull]::Value)
        $results = $table.Rows | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $results.RecipientId | Should -BeExactly '1', '2'
        $failed.Count | Should -BeLessOrEqual 1 -Because 'the third row is an empty one'
        $server.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly 'Hi', 'https://example.com'
    }

    It 'whose media a script block makes keeps its Type: <Name>' -ForEach @(
        @{ Name = '-Url'; Do = { $input | Send-IgMedia -Url { $_.Picture } }; Cell = 'https://example.com/a'; Json = '{"url":"https://example.com/a"}' }
        @{ Name = '-AttachmentId'; Do = { $input | Send-IgMedia -AttachmentId { $_.Picture } }; Cell = 'A1'; Json = '{"attachment_id":"A1"}' }
    ) {
        [pscustomobject]@{ RecipientId = '1'; Picture = $Cell; Type = 'Video' } | & $Do -ErrorAction Stop | Out-Null
        $server.Requests.Text | Should -BeExactly "{`"recipient`":{`"id`":`"1`"},`"message`":{`"attachment`":{`"type`":`"video`",`"payload`":$Json}}}"
    }

    It 'of a single URL or id by New-IgAttachment, made by a script block, keeps its Type' {
        [pscustomobject]@{ Picture = 'https://example.com/a'; Type = 'Audio' } | New-IgAttachment -Url { $_.Picture } -ErrorAction SilentlyContinue | Out-Null
        $server.Requests.Text | Should -BeExactly '{"platform":"instagram","message":{"attachment":{"type":"audio","payload":{"url":"https://example.com/a","is_reusable":true}}}}'
    }

    It 'shows no mark of the module''s own where an object stood for an id or a text' {
        $shown = @(
            [pscustomobject]@{ RecipientId = @{ a = 1 }; Text = 'Hi' } | Send-IgText -IncludeFailed -ErrorVariable failed -ErrorAction SilentlyContinue
            Send-IgText 1 ([pscustomobject]@{ a = 1 }) -IncludeFailed -ErrorVariable +failed -ErrorAction SilentlyContinue
        )
        $failed.Count | Should -Be 2
        ($shown + $failed.TargetObject | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue).Contains([char]0xFDD0) | Should -BeFalse
    }

    It 'of lines read all at once is not the file that they came from' {
        $null = New-MediaFile "$TestDrive/list.png"
        Get-Content "$TestDrive/list.png" -ReadCount 0 | Send-IgMedia 1 -ErrorAction SilentlyContinue
        $server.Requests.Count | Should -Be 0
    }

    It 'keeps its place, itself and its result together' {
        $rows = @("RecipientId,Text`n1,a`n@x,b`n3,c" | ConvertFrom-Csv)
        $results = @($rows | Send-IgText -IncludeFailed -ErrorAction SilentlyContinue -ErrorVariable failed | Sort-Object Index)
        $results.Index | Should -Be 1, 2, 3
        $results.Status | Should -Be 'Sent', 'Failed', 'Sent'
        $results.ErrorId | Should -Be $null, 'IgRecipientInvalid', $null
        0..2 | ForEach-Object { [object]::ReferenceEquals($results[$_].InputObject, $rows[$_]) | Should -BeTrue }
        [object]::ReferenceEquals($failed[0].TargetObject, $rows[1]) | Should -BeTrue
    }

    It 'is named by its error on the screen, where there are others' {
        $null = "RecipientId,Text`n1,a`n2,`n@x,c" | ConvertFrom-Csv | Send-IgText -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeExactly "Row 2, to 2: $($failed[0].Exception.Message)"
        "$($failed[1])" | Should -BeExactly "Row 3, to @x: $($failed[1].Exception.Message)"
        $null = [pscustomobject]@{ RecipientId = ''; Text = 'a' } | Send-IgText -ErrorAction SilentlyContinue -ErrorVariable failed
        "$failed" | Should -BeExactly "Row 1: $($failed[0].Exception.Message)"
        $null = Send-IgText '@ana' 'Hi' -ErrorAction SilentlyContinue -ErrorVariable failed
        "$failed" | Should -BeExactly $failed[0].Exception.Message
    }

    It 'stands for the command line where nothing is piped' {
        $result = Send-IgText 1 'Hi' -Tag HumanAgent
        $result.InputObject.RecipientId | Should -BeExactly '1'
        $result.InputObject.Text | Should -BeExactly 'Hi'
        Send-IgText '@ana' 'Hi' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].TargetObject | ConvertTo-Csv | Should -BeExactly '"RecipientId","Text"', '"@ana","Hi"'
    }

    It 'gives a result that other cmdlets take' {
        "RecipientId,Text`n1,Hi" | ConvertFrom-Csv | Send-IgText | Add-IgReaction | Should -Not -BeNullOrEmpty
        $server.Requests[1].Text | Should -BeExactly '{"recipient":{"id":"1"},"sender_action":"react","payload":{"message_id":"mid1","reaction":"love"}}'
        "RecipientId,Url`n1,https://example.com/a.png" | ConvertFrom-Csv | Send-IgMedia | Send-IgText -Text 'Seen?' -ErrorAction Stop | Send-IgSticker | Out-Null
        $server.Requests[3].Text | Should -BeExactly '{"recipient":{"id":"1"},"message":{"text":"Seen?"}}'
        $server.Requests[4].Text | Should -BeExactly '{"recipient":{"id":"1"},"message":{"attachment":{"type":"like_heart"}}}'
    }

    It 'is sent while later ones are read' {
        # The second row comes when the first has arrived; a cmdlet that read all of its input first would wait for ever.
        1..2 | ForEach-Object {
            while ($_ -eq 2 -and $server.Requests.Count -eq 0) { Start-Sleep -Milliseconds 5 }
            [pscustomobject]@{ RecipientId = "$_"; Text = "$($server.Requests.Count)" }
        } | Send-IgText | Out-Null
        $server.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly '0', '1'
    }
}
