BeforeDiscovery {
    # Error id, cmdlet, what the row holds beside the recipient, PowerShell's category, and what the message says.
    $cases = @(
        foreach ($cmdlet in @{ N = 'Send-IgText'; W = @{ Text = 'Hi' } }, @{ N = 'Send-IgMedia'; W = @{ Url = 'https://example.com/a.png' } }, @{ N = 'Send-IgPost'; W = @{ PostId = '18' } }, @{ N = 'Send-IgSticker'; W = @{ Name = 'Ana' } }, @{ N = 'Add-IgReaction'; W = @{ MessageId = 'm1' } }, @{ N = 'Remove-IgReaction'; W = @{ MessageId = 'm1' } }) {
            foreach ($id in '', ' ', $null, '@ana', 'ana', '1 7', '17a', '17-4', '1.78414E+16', '١٧') {
                @{ Id = 'IgRecipientInvalid'; Cmdlet = $cmdlet.N; Row = $cmdlet.W + @{ RecipientId = $id }; Category = 'InvalidData'; Says = '*recipient*' }
            }
            @{ Id = 'IgRecipientInvalid'; Cmdlet = $cmdlet.N; Row = $cmdlet.W + @{ RecipientId = @{ a = 1 } }; Category = 'InvalidData'; Says = '*object*' }
        }
        foreach ($text in '', '   ', "`r`n") { @{ Id = 'IgTextEmpty'; Cmdlet = 'Send-IgText'; Row = @{ Text = $text }; Category = 'InvalidData'; Says = '*empty*' } }
        @{ Id = 'IgTextTooLong'; Cmdlet = 'Send-IgText'; Row = @{ Text = [string]::new('x', 1001) }; Category = 'LimitsExceeded'; Says = '*1,001 bytes*' }
        @{ Id = 'IgTextTooLong'; Cmdlet = 'Send-IgText'; Row = @{ Text = [string]::new('é', 501) }; Category = 'LimitsExceeded'; Says = '*1,002 bytes*501 characters*' }
        @{ Id = 'IgTextTooLong'; Cmdlet = 'Send-IgText'; Row = @{ Link = 'https://example.com/' + [string]::new('x', 1000) }; Category = 'LimitsExceeded'; Says = '*1,020 bytes*' }
        foreach ($text in "a`u{FFFD}b", "a$([char]0xD83D)b", "$([char]0xDE00)", "a`0b", "a`u{7}b", "a`u{1b}[31m", "a`u{85}b") { @{ Id = 'IgTextInvalid'; Cmdlet = 'Send-IgText'; Row = @{ Text = $text }; Category = 'InvalidData'; Says = '*Character *' } }
        @{ Id = 'IgTextInvalid'; Cmdlet = 'Send-IgText'; Row = @{ Text = [pscustomobject]@{ a = 1 } }; Category = 'InvalidData'; Says = '*object*' }
        foreach ($link in 'example.com', 'www.example.com/a', 'ftp://example.com', 'http:/example.com', 'http:example.com', 'https://', 'https://example', 'https://exa mple.com', "https://example.com/`n", 'mailto:a@example.com', 'javascript:alert(1)', 'file:///etc/passwd', '//example.com') {
            @{ Id = 'IgLinkInvalid'; Cmdlet = 'Send-IgText'; Row = @{ Link = $link }; Category = 'InvalidData'; Says = '*link*' }
        }
        foreach ($row in @{ Name = 'Ana' }, @{ Text = ''; Link = '' }, @{ Text = $null; Link = ' ' }) { @{ Id = 'IgPayloadMissing'; Cmdlet = 'Send-IgText'; Row = $row; Category = 'InvalidData'; Says = '*neither*' } }
        foreach ($row in @{ Name = 'Ana' }, @{ Url = ''; Path = ' '; AttachmentId = $null; Type = 'Image' }) { @{ Id = 'IgPayloadMissing'; Cmdlet = 'Send-IgMedia'; Row = $row; Category = 'InvalidData'; Says = '*no media*' } }
        @{ Id = 'IgPayloadMissing'; Cmdlet = 'New-IgAttachment'; Row = @{ Name = 'Ana'; Url = '' }; Category = 'InvalidData'; Says = '*no media*' }
        foreach ($id in '', ' ', $null) { @{ Id = 'IgPayloadMissing'; Cmdlet = 'Send-IgPost'; Row = @{ PostId = $id }; Category = 'InvalidData'; Says = '*no post id*' } }
        foreach ($cmdlet in 'Add-IgReaction', 'Remove-IgReaction') { @{ Id = 'IgPayloadMissing'; Cmdlet = $cmdlet; Row = @{ MessageId = '' }; Category = 'InvalidData'; Says = '*no message id*' } }
        @{ Id = 'IgPayloadAmbiguous'; Cmdlet = 'Send-IgText'; Row = @{ Text = 'Hi'; Link = 'https://example.com' }; Category = 'InvalidData'; Says = '*both*' }
        foreach ($row in @{ Url = 'https://example.com/a.png'; AttachmentId = 'A1' }, @{ Url = 'https://example.com/a.png'; Path = 'a.png' }, @{ Path = 'a.png'; AttachmentId = 'A1' }) {
            @{ Id = 'IgPayloadAmbiguous'; Cmdlet = 'Send-IgMedia'; Row = $row; Category = 'InvalidData'; Says = '*more than one*' }
        }
        @{ Id = 'IgPayloadAmbiguous'; Cmdlet = 'New-IgAttachment'; Row = @{ Url = 'https://example.com/a.png'; Path = 'a.png' }; Category = 'InvalidData'; Says = '*more than one*' }
        @{ Id = 'IgPayloadAmbiguous'; Cmdlet = 'New-IgAttachment'; Row = @{ Path = '[ab].png' }; Category = 'InvalidData'; Says = '*2 media*' }
        foreach ($cmdlet in 'Send-IgMedia', 'New-IgAttachment') {
            @{ Id = 'IgTypeUnknown'; Cmdlet = $cmdlet; Row = @{ Url = 'https://example.com/a.png'; Type = 'Picture' }; Category = 'InvalidData'; Says = '*Picture*Image, Audio, Video, File*' }
            @{ Id = 'IgTypeUnknown'; Cmdlet = $cmdlet; Row = @{ Url = 'https://example.com/media' }; Category = 'InvalidData'; Says = '*-Type*' }
            foreach ($url in 'example.com/a.png', 'ftp://example.com/a.png', 'C:\a.png', '/tmp/a.png', 'https://exa mple.com/a.png', 'https://host/a.png', 'data:image/png;base64,AA') {
                @{ Id = 'IgMediaUrlInvalid'; Cmdlet = $cmdlet; Row = @{ Url = $url }; Category = 'InvalidData'; Says = '*media URL*' }
            }
            @{ Id = 'IgMediaFormatNotSupported'; Cmdlet = $cmdlet; Row = @{ Url = 'https://example.com/a.heic' }; Category = 'InvalidType'; Says = '*heic*' }
            foreach ($path in 'no.png', '*.webm', 'https://example.com/a.png', 'NoDrive:/a.png', 'no/such/folder/a.png') { @{ Id = 'IgMediaNotFound'; Cmdlet = $cmdlet; Row = @{ Path = $path }; Category = 'ObjectNotFound'; Says = "*$([System.Management.Automation.WildcardPattern]::Escape($path))*" } }
            @{ Id = 'IgMediaNotFound'; Cmdlet = $cmdlet; Row = @{ LiteralPath = 'a[1].png' }; Category = 'ObjectNotFound'; Says = '*a`[1`].png*' }
            @{ Id = 'IgMediaEmpty'; Cmdlet = $cmdlet; Row = @{ Path = 'empty.png' }; Category = 'InvalidData'; Says = '*empty.png*' }
            foreach ($path in 'folder', 'Env:/PATH') { @{ Id = 'IgMediaUnreadable'; Cmdlet = $cmdlet; Row = @{ Path = $path }; Category = 'ReadError'; Says = "*$path*" } }
            @{ Id = 'IgMediaTooLarge'; Cmdlet = $cmdlet; Row = @{ Path = 'large.png' }; Category = 'LimitsExceeded'; Says = '*8388609*8388608*' }
            @{ Id = 'IgMediaTooLarge'; Cmdlet = $cmdlet; Row = @{ Path = 'large.pdf' }; Category = 'LimitsExceeded'; Says = '*26214401*26214400*' }
            foreach ($path in 'a.heic', 'a.mp3', 'a.txt', 'a.webp', 'a.docx') { @{ Id = 'IgMediaFormatNotSupported'; Cmdlet = $cmdlet; Row = @{ Path = $path }; Category = 'InvalidType'; Says = "*$path*" } }
            @{ Id = 'IgMediaFormatNotSupported'; Cmdlet = $cmdlet; Row = @{ Path = 'a.png'; Type = 'Video' }; Category = 'InvalidType'; Says = '*png*video*' }
            @{ Id = 'IgMediaContentMismatch'; Cmdlet = $cmdlet; Row = @{ Path = 'really-pdf.png' }; Category = 'InvalidData'; Says = '*png*pdf*' }
            @{ Id = 'IgMediaContentMismatch'; Cmdlet = $cmdlet; Row = @{ Path = 'page.jpg' }; Category = 'InvalidData'; Says = '*jpeg*html*' }
        }
        foreach ($id in 'a b', "a`nb", '1.78E+17', 'https://www.instagram.com/p/abc/') {
            @{ Id = 'IgIdInvalid'; Cmdlet = 'Send-IgPost'; Row = @{ PostId = $id }; Category = 'InvalidData'; Says = '*post id*' }
            @{ Id = 'IgIdInvalid'; Cmdlet = 'Send-IgMedia'; Row = @{ AttachmentId = $id }; Category = 'InvalidData'; Says = '*attachment id*' }
            @{ Id = 'IgIdInvalid'; Cmdlet = 'Add-IgReaction'; Row = @{ MessageId = $id }; Category = 'InvalidData'; Says = '*message id*' }
            @{ Id = 'IgIdInvalid'; Cmdlet = 'Remove-IgReaction'; Row = @{ MessageId = $id }; Category = 'InvalidData'; Says = '*message id*' }
            @{ Id = 'IgIdInvalid'; Cmdlet = 'Send-IgText'; Row = @{ Text = 'Hi'; ReplyTo = $id }; Category = 'InvalidData'; Says = '*message id*' }
        }
        @{ Id = 'IgTextInvalid'; Cmdlet = 'Add-IgReaction'; Row = @{ MessageId = 'm1'; Reaction = "`u{FFFD}" }; Category = 'InvalidData'; Says = '*U+FFFD*' }
    )
    foreach ($case in $cases) {
        $case.Shown = ($case.Row.GetEnumerator() | Sort-Object Key | ForEach-Object { $value = "$($_.Value)" -replace '[^ -~]', '?'; "$($_.Key)=$($value.Substring(0, [Math]::Min(30, $value.Length)))" }) -join '; '
    }
}

