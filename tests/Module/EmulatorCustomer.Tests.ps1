Describe 'The emulator''s customers' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
    }
    AfterEach {
        Stop-IgEmulator
        Disconnect-IgAccount
    }

    It 'have a window of 24 hours, which the clock closes and a message opens' {
        $emulator = Start-IgEmulator
        Connect-IgAccount -Emulator $emulator
        Add-IgEmulatorCustomer 171 -LastMessageAge 23:00:00 | Should -BeNullOrEmpty
        (Send-IgText 171 'In time').Status | Should -Be 'Sent'
        $before = $emulator.Now
        $emulator.AdvanceClock('02:00:00')
        ($emulator.Now - $before).TotalHours | Should -BeGreaterOrEqual 2
        (Send-IgText 171 'Too late' -IncludeFailed -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly 'IgWindowClosed'
        (Send-IgText 171 'A person answers' -Tag HumanAgent).Status | Should -Be 'Sent'
        $message = Receive-IgEmulatorMessage 171 'Is my order there?'
        $message | Should -BeOfType ([InstagramMessaging.IgEmulatorMessage])
        $message.IsFromCustomer | Should -BeTrue
        (Send-IgText 171 'It is.' -ReplyTo $message.MessageId).Status | Should -Be 'Sent'
        (Get-IgEmulatorMessage 171).Content | Should -BeExactly 'In time', 'A person answers', 'Is my order there?', 'It is.'
        { $emulator.AdvanceClock('-00:00:01') } | Should -Throw
    }

    It 'come from a table, and nobody else is known with -KnownCustomersOnly' {
        Connect-IgAccount -Emulator (Start-IgEmulator -KnownCustomersOnly)
        $added = Import-Csv "$($IgTest.ModulePath)/samples/customers.csv" | Where-Object RecipientId -Match '^\d+$' | Add-IgEmulatorCustomer -PassThru
        $added[0] | Should -BeOfType ([InstagramMessaging.IgEmulatorCustomer])
        $added[0].DisplayName | Should -BeExactly 'Ana'
        $added[0].WindowClosesAt - $added[0].LastWroteAt | Should -Be ([timespan]'1.00:00:00')
        (Send-IgText $added[0].RecipientId 'Hi').Status | Should -Be 'Sent'
        (Send-IgText 999 'Hi' -IncludeFailed -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly 'IgRecipientNotFound'
    }

    It 'may have never written, take nothing, or not want to be read' {
        $emulator = Start-IgEmulator
        Connect-IgAccount -Emulator $emulator
        (Add-IgEmulatorCustomer 1 -NeverWrote -PassThru).WindowClosesAt | Should -BeNullOrEmpty
        Add-IgEmulatorCustomer 2 -Unavailable
        (Add-IgEmulatorCustomer 3 -WithoutConsent -PassThru).Consents | Should -BeFalse
        $ends = 1, 2, 3 | ForEach-Object { Send-IgText $_ 'Hi' -IncludeFailed -ErrorAction SilentlyContinue }
        $ends.ErrorId | Should -Be 'IgWindowClosed', 'IgRecipientUnavailable', $null
        $token = [System.Net.NetworkCredential]::new('', $emulator.AccessToken).Password
        $answer = Invoke-RestMethod "$($emulator.BaseUri)v25.0/3?fields=name" -Headers @{ Authorization = "Bearer $token" } -SkipHttpErrorCheck
        $answer.error.code | Should -Be 230
    }

    It 'react to what they got, straight from the results' {
        Connect-IgAccount -Emulator (Start-IgEmulator)
        $reactions = @([pscustomobject]@{ RecipientId = '171'; Text = 'Hi' }, [pscustomobject]@{ RecipientId = '172'; Text = 'Hi' } | Send-IgText | Receive-IgEmulatorMessage -Reaction love)
        $reactions.Kind | Should -BeExactly 'react', 'react'
        $reactions.RecipientId | Should -BeExactly '171', '172'
        (Receive-IgEmulatorMessage 171 -Url 'https://example.com/a.mp4' -Type Video).Kind | Should -BeExactly 'video'
    }

    It 'a row that is wrong costs that row only: <Id>' -ForEach @(
        @{ Id = 'IgRecipientInvalid'; Row = @{ RecipientId = '@ana'; Text = 'Hi' } }
        @{ Id = 'IgRecipientInvalid'; Row = @{ RecipientId = ''; Text = 'Hi' } }
        @{ Id = 'IgPayloadMissing'; Row = @{ RecipientId = '171'; Text = '' } }
    ) {
        $null = Start-IgEmulator
        $received = @([pscustomobject]$Row, [pscustomobject]@{ RecipientId = '172'; Text = 'Hi' } | Receive-IgEmulatorMessage -ErrorVariable failed -ErrorAction SilentlyContinue)
        $received.RecipientId | Should -BeExactly '172'
        $failed[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'says what is wrong with a reaction, an answer, two contents at once, and a type of nothing' {
        $null = Start-IgEmulator
        { Receive-IgEmulatorMessage 171 -Reaction love -MessageId aWdfA -ErrorAction Stop } | Should -Throw -ErrorId 'IgIdInvalid,*'
        { Receive-IgEmulatorMessage 171 'Hi' -ReplyTo aWdfA -ErrorAction Stop } | Should -Throw -ErrorId 'IgIdInvalid,*'
        { Receive-IgEmulatorMessage 171 'Hi' -Url https://example.com/a.png -ErrorAction Stop } | Should -Throw -ErrorId 'IgPayloadAmbiguous,*'
        { Receive-IgEmulatorMessage 171 'Hi' -Type Video -ErrorAction Stop } | Should -Throw -ErrorId 'IgPayloadAmbiguous,*'
        { Add-IgEmulatorCustomer 'ana' -ErrorAction Stop } | Should -Throw -ErrorId 'IgRecipientInvalid,*'
        Stop-IgEmulator
        { Add-IgEmulatorCustomer 171 } | Should -Throw -ErrorId 'IgNotConnected,*'
        { Receive-IgEmulatorMessage 171 'Hi' } | Should -Throw -ErrorId 'IgNotConnected,*'
        { Get-IgEmulatorRequest } | Should -Throw -ErrorId 'IgNotConnected,*'
    }
}

Describe 'What the emulator tells of itself' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
    }
    AfterEach {
        Stop-IgEmulator
        Disconnect-IgAccount
    }

    It 'requests and answers, without a secret, as objects and as lines of JSON' {
        $log = "$TestDrive/requests.jsonl"
        Connect-IgAccount -Emulator (Start-IgEmulator -AccessToken (ConvertTo-Secret 'EAAcanaryToken') -AppSecret (ConvertTo-Secret 'canarySecret1') -LogPath $log)
        Send-IgText 171 'Hello' | Out-Null
        Send-IgText 90000000000000001 'Hello' -ErrorAction SilentlyContinue
        Send-IgText 90000000000000014 'Hello' -ErrorAction SilentlyContinue
        $requests = @(Get-IgEmulatorRequest)
        $requests.Number | Should -Be 1, 2, 3
        $requests.StatusCode | Should -Be 200, 400, 500
        $requests.Rule | Should -Be $null, 'WindowOpen', 'UnexpectedError'
        $requests[2].Fault | Should -BeExactly 'AcceptedThenError'
        $requests[0].RequestBody | Should -BeLike '*"text":"Hello"*'
        $requests[0].AnswerBody | Should -BeLike '*message_id*'
        $lines = @(Get-Content $log | ConvertFrom-Json)
        $lines.status | Should -Be 200, 400, 500
        $shown = ($requests | Format-List * | Out-String -Width 10000) + (Get-Content -Raw $log) + ($requests.RequestHeaders | Out-String -Width 10000)
        $shown | Should -Not -Match 'canary'
        ($requests | Out-String -Width 120) | Should -Match 'WindowOpen'
    }

    It 'rules and endpoints with their sources, without an emulator' {
        $rules = @(Get-IgEmulatorRule)
        $rules | ForEach-Object { $_ | Should -BeOfType ([InstagramMessaging.IgEmulatorRule]) }
        @($rules | Where-Object Kind -EQ Endpoint).Count | Should -BeGreaterThan 9
        @($rules | Where-Object Kind -EQ Rule).Count | Should -BeGreaterThan 90
        $rules | Where-Object { -not $_.Source -or -not $_.Reference -or -not $_.Statement } | Should -BeNullOrEmpty
        ($rules.Source | Sort-Object -Unique) | Should -BeExactly 'Documented', 'Emulator', 'Guess', 'Observed'
        (Get-IgEmulatorRule TextBytes).Code | Should -Be 100
        (Get-IgEmulatorRule 'text*', 'WindowOpen').Rule | Should -Contain 'WindowOpen'
        Get-IgEmulatorRule NoSuchRule | Should -BeNullOrEmpty
        ($rules | Select-Object -First 3 | Out-String) | Should -Match 'Documented'
    }

    It 'what Graph is only suspected to refuse passes with -Loose' {
        $body = '{"recipient":{"id":"1"},"message":{"text":"Hi"},"colour":"red"}'
        foreach ($loose in $false, $true) {
            $emulator = Start-IgEmulator -Loose:$loose
            $token = [System.Net.NetworkCredential]::new('', $emulator.AccessToken).Password
            $answer = Invoke-WebRequest "$($emulator.BaseUri)v25.0/me/messages" -Method Post -ContentType application/json -Body $body -Headers @{ Authorization = "Bearer $token" } -SkipHttpErrorCheck
            $answer.StatusCode | Should -Be $(if ($loose) { 200 } else { 400 })
        }
    }

    It 'a rate limit, a late answer and a small ring are taken from the command line' {
        $emulator = Start-IgEmulator -RateLimit 2 -Latency 00:00:00.200 -MessagesKept 2 -RequestsKept 3
        Connect-IgAccount -Emulator $emulator -SendsPerSecond 1000
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $ends = 1..4 | ForEach-Object { try { Send-IgText "17$_" 'Hi' -MaximumRetryCount 0 -MaximumWait 00:00:05 -IncludeFailed -ErrorAction SilentlyContinue } catch { $_.FullyQualifiedErrorId } }
        $clock.ElapsedMilliseconds | Should -BeGreaterOrEqual 400
        "$ends" | Should -Match 'IgRunStopped'
        @(Get-IgEmulatorMessage).Count | Should -BeLessOrEqual 2
        @(Get-IgEmulatorRequest).Count | Should -BeLessOrEqual 3
    }

    It 'a log that cannot be written, and times that nobody means, are refused' {
        { Start-IgEmulator -LogPath "$TestDrive/no/such/folder.jsonl" } | Should -Throw -ErrorId 'IgEmulatorFailed,*'
        { Start-IgEmulator -LogPath 'Env:/x' } | Should -Throw -ErrorId 'IgEmulatorFailed,*'
        { Start-IgEmulator -Latency 50 } | Should -Throw '*ticks*'
        { Start-IgEmulator -FaultRate 2 } | Should -Throw
    }

    It 'tells its seed, so that the night can be played again' {
        $emulator = Start-IgEmulator -FaultRate 0.5
        (Start-IgEmulator -Seed $emulator.Seed -FaultRate 0.5).Seed | Should -Be $emulator.Seed
    }
}
