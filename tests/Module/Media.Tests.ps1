BeforeDiscovery {
    $formats = @(
        @{ Name = 'a.png'; Type = 'image'; ContentType = 'image/png' }
        @{ Name = 'a.jpg'; Type = 'image'; ContentType = 'image/jpeg' }
        @{ Name = 'a.gif'; Type = 'image'; ContentType = 'image/gif' }
        @{ Name = 'a.aac'; Type = 'audio'; ContentType = 'audio/aac' }
        @{ Name = 'a.m4a'; Type = 'audio'; ContentType = 'audio/mp4' }
        @{ Name = 'a.wav'; Type = 'audio'; ContentType = 'audio/wav' }
        @{ Name = 'a.mp4'; Type = 'audio'; ContentType = 'audio/mp4'; Sample = 'sound.mp4' }
        @{ Name = 'b.mp4'; Type = 'video'; ContentType = 'video/mp4' }
        @{ Name = 'a.ogg'; Type = 'video'; ContentType = 'video/ogg' }
        @{ Name = 'a.avi'; Type = 'video'; ContentType = 'video/x-msvideo' }
        @{ Name = 'a.mov'; Type = 'video'; ContentType = 'video/quicktime' }
        @{ Name = 'a.webm'; Type = 'video'; ContentType = 'video/webm' }
        @{ Name = 'a.pdf'; Type = 'file'; ContentType = 'application/pdf' }
    )
    $lies = @(
        @{ What = 'a HEIC named .jpg'; Name = 'a.jpg'; Sample = 'sample.heic'; Id = 'IgMediaContentMismatch'; Says = '*jpeg*heic*' }
        @{ What = 'a video named .m4a'; Name = 'a.m4a'; Sample = 'sample.mp4'; Id = 'IgMediaContentMismatch'; Says = '*m4a*video*' }
        @{ What = 'a page named .mp4'; Name = 'a.mp4'; Text = '<!DOCTYPE html><html></html>'; Id = 'IgMediaContentMismatch'; Says = '*mp4*html*' }
        @{ What = 'a text named .pdf'; Name = 'a.pdf'; Text = 'Dear all'; Id = 'IgMediaContentMismatch'; Says = '*pdf*' }
        @{ What = 'a truncated png'; Name = 'a.png'; Sample = 'sample.png'; Cut = 40; Id = 'IgMediaTruncated'; Says = '*png*' }
        @{ What = 'an empty file'; Name = 'a.gif'; Text = ''; Id = 'IgMediaEmpty'; Says = '*a.gif*' }
        @{ What = 'a folder'; Name = 'a.folder'; Id = 'IgMediaUnreadable'; Says = '*folder*' }
    )
}

BeforeAll {
    . "$PSScriptRoot/TestSession.ps1"
    . "$PSScriptRoot/EngineSession.ps1"
    . "$PSScriptRoot/MediaSession.ps1"
}