Describe 'A row that cannot be sent' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        Push-Location $TestDrive
        'a.png', 'b.png', 'large.png', 'large.pdf' | ForEach-Object { $null = New-MediaFile "$TestDrive/$_" }
        foreach ($large in @{ Name = 'large.png'; Size = 8MB + 1 }, @{ Name = 'large.pdf'; Size = 25MB + 1 }) {
            $stream = [System.IO.File]::OpenWrite("$TestDrive/$($large.Name)"); $stream.SetLength($large.Size); $stream.Dispose()
        }
        [System.IO.File]::WriteAllBytes("$TestDrive/empty.png", [byte[]]::new(0))
        $null = New-Item -ItemType Directory "$TestDrive/folder"
        $null = New-MediaFile "$TestDrive/really-pdf.png" pdf
        Set-Content "$TestDrive/page.jpg" '<!DOCTYPE html><html><body>Please sign in</body></html>'
        Set-Content "$TestDrive/a.txt" 'hello'
        [System.IO.File]::WriteAllBytes("$TestDrive/a.heic", [byte[]](0, 0, 0, 24) + [System.Text.Encoding]::ASCII.GetBytes('ftypheic....mif1heic'))
        [System.IO.File]::WriteAllBytes("$TestDrive/a.mp3", [System.Text.Encoding]::ASCII.GetBytes('ID3.......................'))
        [System.IO.File]::WriteAllBytes("$TestDrive/a.webp", [System.Text.Encoding]::ASCII.GetBytes('RIFF....WEBPVP8 '))
        [System.IO.File]::WriteAllBytes("$TestDrive/a.docx", [byte[]](0x50, 0x4B, 3, 4, 0, 0, 0, 0))
        $server = Start-Recording
    }
    BeforeEach { $server.Clear() }
    AfterAll {
        Pop-Location
        Stop-Recording
    }

    It '<Id>: <Cmdlet> <Shown>' -ForEach $cases {
        if (-not $Row.ContainsKey('RecipientId')) { $Row = $Row + @{ RecipientId = $R } }
        $good = @{} + $GraphCmdlets.Where({ $_.Name -eq $Cmdlet })[0].Good
        $rows = [pscustomobject]$good, [pscustomobject]$Row, [pscustomobject]$good
        $results = @($rows | & $Cmdlet -ErrorVariable failed -ErrorAction SilentlyContinue)

        $results.Count | Should -Be 2
        # One address twice is one attachment.
        $server.Requests.Count | Should -Be $(if ($Cmdlet -eq 'New-IgAttachment') { 1 } else { 2 })
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$Id,InstagramMessaging.Cmdlets.*Command"
        $failed[0].CategoryInfo.Category | Should -Be $Category
        [object]::ReferenceEquals($failed[0].TargetObject, $rows[1]) | Should -BeTrue
        $failed[0].Exception | Should -BeOfType ([InstagramMessaging.InstagramApiException])
        $failed[0].Exception.ErrorId | Should -BeExactly $Id
        "$($failed[0])" | Should -BeLike $Says
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failed[0].Exception.Remedy | Should -BeExactly $failed[0].ErrorDetails.RecommendedAction
        "$($failed[0])".EndsWith($failed[0].ErrorDetails.RecommendedAction) | Should -BeTrue
        "$($failed[0])" | Should -Not -Match '\uFDD0'
    }

    It 'as it is on the command line: <Name>' -ForEach @(
        @{ Name = 'two URLs of which one is no image'; Do = { Send-IgMedia $R -Url 'https://example.com/a.png', 'https://example.com/b.mp4' }; Id = 'IgPayloadAmbiguous' }
        @{ Name = 'two ids of videos'; Do = { Send-IgMedia $R -AttachmentId A1, A2 -Type Video }; Id = 'IgPayloadAmbiguous' }
        @{ Name = 'a path of the web'; Do = { Send-IgMedia $R -Path 'https://example.com/a.png' }; Id = 'IgMediaNotFound' }
        @{ Name = 'a bare string that is an address'; Do = { 'https://example.com/a.png' | Send-IgMedia $R }; Id = 'IgMediaNotFound' }
        @{ Name = 'no payload'; Do = { Send-IgText $R }; Id = 'IgPayloadMissing' }
    ) {
        $ErrorActionPreference = 'Continue'
        & $Do 2>&1 | ForEach-Object FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $server.Requests.Count | Should -Be 0
    }

    It 'an unknown word on the command line ends the cmdlet before any row: <Name>' -ForEach @(
        @{ Name = '-Tag'; With = @{ Tag = 'AccountUpdate' }; Id = 'IgTypeUnknown'; Says = '*AccountUpdate*HumanAgent*' }
        @{ Name = '-MessagingType'; With = @{ MessagingType = 'Promotion' }; Id = 'IgTypeUnknown'; Says = '*Promotion*Response, Update, MessageTag*' }
        @{ Name = '-MessagingType MessageTag without a tag'; With = @{ MessagingType = 'MessageTag' }; Id = 'IgPayloadMissing'; Says = '*-Tag HumanAgent*' }
        @{ Name = '-Tag beside -MessagingType Response'; With = @{ Tag = 'HumanAgent'; MessagingType = 'Response' }; Id = 'IgPayloadAmbiguous'; Says = '*MESSAGE_TAG*' }
    ) {
        foreach ($cmdlet in $GraphCmdlets.Where({ $_.Name -like 'Send-*' })) {
            $good = $cmdlet.Good
            $record = try { [pscustomobject]$good | & $cmdlet.Name @With } catch { $_ }
            $record.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            "$record" | Should -BeLike $Says
        }
        $server.Requests.Count | Should -Be 0
    }
}
