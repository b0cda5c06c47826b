BeforeDiscovery {
    $R = '17841400000000001'
    $to = "`"recipient`":{`"id`":`"$R`"}"
    $image = 'https://example.com/img/a.png?size=large&v=2'
    $calls = @(
        @{ Call = 'Send-IgText -RecipientId R -Text T'; Do = { Send-IgText -RecipientId $R -Text 'Hello' }; Json = "{$to,`"message`":{`"text`":`"Hello`"}}" }
        @{ Call = 'Send-IgText R T, by position'; Do = { Send-IgText $R 'Hello' }; Json = "{$to,`"message`":{`"text`":`"Hello`"}}" }
        @{ Call = 'Send-IgText -Link'; Do = { Send-IgText -RecipientId $R -Link 'https://example.com/a?b=c&d=e#f' }; Json = "{$to,`"message`":{`"text`":`"https://example.com/a?b=c&d=e#f`"}}" }
        @{ Call = 'Send-IgText -ReplyTo'; Do = { Send-IgText $R 'Hello' -ReplyTo 'mid.$x/1==' }; Json = "{$to,`"message`":{`"text`":`"Hello`"},`"reply_to`":{`"mid`":`"mid.`$x/1==`"}}" }
        foreach ($tag in 'HumanAgent', 'HUMAN_AGENT', 'humanagent', 'human_agent') {
            @{ Call = "Send-IgText -Tag $tag"; Tag = $tag; Do = { Send-IgText $R 'Hello' -Tag $Tag }; Json = "{$to,`"messaging_type`":`"MESSAGE_TAG`",`"tag`":`"HUMAN_AGENT`",`"message`":{`"text`":`"Hello`"}}" }
        }
        foreach ($type in 'MessageTag', 'MESSAGE_TAG', 'message_tag') {
            @{ Call = "Send-IgText -MessagingType $type -Tag HumanAgent"; Type = $type; Do = { Send-IgText $R 'Hello' -MessagingType $Type -Tag HumanAgent }; Json = "{$to,`"messaging_type`":`"MESSAGE_TAG`",`"tag`":`"HUMAN_AGENT`",`"message`":{`"text`":`"Hello`"}}" }
        }
        foreach ($type in 'Response', 'RESPONSE', 'response', 'Update', 'UPDATE', 'update') {
            @{ Call = "Send-IgText -MessagingType $type"; Type = $type; Do = { Send-IgText $R 'Hello' -MessagingType $Type }; Json = "{$to,`"messaging_type`":`"$($type.ToUpperInvariant())`",`"message`":{`"text`":`"Hello`"}}" }
        }
        foreach ($type in 'Video', 'video', 'VIDEO', 'Audio', 'AUDIO', 'Image', 'image', 'File', 'FILE') {
            @{ Call = "Send-IgMedia -Url -Type $type"; Type = $type; Do = { Send-IgMedia -RecipientId $R -Url 'https://example.com/media?id=7' -Type $Type }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"$($type.ToLowerInvariant())`",`"payload`":{`"url`":`"https://example.com/media?id=7`"}}}}" }
        }
        @{ Call = 'Send-IgMedia -Url, its type by the extension'; Do = { Send-IgMedia -RecipientId $R -Url 'https://example.com/img/a.png?size=large&v=2' }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"image`",`"payload`":{`"url`":`"$image`"}}}}" }
        @{ Call = 'Send-IgMedia -Url -Reusable'; Do = { Send-IgMedia -RecipientId $R -Url 'https://example.com/v.mp4' -Reusable }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"video`",`"payload`":{`"url`":`"https://example.com/v.mp4`",`"is_reusable`":true}}}}" }
        @{ Call = 'Send-IgMedia -Url with a tag and a message to reply to'; Do = { Send-IgMedia -RecipientId $R -Url 'https://example.com/v.mp4' -Tag HumanAgent -ReplyTo m1 }; Json = "{$to,`"messaging_type`":`"MESSAGE_TAG`",`"tag`":`"HUMAN_AGENT`",`"message`":{`"attachment`":{`"type`":`"video`",`"payload`":{`"url`":`"https://example.com/v.mp4`"}}},`"reply_to`":{`"mid`":`"m1`"}}" }
        foreach ($type in 'Image', 'Audio', 'Video', 'File') {
            @{ Call = "Send-IgMedia -AttachmentId -Type $type"; Type = $type; Do = { Send-IgMedia -RecipientId $R -AttachmentId 'A1' -Type $Type }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"$($type.ToLowerInvariant())`",`"payload`":{`"attachment_id`":`"A1`"}}}}" }
        }
        @{ Call = 'Send-IgMedia -AttachmentId without a type'; Do = { Send-IgMedia -RecipientId $R -AttachmentId 'A1' }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"MEDIA_SHARE`",`"payload`":{`"attachment_id`":`"A1`"}}}}" }
        @{ Call = 'Send-IgPost'; Do = { Send-IgPost -RecipientId $R -PostId '18000000000000001' }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"MEDIA_SHARE`",`"payload`":{`"id`":`"18000000000000001`"}}}}" }
        @{ Call = 'Send-IgPost R P, by position, as a response'; Do = { Send-IgPost $R 18000000000000001 -MessagingType Response }; Json = "{$to,`"messaging_type`":`"RESPONSE`",`"message`":{`"attachment`":{`"type`":`"MEDIA_SHARE`",`"payload`":{`"id`":`"18000000000000001`"}}}}" }
        @{ Call = 'Send-IgSticker'; Do = { Send-IgSticker -RecipientId $R }; Json = "{$to,`"message`":{`"attachment`":{`"type`":`"like_heart`"}}}" }
        @{ Call = 'Send-IgSticker -Tag -ReplyTo'; Do = { Send-IgSticker $R -Tag HumanAgent -ReplyTo m1 }; Json = "{$to,`"messaging_type`":`"MESSAGE_TAG`",`"tag`":`"HUMAN_AGENT`",`"message`":{`"attachment`":{`"type`":`"like_heart`"}},`"reply_to`":{`"mid`":`"m1`"}}" }
        @{ Call = 'Add-IgReaction'; Do = { Add-IgReaction -RecipientId $R -MessageId 'mid.1' }; Json = "{$to,`"sender_action`":`"react`",`"payload`":{`"message_id`":`"mid.1`",`"reaction`":`"love`"}}" }
        @{ Call = 'Add-IgReaction with another word, by position'; Do = { Add-IgReaction $R 'mid.1' -Reaction wow }; Json = "{$to,`"sender_action`":`"react`",`"payload`":{`"message_id`":`"mid.1`",`"reaction`":`"wow`"}}" }
        @{ Call = 'Add-IgReaction with an empty word'; Do = { Add-IgReaction $R 'mid.1' -Reaction '' }; Json = "{$to,`"sender_action`":`"react`",`"payload`":{`"message_id`":`"mid.1`",`"reaction`":`"love`"}}" }
        @{ Call = 'Remove-IgReaction'; Do = { Remove-IgReaction -RecipientId $R -MessageId 'mid.1' }; Json = "{$to,`"sender_action`":`"unreact`",`"payload`":{`"message_id`":`"mid.1`"}}" }
        @{ Call = 'New-IgAttachment -Url -Type Image'; Edge = 'message_attachments'; Do = { New-IgAttachment -Url 'https://example.com/media' -Type Image }; Json = '{"platform":"instagram","message":{"attachment":{"type":"image","payload":{"url":"https://example.com/media","is_reusable":true}}}}' }
        @{ Call = 'New-IgAttachment -Url, its type by the extension'; Edge = 'message_attachments'; Do = { New-IgAttachment -Url 'https://example.com/doc.PDF' }; Json = '{"platform":"instagram","message":{"attachment":{"type":"file","payload":{"url":"https://example.com/doc.PDF","is_reusable":true}}}}' }
    )
}

