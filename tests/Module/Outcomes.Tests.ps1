BeforeDiscovery {
    # What the server does to the second of three rows, and what has to come of it.
    $outcomes = @(
        @{ What = 'the window is closed'; Code = 10; Subcode = 2534022; Id = 'IgWindowClosed'; Category = 'ResourceUnavailable' }
        @{ What = 'the window is closed, older number'; Code = 10; Subcode = 2018278; Id = 'IgWindowClosed'; Category = 'ResourceUnavailable' }
        @{ What = 'no such person'; Code = 100; Subcode = 2534014; Id = 'IgRecipientNotFound'; Category = 'ObjectNotFound' }
        @{ What = 'the person is not available'; Code = 551; Subcode = 1545041; Id = 'IgRecipientUnavailable'; Category = 'ResourceUnavailable' }
        @{ What = 'a parameter is wrong'; Code = 100; Subcode = $null; Id = 'IgRequestRejected'; Category = 'InvalidArgument' }
        @{ What = 'the attachment is unknown'; Code = 100; Subcode = 2018074; Id = 'IgAttachmentUnknown'; Category = 'ObjectNotFound' }
        @{ What = 'the media are too large'; Code = 100; Subcode = 2018109; Id = 'IgMediaTooLarge'; Category = 'LimitsExceeded' }
        @{ What = 'another app has the thread'; Code = 10; Subcode = 2018300; Id = 'IgThreadControlled'; Category = 'ResourceBusy' }
        @{ What = 'a subcode arrives as the code'; Code = 2018300; Subcode = $null; Id = 'IgThreadControlled'; Category = 'ResourceBusy' }
        @{ What = 'a number nobody listed'; Code = 424242; Subcode = $null; Id = 'IgRequestRejected'; Category = 'InvalidArgument' }
        @{ What = 'a refusal with status 200'; Status = 200; Code = 10; Subcode = 2534022; Id = 'IgWindowClosed'; Category = 'ResourceUnavailable' }
    )
    $unknown = @(
        @{ What = 'an unknown error'; Reply = { [InstagramMessaging.Testing.Reply]::Error(500, 1, $null) } }
        @{ What = 'a temporary error, is_transient'; Reply = { [InstagramMessaging.Testing.Reply]::new(500, '{"error":{"message":"retry","type":"OAuthException","is_transient":true,"code":2,"fbtrace_id":"A"}}', 'Whole') } }
        @{ What = 'the code after which messages had been sent'; Reply = { [InstagramMessaging.Testing.Reply]::Error(400, 1, 1357046) } }
        @{ What = 'a temporary failure to send'; Reply = { [InstagramMessaging.Testing.Reply]::Error(400, 1200, $null) } }
        @{ What = 'an unlisted error with status 500'; Reply = { [InstagramMessaging.Testing.Reply]::Error(500, 424242, $null) } }
        @{ What = 'a page of a proxy'; Reply = { [InstagramMessaging.Testing.Reply]::new(502, '<html>Bad gateway</html>', 'Whole') } }
        @{ What = 'a page with status 200'; Reply = { [InstagramMessaging.Testing.Reply]::new(200, '<html>Sign in</html>', 'Whole') } }
        @{ What = 'an empty answer'; Reply = { [InstagramMessaging.Testing.Reply]::new(200, '', 'Whole') } }
        @{ What = 'an answer without ids'; Reply = { [InstagramMessaging.Testing.Reply]::Json('{}') } }
        @{ What = 'a redirect'; Reply = { [InstagramMessaging.Testing.Reply]::new(302, '', 'Whole').With('Location', 'https://example.com/') } }
        @{ What = 'a connection that is reset'; Reply = { [InstagramMessaging.Testing.Reply]::Cut('Reset') } }
        @{ What = 'half an answer'; Reply = { [InstagramMessaging.Testing.Reply]::Cut('Half') } }
        # The only one that a time ends; to the others it would be one more way to end, on a busy machine.
        @{ What = 'silence'; TimeoutSec = 5; Reply = { [InstagramMessaging.Testing.Reply]::Cut('Silence') } }
    )
}

