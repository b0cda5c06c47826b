Describe 'A file goes out' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }
    BeforeEach {
        $server = Start-Recording
        $folder = (New-Item -ItemType Directory -Force "$TestDrive/$([guid]::NewGuid().ToString('N'))").FullName
        Push-Location $folder
    }
    AfterEach {
        Pop-Location
        Stop-Recording
    }

    It '<Name> of a <Type> is uploaded, then sent by its id' -ForEach @(
        @{ Name = 'a.png'; Type = 'image'; ContentType = 'image/png' }
        @{ Name = 'a.jpg'; Type = 'image'; ContentType = 'image/jpeg' }
        @{ Name = 'a.jpeg'; Type = 'image'; ContentType = 'image/jpeg' }
        @{ Name = 'a.gif'; Type = 'image'; ContentType = 'image/gif' }
        @{ Name = 'a.aac'; Type = 'audio'; ContentType = 'audio/aac' }
        @{ Name = 'a.m4a'; Type = 'audio'; ContentType = 'audio/mp4' }
        @{ Name = 'a.wav'; Type = 'audio'; ContentType = 'audio/wav' }
        @{ Name = 'a.mp4'; Type = 'video'; ContentType = 'video/mp4' }
        @{ Name = 'a.mp4'; Type = 'audio'; ContentType = 'audio/mp4'; With = @{ Type = 'Audio' } }
        @{ Name = 'a.ogg'; Type = 'video'; ContentType = 'video/ogg' }
        @{ Name = 'a.avi'; Type = 'video'; ContentType = 'video/x-msvideo' }
        @{ Name = 'a.mov'; Type = 'video'; ContentType = 'video/quicktime' }
        @{ Name = 'a.webm'; Type = 'video'; ContentType = 'video/webm' }
        @{ Name = 'a.pdf'; Type = 'file'; ContentType = 'application/pdf' }
        @{ Name = 'PHOTO.PNG'; Type = 'image'; ContentType = 'image/png' }
    ) {
        $bytes = New-MediaFile "$folder/$Name" -Size 70000
        if (-not $With) { $With = @{} }
        $result = Send-IgMedia -RecipientId $R -Path "$folder/$Name" @With
        $server.Requests.Count | Should -Be 2

        $upload = $server.Requests[0]
        $upload.Target | Should -BeExactly "/v25.0/$Page/message_attachments"
        $upload.Headers['Authorization'] | Should -BeExactly "Bearer $Token"
        $upload.Headers['Content-Type'] | Should -Match '^multipart/form-data; boundary=[^"; ]+$'
        $parts = $upload.Parts()
        $parts.Disposition | Should -BeExactly 'Content-Disposition: form-data; name="platform"', 'Content-Disposition: form-data; name="message"', "Content-Disposition: form-data; name=`"filedata`"; filename=`"$Name`""
        $parts[0].Text | Should -BeExactly 'instagram'
        $parts[1].Text | Should -BeExactly "{`"attachment`":{`"type`":`"$Type`",`"payload`":{`"is_reusable`":true}}}"
        $parts[2].ContentType | Should -BeExactly $ContentType
        [System.Linq.Enumerable]::SequenceEqual([byte[]]$parts[2].Body, $bytes) | Should -BeTrue

        $server.Requests[1].Target | Should -BeExactly "/v25.0/$Page/messages"
        $server.Requests[1].Text | Should -BeExactly "{`"recipient`":{`"id`":`"$R`"},`"message`":{`"attachment`":{`"type`":`"$Type`",`"payload`":{`"attachment_id`":`"att1`"}}}}"
        $result.Status | Should -Be 'Sent'
        $result.AttachmentId | Should -BeExactly 'att1'
        $result.MessageId | Should -BeExactly 'mid2'
        $result.Attempts | Should -Be 1
    }

    It '-Direct sends it in one multipart message, the payload an object' {
        $bytes = New-MediaFile "$folder/a.png"
        Send-IgMedia -RecipientId $R -Path "$folder/a.png" -Direct | Out-Null
        $server.Requests.Count | Should -Be 1
        $server.Requests[0].Target | Should -BeExactly "/v25.0/$Page/messages"
        $parts = $server.Requests[0].Parts()
        $parts.Disposition | Should -BeExactly 'Content-Disposition: form-data; name="recipient"', 'Content-Disposition: form-data; name="message"', 'Content-Disposition: form-data; name="filedata"; filename="a.png"'
        $parts[0].Text | Should -BeExactly "{`"id`":`"$R`"}"
        $parts[1].Text | Should -BeExactly '{"attachment":{"type":"image","payload":{}}}'
        $parts[2].ContentType | Should -BeExactly 'image/png'
        [System.Linq.Enumerable]::SequenceEqual([byte[]]$parts[2].Body, $bytes) | Should -BeTrue
    }

    It '-Direct carries tag and message to reply to as parts of their own' {
        $null = New-MediaFile "$folder/a.pdf"
        Send-IgMedia -RecipientId $R -Path a.pdf -Direct -Tag HumanAgent -ReplyTo m1 | Out-Null
        $texts = @{}
        foreach ($part in $server.Requests[0].Parts()) { if ($part.Disposition -match 'form-data; name="([a-z_]+)"$') { $texts[$Matches[1]] = $part.Text } }
        $texts.Count | Should -Be 5
        $texts.recipient | Should -BeExactly "{`"id`":`"$R`"}"
        $texts.messaging_type | Should -BeExactly 'MESSAGE_TAG'
        $texts.tag | Should -BeExactly 'HUMAN_AGENT'
        $texts.reply_to | Should -BeExactly '{"mid":"m1"}'
        $texts.message | Should -BeExactly '{"attachment":{"type":"file","payload":{}}}'
    }

    It 'New-IgAttachment -Path uploads it and writes what it was' {
        $bytes = New-MediaFile "$folder/a.pdf"
        $attachment = New-IgAttachment -Path "$folder/a.pdf"
        $server.Requests.Count | Should -Be 1
        $server.Requests[0].Target | Should -BeExactly "/v25.0/$Page/message_attachments"
        $parts = $server.Requests[0].Parts()
        $parts[0].Text | Should -BeExactly 'instagram'
        $parts[1].Text | Should -BeExactly '{"attachment":{"type":"file","payload":{"is_reusable":true}}}'
        [System.Linq.Enumerable]::SequenceEqual([byte[]]$parts[2].Body, $bytes) | Should -BeTrue
        $attachment.AttachmentId | Should -BeExactly 'att1'
        $attachment.Type | Should -Be 'File'
        $attachment.Source | Should -BeExactly (Get-Item "$folder/a.pdf").FullName
    }

    It 'a large file arrives whole' {
        $bytes = New-MediaFile "$folder/a.mp4" -Size 3000000
        New-IgAttachment "$folder/a.mp4" | Out-Null
        [System.Linq.Enumerable]::SequenceEqual([byte[]]$server.Requests[0].Parts()[2].Body, $bytes) | Should -BeTrue
    }

    It 'the file name in the form is quoted ASCII, without filename*: <Name>' -ForEach @(
        @{ Name = 'été 图.png' }, @{ Name = '图.png' }, @{ Name = 'a;b''c.png' }, @{ Name = "a`u{301}.png" }, @{ Name = '😀.png' }
    ) {
        $null = New-MediaFile "$folder/$Name"
        Send-IgMedia $R -LiteralPath "$folder/$Name" | Out-Null
        $part = $server.Requests[0].Parts()[2]
        $part.Disposition | Should -Match '^Content-Disposition: form-data; name="filedata"; filename="[ -!#-\[\]-~]+\.png"$'
        $part.Disposition | Should -Not -Match 'filename\*'
    }

    It 'New-IgAttachment | Send-IgMedia -RecipientId sends that id as that type' {
        $null = New-MediaFile "$folder/a.wav"
        New-IgAttachment -Path a.wav | Send-IgMedia -RecipientId $R | Out-Null
        $server.Requests[1].Text | Should -BeExactly "{`"recipient`":{`"id`":`"$R`"},`"message`":{`"attachment`":{`"type`":`"audio`",`"payload`":{`"attachment_id`":`"att1`"}}}}"
    }

    It 'one attachment goes to many people' {
        $attachment = New-IgAttachment -Url 'https://example.com/a.png'
        $results = 1..3 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_" } } | Send-IgMedia -AttachmentId $attachment.AttachmentId -Type $attachment.Type
        $results.RecipientId | Should -BeExactly '171', '172', '173'
        $server.Requests.Count | Should -Be 4
        $server.Requests[3].Text | Should -BeExactly '{"recipient":{"id":"173"},"message":{"attachment":{"type":"image","payload":{"attachment_id":"att1"}}}}'
    }

    It 'Get-ChildItem *.png | <Cmdlet>' -ForEach @(@{ Cmdlet = 'Send-IgMedia'; With = @{ RecipientId = '17841400000000001' } }, @{ Cmdlet = 'New-IgAttachment'; With = @{} }) {
        'a.png', 'b [1].png', 'c.txt' | ForEach-Object { $null = New-MediaFile "$folder/$_" png -Size (60 + $_.Length) }
        $results = @(Get-ChildItem *.png | & $Cmdlet @With)
        $results.Count | Should -Be 2
        $results[1].InputObject | Should -BeOfType ([System.IO.FileInfo])
        $results[1].InputObject.Name | Should -BeExactly 'b [1].png'
        $uploads = @($server.Requests | Where-Object Target -Like '*/message_attachments')
        $uploads.ForEach({ $_.Parts()[2].Disposition }) | Should -BeExactly 'Content-Disposition: form-data; name="filedata"; filename="a.png"', 'Content-Disposition: form-data; name="filedata"; filename="b [1].png"'
    }

    It 'Get-Content list.txt | <Cmdlet> takes each line as a path' -ForEach @(@{ Cmdlet = 'Send-IgMedia'; With = @{ RecipientId = '17841400000000001' } }, @{ Cmdlet = 'New-IgAttachment'; With = @{} }) {
        'a.png', 'b.pdf' | ForEach-Object { $null = New-MediaFile "$folder/$_" }
        Set-Content list.txt 'a.png', 'b.pdf'
        $results = @(Get-Content list.txt | & $Cmdlet @With)
        $results.Count | Should -Be 2
        $uploads = @($server.Requests | Where-Object Target -Like '*/message_attachments')
        $uploads.ForEach({ $_.Parts()[2].ContentType }) | Should -BeExactly 'image/png', 'application/pdf'
    }

    It 'Get-Content list.txt | Send-IgMedia -AttachmentId sends the id, once a line' {
        Set-Content list.txt 'a.png'
        Get-Content list.txt | Send-IgMedia $R -AttachmentId A1 | Out-Null
        $server.Requests.Text | Should -BeExactly "{`"recipient`":{`"id`":`"$R`"},`"message`":{`"attachment`":{`"type`":`"MEDIA_SHARE`",`"payload`":{`"attachment_id`":`"A1`"}}}}"
    }

    It '<Name> finds the file' -ForEach @(
        @{ Name = 'a bare string'; Do = { 'a.png' | Send-IgMedia -RecipientId $R } }
        @{ Name = 'a relative path after Set-Location'; Do = { Send-IgMedia $R -Path ./a.png } }
        @{ Name = 'a parent path'; Do = { $null = New-Item -ItemType Directory sub; Set-Location sub; Send-IgMedia $R -Path ../a.png } }
        @{ Name = 'an absolute path'; Do = { Send-IgMedia $R -Path "$PWD/a.png" } }
        @{ Name = 'a wildcard that one file matches'; Do = { Send-IgMedia $R -Path '*.p?g' } }
        @{ Name = 'a file object'; Do = { Send-IgMedia $R -Path (Get-Item a.png) } }
        @{ Name = 'a raw .NET file object'; Do = { Send-IgMedia $R -LiteralPath ([System.IO.FileInfo]::new("$PWD/a.png")) } }
        @{ Name = 'a drive of its own'; Do = { $null = New-PSDrive -Name IgFiles -PSProvider FileSystem -Root $PWD.ProviderPath; try { Send-IgMedia $R -Path IgFiles:/a.png } finally { Remove-PSDrive IgFiles } } }
        @{ Name = 'a provider-qualified path'; Do = { Send-IgMedia $R -LiteralPath "Microsoft.PowerShell.Core\FileSystem::$($PWD.ProviderPath)/a.png" } }
        @{ Name = 'the column Path'; Do = { [pscustomobject]@{ RecipientId = $R; Path = 'a.png' } | Send-IgMedia } }
        @{ Name = 'a script block'; Do = { [pscustomobject]@{ RecipientId = $R; Name = 'a' } | Send-IgMedia -Path { "$($_.Name).png" } } }
    ) {
        $null = New-MediaFile "$folder/a.png"
        (& $Do).Status | Should -Be 'Sent'
        $server.Requests[0].Parts()[2].Disposition | Should -BeExactly 'Content-Disposition: form-data; name="filedata"; filename="a.png"'
    }

    It '-LiteralPath takes brackets as they are' {
        $null = New-MediaFile "$folder/a[1].png"
        $null = New-MediaFile "$folder/a1.png" -Size 65
        Send-IgMedia $R -LiteralPath 'a[1].png' | Out-Null
        $server.Requests[0].Parts()[2].Disposition | Should -BeExactly 'Content-Disposition: form-data; name="filedata"; filename="a[1].png"'
        Send-IgMedia $R -Path 'a[1].png' | Out-Null
        $server.Requests[2].Parts()[2].Disposition | Should -BeExactly 'Content-Disposition: form-data; name="filedata"; filename="a1.png"'
    }

    It 'a file with another ending goes by its content' {
        $null = New-MediaFile "$folder/download.tmp" png
        Send-IgMedia $R -Path download.tmp | Out-Null
        $part = $server.Requests[0].Parts()[2]
        $part.ContentType | Should -BeExactly 'image/png'
        $part.Disposition | Should -BeExactly 'Content-Disposition: form-data; name="filedata"; filename="download.png"'
    }
}