Describe 'A call puts exactly its request on the wire' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It '<Call>' -ForEach $calls {
        $null = & $Do
        $server.Requests.Count | Should -Be 1
        $request = $server.Requests[0]
        $request.Method | Should -BeExactly 'POST'
        $request.Target | Should -BeExactly "/v25.0/$Page/$(if ($Edge) { $Edge } else { 'messages' })"
        $request.Headers['Authorization'] | Should -BeExactly "Bearer $Token"
        $request.Headers['Content-Type'] | Should -BeExactly 'application/json'
        Assert-Exact $request.Text $Json
    }

    It 'a text arrives unchanged: <Name>' -ForEach @(
        @{ Name = 'quotes, backslashes, angle brackets'; Text = 'He said: "a\b" <i>&amp;</i> + ''x''' }
        @{ Name = 'line breaks and tabs'; Text = "one`r`ntwo`n`tthree" }
        @{ Name = 'emoji with joiners and variation selectors'; Text = "👩‍👩‍👧‍👦 ❤️ 🇵🇱 👍🏽" }
        @{ Name = 'right-to-left text with marks'; Text = "مرحبا`u{200F} שלום`u{200D}" }
        @{ Name = 'composed and decomposed letters'; Text = "é e`u{301} ﬁ Ⅷ ａ" }
        @{ Name = 'white space at both ends'; Text = '  padded  ' }
        @{ Name = 'a null-like word and JSON'; Text = '{"text":null}' }
    ) {
        Send-IgText $R $Text | Out-Null
        Assert-Exact (Get-SentText $server.Requests[0]) $Text
    }

    It 'a reaction may be any emoji' {
        Add-IgReaction $R 'mid.1' -Reaction "❤️" | Out-Null
        Assert-Exact ([System.Text.Json.JsonDocument]::Parse($server.Requests[0].Text).RootElement.GetProperty('payload').GetProperty('reaction').GetString()) "❤️"
    }

    It 'the result has the ids of the answer' {
        $server.Next([InstagramMessaging.Testing.Reply]::Json("{`"recipient_id`":`"$R`",`"message_id`":`"m_77`"}"))
        $before = [DateTimeOffset]::UtcNow
        $result = Send-IgText $R 'Hello'
        $result | Should -BeOfType ([InstagramMessaging.IgSendResult])
        $result.Index | Should -Be 1
        $result.RecipientId | Should -BeExactly $R
        $result.Status | Should -Be 'Sent'
        $result.Operation | Should -Be 'Text'
        $result.MessageId | Should -BeExactly 'm_77'
        $result.AttachmentId | Should -BeNullOrEmpty
        $result.Attempts | Should -Be 1
        $result.Duration | Should -BeGreaterThan ([TimeSpan]::Zero)
        $result.SentAt.Offset | Should -Be ([TimeSpan]::Zero)
        $result.SentAt | Should -BeGreaterOrEqual $before
        $result.SentAt | Should -BeLessOrEqual ([DateTimeOffset]::UtcNow)
        $result.Account | Should -BeExactly $Page
        $result.Key | Should -BeNullOrEmpty
        $result.ErrorId | Should -BeNullOrEmpty
    }

    It 'the result of -Reusable has the attachment id when the answer has one' {
        $server.Next([InstagramMessaging.Testing.Reply]::Json("{`"recipient_id`":`"$R`",`"message_id`":`"m1`",`"attachment_id`":`"A77`"}"))
        $results = 'https://example.com/a.png', 'https://example.com/b.png' | ForEach-Object { Send-IgMedia $R -Url $_ -Reusable }
        $results[0].AttachmentId | Should -BeExactly 'A77'
        $results[1].AttachmentId | Should -BeNullOrEmpty
        $results.Status | Should -Be 'Sent', 'Sent'
    }

    It 'ids that the answer has as numbers are the same ids' {
        $server.Next([InstagramMessaging.Testing.Reply]::Json('{"attachment_id":18012345678901234567}'))
        (New-IgAttachment -Url 'https://example.com/a.png').AttachmentId | Should -BeExactly '18012345678901234567'
    }

    It 'New-IgAttachment writes what was uploaded, and when it ends' {
        $attachment = New-IgAttachment -Url 'https://example.com/a.png'
        $attachment | Should -BeOfType ([InstagramMessaging.IgAttachment])
        $attachment.AttachmentId | Should -BeExactly 'att1'
        $attachment.Type | Should -Be 'Image'
        $attachment.Source | Should -BeExactly 'https://example.com/a.png'
        $attachment.Account | Should -BeExactly $Page
        $attachment.ExpiresAt - $attachment.UploadedAt | Should -Be ([TimeSpan]::FromDays(90))
    }

    It '<Name> names what it did' -ForEach @(
        @{ Name = 'Send-IgText -Link'; Do = { Send-IgText $R -Link 'https://example.com' }; Operation = 'Link'; MessageId = 'mid1' }
        @{ Name = 'Send-IgMedia'; Do = { Send-IgMedia $R -Url 'https://example.com/a.png' }; Operation = 'Media'; MessageId = 'mid1' }
        @{ Name = 'Send-IgPost'; Do = { Send-IgPost $R 1 }; Operation = 'Post'; MessageId = 'mid1' }
        @{ Name = 'Send-IgSticker'; Do = { Send-IgSticker $R }; Operation = 'Sticker'; MessageId = 'mid1' }
        @{ Name = 'Add-IgReaction'; Do = { Add-IgReaction $R 'm_9' }; Operation = 'React'; MessageId = 'm_9' }
        @{ Name = 'Remove-IgReaction'; Do = { Remove-IgReaction $R 'm_9' }; Operation = 'Unreact'; MessageId = 'm_9' }
    ) {
        $result = & $Do
        $result.Status | Should -Be 'Sent'
        $result.Operation | Should -Be $Operation
        $result.MessageId | Should -BeExactly $MessageId
    }
}

Describe 'A connection decides host, path and headers' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }
    AfterEach { Stop-Recording }

    It 'with an app secret every request carries the proof, the plain form' {
        $server = Start-Recording @{ AppSecret = ConvertTo-Secret $AppSecret }
        Send-IgText $R 'Hello' | Out-Null
        New-IgAttachment -Url 'https://example.com/a.png' | Out-Null
        $server.Requests[0].Target | Should -BeExactly "/v25.0/$Page/messages?appsecret_proof=$Proof"
        $server.Requests[1].Target | Should -BeExactly "/v25.0/$Page/message_attachments?appsecret_proof=$Proof"
        $server.Requests[0].Headers['Authorization'] | Should -BeExactly "Bearer $Token"
    }

    It '-InstagramId puts that id in the path' {
        $server = Start-Recording @{ InstagramId = '17841405309211844'; WarningAction = 'SilentlyContinue' }
        Send-IgText $R 'Hello' | Out-Null
        $server.Requests[0].Target | Should -BeExactly '/v25.0/17841405309211844/messages'
    }

    It '-ApiVersion stands in the path' {
        $server = Start-Recording @{ ApiVersion = 'v26.0' }
        Send-IgText $R 'Hello' | Out-Null
        $server.Requests[0].Target | Should -BeExactly "/v26.0/$Page/messages"
    }

    It '-BaseUri may have a path, with or without a slash at its end' -ForEach @(@{ End = '/meta' }, @{ End = '/meta/' }) {
        $server = [InstagramMessaging.Testing.RecordingServer]::new()
        Connect-IgAccount $Page -AccessToken (ConvertTo-Secret $Token) -BaseUri ([Uri]::new($server.BaseUri, $End))
        Send-IgText $R 'Hello' | Out-Null
        $server.Requests[0].Target | Should -BeExactly "/meta/v25.0/$Page/messages"
    }

    It 'the default hosts are those of Meta' {
        $server = $null
        (Connect-IgAccount $Page -AccessToken (ConvertTo-Secret $Token) -PassThru).BaseUri | Should -Be ([Uri]'https://graph.facebook.com')
        (Connect-IgAccount -InstagramId 1 -AccessToken (ConvertTo-Secret 'IGAAx') -PassThru).BaseUri | Should -Be ([Uri]'https://graph.instagram.com')
    }

    It '-PassThru writes the connection, which Get-IgConnection then gets' {
        $server = $null
        $connection = Connect-IgAccount $Page -AccessToken (ConvertTo-Secret $Token) -TimeoutSec 30 -PassThru
        $connection | Should -BeOfType ([InstagramMessaging.IgConnection])
        $connection.Account, $connection.Login, $connection.ApiVersion, $connection.HasAppSecret | Should -Be $Page, 'Facebook', 'v25.0', $false
        $connection.Timeout | Should -Be ([TimeSpan]::FromSeconds(30))
        $connection.SendsPerSecond, $connection.MediaPerSecond | Should -Be 100, 10
        [object]::ReferenceEquals($connection, (Get-IgConnection)) | Should -BeTrue
    }

    It 'a token of the other login gives a warning' -ForEach @(
        @{ With = @{ PageId = '1' }; Given = 'IGAAxyz'; Says = '*-InstagramId*' }
        @{ With = @{ InstagramId = '1' }; Given = 'EAAxyz'; Says = '*-PageId*' }
    ) {
        $server = $null
        $warning = Connect-IgAccount @With -AccessToken (ConvertTo-Secret $Given) 3>&1
        $warning | Should -BeOfType ([System.Management.Automation.WarningRecord])
        "$warning" | Should -BeLike $Says
    }
}