Describe 'A real file' {
    BeforeEach {
        $server = Start-Recording
        Push-Location (New-Item -ItemType Directory -Force "$TestDrive/$([guid]::NewGuid().ToString('N'))")
    }
    AfterEach {
        Pop-Location
        Stop-Recording
    }

    It '<Name> as <Type> arrives whole: by path, directly, as an attachment and by id' -ForEach $formats {
        New-Sample $Name $(if ($Sample) { $Sample } else { "sample$([System.IO.Path]::GetExtension($Name))" })
        $sum = Get-Sha256 ([System.IO.File]::ReadAllBytes("$PWD/$Name"))
        $direct = Send-IgMedia 171 -Path $Name -Direct
        $attachment = New-IgAttachment $Name
        $byPath = Send-IgMedia 172 -Path $Name
        $byId = $attachment | Send-IgMedia -RecipientId 173

        $direct.Status, $byPath.Status, $byId.Status | Should -Be 'Sent', 'Sent', 'Sent'
        $server.Requests.Count | Should -Be 4
        foreach ($form in $server.Requests[0..1]) {
            $part = $form.Parts()[2]
            $part.Disposition | Should -BeExactly "Content-Disposition: form-data; name=`"filedata`"; filename=`"$Name`""
            $part.ContentType | Should -BeExactly $ContentType
            Get-Sha256 $part.Body | Should -BeExactly $sum
        }
        $attachment.AttachmentId | Should -BeExactly 'att2'
        "$($attachment.Type)".ToLowerInvariant() | Should -BeExactly $Type
        foreach ($n in 2, 3) {
            $server.Requests[$n].Text | Should -BeExactly "{`"recipient`":{`"id`":`"17$n`"},`"message`":{`"attachment`":{`"type`":`"$Type`",`"payload`":{`"attachment_id`":`"att2`"}}}}"
        }
    }

    It 'that is none, <What>, is <Id> before any request: <Cmdlet>' -ForEach @(
        foreach ($lie in $lies) { foreach ($cmdlet in 'Send-IgMedia', 'New-IgAttachment') { $lie + @{ Cmdlet = $cmdlet } } }
    ) {
        if ($Sample) { New-Sample $Name $Sample }
        elseif ($null -ne $Text) { [System.IO.File]::WriteAllText("$PWD/$Name", $Text) }
        else { $null = New-Item -ItemType Directory $Name }
        if ($Cut) { [System.IO.File]::WriteAllBytes("$PWD/$Name", (Get-Sample $Sample)[0..($Cut - 1)]) }
        $row = if ($Cmdlet -eq 'Send-IgMedia') { [pscustomobject]@{ RecipientId = $R; Path = $Name } } else { [pscustomobject]@{ Path = $Name } }
        $row | & $Cmdlet -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$failed" | Should -BeLike $Says
        $failed[0].TargetObject.Path | Should -BeExactly $Name
        $server.Requests.Count | Should -Be 0
    }

    It '-WhatIf names size, type and format of each, and counts uploads that are shared' {
        New-Sample a.mp4
        New-Sample b.png
        Copy-Item a.mp4 c.mp4
        $rows = foreach ($name in 'a.mp4', 'c.mp4', 'a.mp4', 'b.png') { [pscustomobject]@{ RecipientId = "17$($name[0])".Replace('a', '1').Replace('b', '2').Replace('c', '3'); Path = "$PWD/$name" } }
        $child = Invoke-Runspace -Arguments $rows, "$PWD/cache.jsonl" -Script { param($Rows, $Cache) $Rows | Send-IgMedia -WhatIf -AllowDuplicate -CachePath $Cache }
        $mp4 = (Get-Item a.mp4).Length
        $png = (Get-Item b.png).Length
        "$($child.Information[-1])" | Should -BeExactly "What if: rows to send: 4, rows with errors: 0, bytes of text and files: $($mp4 + $png), uploads: 2, sends: 4, minutes at the current pace: 0.0."
        $server.Requests.Count | Should -Be 0
        'cache.jsonl' | Should -Not -Exist
        $said = Invoke-Pwsh "Import-Module '$($IgTest.ModulePath)'; Send-IgMedia $R -Path '$PWD/a.mp4' -WhatIf"
        $said.Output | Should -BeLike "*a.mp4 (video, mp4, $mp4 bytes)*uploads: 1, sends: 1,*"
    }

    It 'through a link is the file that it leads to; a dangling one is not found' {
        New-Sample a.png
        $null = New-Item -ItemType SymbolicLink -Path link.png -Target "$PWD/a.png"
        (Send-IgMedia $R -Path link.png).Status | Should -Be 'Sent'
        $server.Requests[0].Parts()[2].Disposition | Should -BeLike '*filename="link.png"'
        Remove-Item a.png
        Send-IgMedia $R -Path link.png -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgMediaNotFound,*'
        $server.Requests.Count | Should -Be 2
    }

    It 'that this user may not read is IgMediaUnreadable' {
        if ($IsWindows -or [Environment]::IsPrivilegedProcess) { Set-ItResult -Skipped -Because 'PERMISSIONS DO NOT KEEP THIS USER FROM READING: nothing was tested' }
        New-Sample a.png
        [System.IO.File]::SetUnixFileMode("$PWD/a.png", 'None')
        Send-IgMedia $R -Path a.png -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgMediaUnreadable,*'
    }
}

Describe 'Several images' {
    BeforeEach {
        $server = Start-Recording
        Push-Location (New-Item -ItemType Directory -Force "$TestDrive/$([guid]::NewGuid().ToString('N'))")
    }
    AfterEach {
        Pop-Location
        Stop-Recording
    }

    It 'by URL are one message' {
        (Send-IgMedia $R -Url 'https://example.com/a.png', 'https://example.com/b.png').Status | Should -Be 'Sent'
        $server.Requests.Text | Should -BeExactly "{`"recipient`":{`"id`":`"$R`"},`"message`":{`"attachments`":[{`"type`":`"image`",`"payload`":{`"url`":`"https://example.com/a.png`"}},{`"type`":`"image`",`"payload`":{`"url`":`"https://example.com/b.png`"}}]}}"
    }

    It 'by URL and by id make ten' {
        (Send-IgMedia $R -Url (1..5 | ForEach-Object { "https://example.com/$_.png" }) -AttachmentId (1..5 | ForEach-Object { "A$_" })).Status | Should -Be 'Sent'
        $images = [System.Text.Json.JsonDocument]::Parse($server.Requests[0].Text).RootElement.GetProperty('message').GetProperty('attachments')
        $images.GetArrayLength() | Should -Be 10
        $images[9].GetRawText() | Should -BeExactly '{"type":"image","payload":{"attachment_id":"A5"}}'
    }

    It 'that a wildcard finds are uploaded and go in one message' {
        New-Sample a.png
        New-Sample b.png sample.png
        New-Sample c.jpg
        (Send-IgMedia $R -Path '?.[pj]*').Status | Should -Be 'Sent'
        (Get-Uploads).Count | Should -Be 2
        (Get-Sends).Count | Should -Be 1
        (Get-Sends)[0].Text | Should -BeLike '*"attachments":`[{"type":"image","payload":{"attachment_id":"att1"}},{"type":"image","payload":{"attachment_id":"att1"}},{"type":"image","payload":{"attachment_id":"att2"}}`]}}'
    }

    It 'piped in are a message each' {
        New-Sample a.png
        New-Sample b.gif
        @(Get-ChildItem | Send-IgMedia -RecipientId $R).Status | Should -Be 'Sent', 'Sent'
        (Get-Sends).Count | Should -Be 2
    }

    It '<Name> is IgPayloadAmbiguous before any request' -ForEach @(
        @{ Name = 'eleven'; Do = { Send-IgMedia $R -AttachmentId (1..11) } }
        @{ Name = 'a wildcard over an image and a video'; Do = { Send-IgMedia $R -Path * } }
        @{ Name = 'several files and -Direct'; Do = { Send-IgMedia $R -Path *.png -Direct } }
        @{ Name = 'several with -Type Video'; Do = { Send-IgMedia $R -AttachmentId A1, A2 -Type Video } }
        @{ Name = 'one URL and one id'; Do = { Send-IgMedia $R -Url 'https://example.com/a.png' -AttachmentId A1 } }
        @{ Name = 'several files for one attachment'; Do = { New-IgAttachment *.png } }
    ) {
        New-Sample a.png
        New-Sample b.png
        New-Sample c.mp4
        $ErrorActionPreference = 'Continue'
        & $Do 2>&1 | ForEach-Object FullyQualifiedErrorId | Should -BeLike 'IgPayloadAmbiguous,*'
        $server.Requests.Count | Should -Be 0
    }
}

Describe '-CheckUrl' {
    BeforeEach {
        $server = Start-Recording
        $web = [InstagramMessaging.Testing.RecordingServer]::new()
    }
    AfterEach {
        $web.Dispose()
        Stop-Recording
    }

    It 'asks each address once, and a bad one costs its rows: <Cmdlet>' -ForEach @(@{ Cmdlet = 'Send-IgMedia' }, @{ Cmdlet = 'New-IgAttachment' }) {
        $web.When('/bad', [InstagramMessaging.Testing.Reply]::Head(404, 'text/html', $null))
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Url = "$($web.BaseUri)$(('good', 'bad')[$_ % 2])"; Type = 'Image' } }
        @($rows | & $Cmdlet -CheckUrl -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue).Count | Should -Be 20
        $failed.Count | Should -Be 20
        $failed.FullyQualifiedErrorId | Should -BeLike 'IgMediaUrlInvalid,*'
        $web.Requests.Target | Sort-Object | Should -BeExactly '/bad', '/good'
        $web.Requests.Method | Should -BeExactly 'HEAD', 'HEAD'
        $web.Requests.ForEach({ $_.Headers.ContainsKey('Authorization') }) | Should -Not -Contain $true
    }

    It 'asks nobody under -WhatIf, nor where it was not given' {
        Send-IgMedia $R -Url "$($web.BaseUri)a.png" -CheckUrl -WhatIf 6>$null
        $server.Requests.Count | Should -Be 0
        (Send-IgMedia $R -Url "$($web.BaseUri)a.png").Status | Should -Be 'Sent'
        $web.Requests.Count | Should -Be 0
    }
}