Describe 'What Graph answers' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Text $_" } }
        function Send-Rows([int] $MaximumRetryCount = 1) {
            $script:results = @($rows | Send-IgText -IncludeFailed -MaximumRetryCount $MaximumRetryCount -ErrorVariable script:failed -ErrorAction SilentlyContinue)
        }
    }
    BeforeEach { $server = Start-Recording @{ TimeoutSec = if ($TimeoutSec) { $TimeoutSec } else { 100 } } }
    AfterEach { Stop-Recording }

    It '<What> is Failed, <Id>, and the other rows go on' -ForEach $outcomes {
        $server.When('Text 2', [InstagramMessaging.Testing.Reply]::Error($(if ($Status) { $Status } else { 400 }), $Code, $Subcode))
        Send-Rows
        $server.Requests.Count | Should -Be 3
        $results.Status | Should -Be 'Sent', 'Failed', 'Sent'
        $results[1].ErrorId | Should -BeExactly $Id
        $results[1].Attempts | Should -Be 1
        $results[1].MessageId | Should -BeNullOrEmpty
        $results[1].SentAt | Should -BeNullOrEmpty
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly "$Id,InstagramMessaging.Cmdlets.SendIgTextCommand"
        $failed[0].CategoryInfo.Category | Should -Be $Category
        $failed[0].TargetObject.Text | Should -BeExactly 'Text 2'
        $failed[0].Exception.Code | Should -Be $Code
        $failed[0].Exception.Subcode | Should -Be $Subcode
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It '<What> is Unknown: asked once, not again' -ForEach $unknown {
        $server.When('Text 2', (& $Reply))
        Send-Rows
        @($server.Requests | Where-Object { $_.Text.Contains('Text 2') }).Count | Should -Be 1
        $server.Requests.Count | Should -Be 3
        $results.Status | Should -Be 'Sent', 'Unknown', 'Sent'
        $results[1].ErrorId | Should -BeExactly 'IgOutcomeUnknown'
        $results[1].Attempts | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -BeExactly 'IgOutcomeUnknown,InstagramMessaging.Cmdlets.SendIgTextCommand'
        "$failed" | Should -BeLike '*may have been delivered*'
    }

    It 'throttled (<Code>) is tried again after Retry-After, then Sent' -ForEach @(@{ Code = 613 }, @{ Code = 4 }, @{ Code = 17 }, @{ Code = 80006 }) {
        $server.When('Text 2', [InstagramMessaging.Testing.Reply]::Error(400, $Code, $null).With('Retry-After', '0'))
        Send-Rows
        $server.Requests.Count | Should -Be 4
        $results.Status | Should -Be 'Sent', 'Sent', 'Sent'
        $results.Attempts | Should -Be 1, 2, 1
        $failed.Count | Should -Be 0
    }

    It 'HTTP 429 without an error object is tried again too' {
        $server.When('Text 2', [InstagramMessaging.Testing.Reply]::new(429, 'slow down', 'Whole').With('Retry-After', '0'))
        Send-Rows
        $results.Attempts | Should -Be 1, 2, 1
    }

    It 'media trouble is tried once more, then Failed' {
        $server.When('a.png', @(1..3 | ForEach-Object { [InstagramMessaging.Testing.Reply]::Error(400, 100, 2018008).With('Retry-After', '0') }))
        $result = Send-IgMedia $R -Url 'https://example.com/a.png' -IncludeFailed -MaximumRetryCount 5 -ErrorAction SilentlyContinue
        $server.Requests.Count | Should -Be 2
        $result.Status, $result.Attempts, $result.ErrorId | Should -Be 'Failed', 2, 'IgMediaRejected'
    }

    It 'a host that nobody listens at is Failed, IgUnreachable, with the number of tries' {
        $server.Dispose()
        $server = $null
        $result = Send-IgText $R 'Hi' -IncludeFailed -MaximumRetryCount 0 -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Status, $result.Attempts, $result.ErrorId | Should -Be 'Failed', 1, 'IgUnreachable'
        $failed[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $failed[0].Exception.StatusCode | Should -BeNullOrEmpty
    }

    It 'a doubtful <Cmdlet> may be repeated' -ForEach @(
        @{ Cmdlet = 'Add-IgReaction'; Row = @{ RecipientId = '17'; MessageId = 'm1' } }, @{ Cmdlet = 'Remove-IgReaction'; Row = @{ RecipientId = '17'; MessageId = 'm1' } }
        @{ Cmdlet = 'New-IgAttachment'; Row = @{ Url = 'https://example.com/a.png' } }
    ) {
        $server.Next([InstagramMessaging.Testing.Reply]::Error(500, 2, $null).With('Retry-After', '0'))
        [pscustomobject]$Row | & $Cmdlet -MaximumRetryCount 1 -ErrorAction Stop | Should -Not -BeNullOrEmpty
        $server.Requests.Count | Should -Be 2
    }

    It 'a doubtful upload sends nothing: the row is Failed, never Unknown' {
        $null = New-MediaFile "$TestDrive/a.png"
        $server.Next([InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $result = Send-IgMedia $R -Path "$TestDrive/a.png" -IncludeFailed -MaximumRetryCount 0 -ErrorAction SilentlyContinue
        $server.Requests.Count | Should -Be 1
        $result.Status, $result.ErrorId | Should -Be 'Failed', 'IgUnreachable'
    }

    It 'an unknown send after an upload keeps the attachment id' {
        $null = New-MediaFile "$TestDrive/a.png"
        $server.When('"attachment_id"', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $result = Send-IgMedia $R -Path "$TestDrive/a.png" -IncludeFailed -ErrorAction SilentlyContinue
        $result.Status, $result.AttachmentId | Should -Be 'Unknown', 'att1'
    }
}

Describe 'A run that cannot succeed any more' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $rows = @(1..5 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Text = "Text $_" } })
        $rows[1].RecipientId = '@ana'
    }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'stops at <What>: no further request, all rows counted and told' -ForEach @(
        @{ What = 'an invalid token (K)'; Code = 190; Subcode = 463; Id = 'IgTokenInvalid'; Says = '*access token*' }
        @{ What = 'a missing permission (P)'; Code = 10; Subcode = $null; Id = 'IgPermissionDenied'; Says = '*permission*' }
        @{ What = 'a restricted account (L)'; Code = 368; Subcode = $null; Id = 'IgAccountRestricted'; Says = '*restricted*' }
        @{ What = 'a throttle that does not end'; Code = 613; Subcode = $null; Id = 'IgRateLimited'; Says = '*-SendsPerSecond*' }
    ) {
        $server.When('Text 3', [InstagramMessaging.Testing.Reply]::Error(400, $Code, $Subcode))
        $caught = $null
        try { $rows | Send-IgText -IncludeFailed -MaximumRetryCount 0 -OutVariable results -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null }
        catch [InstagramMessaging.InstagramApiException] { $caught = $_ }

        # A row that cannot be sent is told at once, while those before it are on their way.
        $results = $results | Sort-Object Index
        $server.Requests.Count | Should -Be 2
        $results.Status | Should -Be 'Sent', 'Failed', 'Failed', 'NotTried', 'NotTried'
        $results.ErrorId | Should -Be $null, 'IgRecipientInvalid', $Id, 'IgNotTried', 'IgNotTried'
        $results.Index | Should -Be 1, 2, 3, 4, 5
        $results[3].InputObject.Text | Should -BeExactly 'Text 4'
        $results[3].Attempts | Should -Be 0

        $caught.FullyQualifiedErrorId | Should -BeExactly 'IgRunStopped,InstagramMessaging.Cmdlets.SendIgTextCommand'
        "$caught" | Should -BeLike '*1 sent, 2 failed, 0 unknown, 2 not tried*'
        "$caught" | Should -BeLike $Says
        $caught.CategoryInfo.Category | Should -Be 'OperationStopped'
        $caught.Exception.Code | Should -Be $Code
        $caught.Exception.InnerException.ErrorId | Should -BeExactly $Id

        # PowerShell adds the terminating error as a bare exception.
        $records = @($failed | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $records = @($records | Sort-Object { $rows.IndexOf($_.TargetObject) })
        $records.ForEach({ $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -BeExactly 'IgRecipientInvalid', $Id, 'IgNotTried', 'IgNotTried'
        $records.ForEach({ $rows.IndexOf($_.TargetObject) }) | Should -Be 1, 2, 3, 4
        $records[2].CategoryInfo.Category | Should -Be 'OperationStopped'
    }

    It 'gives results of rows not tried only with -IncludeFailed' {
        $server.When('Text 1', [InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        try { $rows | Send-IgText -OutVariable results -ErrorVariable failed -ErrorAction SilentlyContinue } catch { $null = $_ }
        $results.Count | Should -Be 0
        @($failed | Where-Object FullyQualifiedErrorId -Like 'IgNotTried,*').Count | Should -Be 3
        @($failed | Where-Object FullyQualifiedErrorId -Like 'IgRecipientInvalid,*').Count | Should -Be 1
    }

    It 'stops uploads too' {
        $server.Next([InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        { 'https://example.com/a.png', 'https://example.com/b.png' | ForEach-Object { [pscustomobject]@{ Url = $_ } } | New-IgAttachment -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
        $server.Requests.Count | Should -Be 1
    }

    It 'says so after a single row' {
        $server.Next([InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        { Send-IgText $R 'Hi' -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
    }

    It 'the idiom of the documentation gives the failed rows and those not tried' {
        $server.When('Text 1', [InstagramMessaging.Testing.Reply]::Cut('Reset'))
        $server.When('Text 4', [InstagramMessaging.Testing.Reply]::Error(400, 190, $null))
        try { $rows | Send-IgText -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null } catch { $null = $_ }
        # The entry without a row is the terminating error itself, as a bare exception: Export-Csv refuses its null.
        $failed | Where-Object { $_.TargetObject -and $_.FullyQualifiedErrorId -notlike 'IgOutcomeUnknown*' } | ForEach-Object TargetObject | Export-Csv "$TestDrive/mend.csv"
        (Import-Csv "$TestDrive/mend.csv").RecipientId | Sort-Object | Should -BeExactly '@ana', '174', '175'
    }
}
