Describe 'The emulator' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        function Test-Listening($Emulator) {
            try { [System.Net.Sockets.TcpClient]::new('127.0.0.1', $Emulator.BaseUri.Port).Dispose(); $true } catch { $false }
        }
    }
    AfterEach {
        Stop-IgEmulator
        Disconnect-IgAccount
    }

    It 'stands in for an account: connect, send, read back' {
        Connect-IgAccount -Emulator (Start-IgEmulator) | Should -BeNullOrEmpty
        $text = "Grüße, `"مرحبا`" 👩‍👩‍👧‍👦`r`nline two"
        $sent = @(
            ($first = Send-IgText 171 $text)
            Send-IgText 171 -Link 'https://example.com/a?b=c&d=e' -Tag HumanAgent
            Send-IgMedia 171 -Url 'https://example.com/a.png' -ReplyTo $first.MessageId
            Send-IgPost 171 18000000000000001 -MessagingType Response
            Send-IgSticker 172
        )
        $sent.Status | Should -Be @('Sent', 'Sent', 'Sent', 'Sent', 'Sent')
        $inbox = @(Get-IgEmulatorMessage)
        $inbox | ForEach-Object { $_ | Should -BeOfType ([InstagramMessaging.IgEmulatorMessage]) }
        $inbox.Number | Should -Be 1, 2, 3, 4, 5
        $inbox.MessageId | Should -BeExactly $sent.MessageId
        $inbox.RecipientId | Should -BeExactly '171', '171', '171', '171', '172'
        $inbox.Kind | Should -BeExactly 'text', 'text', 'image', 'post', 'sticker'
        Assert-Exact $inbox[0].Content $text
        $inbox[1].Content | Should -BeExactly 'https://example.com/a?b=c&d=e'
        $inbox[1].MessagingType, $inbox[1].MessageTag | Should -BeExactly 'MESSAGE_TAG', 'HUMAN_AGENT'
        $inbox[2].Content | Should -BeExactly 'https://example.com/a.png'
        $inbox[2].ReplyTo | Should -BeExactly $first.MessageId
        $inbox[3].Content | Should -BeExactly '18000000000000001'
        $inbox[3].MessagingType | Should -BeExactly 'RESPONSE'
        (Get-IgEmulatorMessage 172).Kind | Should -BeExactly 'sticker'
        (Get-IgEmulatorMessage -RecipientId 999) | Should -BeNullOrEmpty
    }

    It 'takes a reaction to a message that it has, and its removal' {
        Connect-IgAccount -Emulator (Start-IgEmulator)
        Send-IgText 171 'Hi' | Add-IgReaction | Remove-IgReaction -ErrorAction Stop | Should -Not -BeNullOrEmpty
        (Get-IgEmulatorMessage).Kind | Should -BeExactly 'text', 'react', 'unreact'
        (Get-IgEmulatorMessage)[1].Content | Should -BeExactly 'love'
    }

    It 'takes a file of every documented format, uploaded or direct: <_>' -ForEach 'png', 'jpg', 'gif', 'aac', 'm4a', 'wav', 'mp4', 'ogg', 'avi', 'mov', 'webm', 'pdf' {
        Connect-IgAccount -Emulator (Start-IgEmulator)
        $bytes = New-MediaFile "$TestDrive/a.$_" -Size 5000
        $hash = (Get-FileHash "$TestDrive/a.$_" -Algorithm SHA256).Hash.ToLowerInvariant()
        $results = @(
            Send-IgMedia 171 -Path "$TestDrive/a.$_" -ErrorAction Stop
            Send-IgMedia 172 -Path "$TestDrive/a.$_" -Direct -ErrorAction Stop
            New-IgAttachment -Path "$TestDrive/a.$_" -ErrorAction Stop | Send-IgMedia 173 -ErrorAction Stop
        )
        $results.Status | Should -Be 'Sent', 'Sent', 'Sent'
        $inbox = @(Get-IgEmulatorMessage)
        $inbox.RecipientId | Should -BeExactly '171', '172', '173'
        $inbox.Sha256 | Should -BeExactly $hash, $hash, $hash
        ($inbox.Kind | Select-Object -Unique) | Should -BeExactly $results[2].InputObject.Type.ToString().ToLowerInvariant()
        $bytes.Length | Should -Be 5000
    }

    It 'sends a table with every kind of bad night and tells them apart' {
        Connect-IgAccount -Emulator (Start-IgEmulator)
        $rows = @(
            [pscustomobject]@{ RecipientId = '17841400000000001'; Text = 'good' }
            [pscustomobject]@{ RecipientId = '90000000000000001'; Text = 'window' }
            [pscustomobject]@{ RecipientId = '90000000000000002'; Text = 'nobody' }
            [pscustomobject]@{ RecipientId = '90000000000000003'; Text = 'away' }
            [pscustomobject]@{ RecipientId = '90000000000000012'; Text = 'reset' }
            [pscustomobject]@{ RecipientId = '90000000000000014'; Text = 'error after all' }
            [pscustomobject]@{ RecipientId = '90000000000000015'; Text = 'half' }
            [pscustomobject]@{ RecipientId = '90000000000000017'; Text = 'no ids' }
            [pscustomobject]@{ RecipientId = '17841400000000002'; Text = 'good again' }
        )
        $results = @($rows | Send-IgText -IncludeFailed -MaximumRetryCount 0 -ErrorVariable failed -ErrorAction SilentlyContinue)
        $results.Status | Should -Be 'Sent', 'Failed', 'Failed', 'Failed', 'Unknown', 'Unknown', 'Unknown', 'Unknown', 'Sent'
        $results.ErrorId | Should -Be $null, 'IgWindowClosed', 'IgRecipientNotFound', 'IgRecipientUnavailable', 'IgOutcomeUnknown', 'IgOutcomeUnknown', 'IgOutcomeUnknown', 'IgOutcomeUnknown', $null
        $failed.Count | Should -Be 7
        (Get-IgEmulatorMessage).Content | Should -BeExactly 'good', 'reset', 'error after all', 'half', 'no ids', 'good again' -Because 'those that may have been delivered were'
        Send-IgText '90000000000000001' 'window' -Tag HumanAgent -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'stops a run as the account''s trouble does' {
        Connect-IgAccount -Emulator (Start-IgEmulator)
        { '90000000000000006', '17841400000000001' | ForEach-Object { [pscustomobject]@{ RecipientId = $_; Text = 'Hi' } } | Send-IgText -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
        Get-IgEmulatorMessage | Should -BeNullOrEmpty
    }

    It 'wants the proof where it has an app secret' {
        $emulator = Start-IgEmulator -AccessToken (ConvertTo-Secret $Token) -AppSecret (ConvertTo-Secret $AppSecret)
        Connect-IgAccount -Emulator $emulator
        (Get-IgConnection).HasAppSecret | Should -BeTrue
        (Send-IgText 171 'Hi').Status | Should -Be 'Sent'
        Connect-IgAccount -PageId $emulator.Account -AccessToken (ConvertTo-Secret $Token) -BaseUri $emulator.BaseUri
        { Send-IgText 171 'Hi' -ErrorAction Stop } | Should -Throw '*appsecret_proof*'
        @(Get-IgEmulatorMessage).Count | Should -Be 1
    }

    It 'refuses another token, which ends the run' {
        $emulator = Start-IgEmulator
        Connect-IgAccount -PageId $emulator.Account -AccessToken (ConvertTo-Secret 'EAAwrong') -BaseUri $emulator.BaseUri
        { Send-IgText 171 'Hi' -ErrorAction SilentlyContinue -ErrorVariable failed } | Should -Throw -ErrorId 'IgRunStopped,*'
        Get-IgEmulatorMessage | Should -BeNullOrEmpty
    }

    It 'plays Instagram login' {
        $emulator = Start-IgEmulator -InstagramLogin
        $warnings = Connect-IgAccount -Emulator $emulator 3>&1
        $warnings | Should -BeNullOrEmpty
        (Get-IgConnection).Login | Should -Be 'Instagram'
        (Send-IgText 171 'Hi').Account | Should -BeExactly $emulator.Account
        (Get-IgEmulatorMessage).Content | Should -BeExactly 'Hi'
    }

    It 'listens on loopback until Stop-IgEmulator, and its inbox can still be read by name' {
        $emulator = Start-IgEmulator
        $emulator | Should -BeOfType ([InstagramMessaging.IgEmulator])
        $emulator.BaseUri.IsLoopback | Should -BeTrue
        $emulator.IsRunning | Should -BeTrue
        Connect-IgAccount -Emulator $emulator
        Send-IgText 171 'Hi' | Out-Null
        Stop-IgEmulator $emulator | Should -BeNullOrEmpty
        $emulator.IsRunning | Should -BeFalse
        Test-Listening $emulator | Should -BeFalse
        ($emulator | Get-IgEmulatorMessage).Content | Should -BeExactly 'Hi'
        { Connect-IgAccount -Emulator $emulator } | Should -Throw -ErrorId 'IgConnectionInvalid,*'
        { Get-IgEmulatorMessage } | Should -Throw -ExceptionType ([InstagramMessaging.InstagramApiException])
    }

    It 'several run side by side: the newest is the default, and Stop-IgEmulator ends all' {
        $first = Start-IgEmulator
        $second = Start-IgEmulator
        Connect-IgAccount -Emulator $first
        Send-IgText 171 'to the first' | Out-Null
        Connect-IgAccount -Emulator $second
        Send-IgText 171 'to the second' | Out-Null
        (Get-IgEmulatorMessage).Content | Should -BeExactly 'to the second'
        (Get-IgEmulatorMessage -Emulator $first).Content | Should -BeExactly 'to the first'
        Stop-IgEmulator $second
        (Get-IgEmulatorMessage).Content | Should -BeExactly 'to the first'
        Stop-IgEmulator
        Test-Listening $first | Should -BeFalse
        { Stop-IgEmulator } | Should -Not -Throw
    }

    It 'takes a port that is free and says so where it is taken' {
        $emulator = Start-IgEmulator
        $record = try { Start-IgEmulator -Port $emulator.BaseUri.Port } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'IgEmulatorFailed,*'
        "$record" | Should -BeLike "*$($emulator.BaseUri.Port)*-Port*"
        $port = $emulator.BaseUri.Port
        Stop-IgEmulator
        (Start-IgEmulator $port).BaseUri.Port | Should -Be $port
    }

    It 'the sample table of the module goes through' {
        $sample = "$($IgTest.ModulePath)/samples/customers.csv"
        Connect-IgAccount -Emulator (Start-IgEmulator)
        $results = @(Import-Csv $sample | Send-IgText -IncludeFailed -ErrorVariable failed -WarningVariable warned -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
        @($results | Where-Object Status -EQ 'Sent').Count | Should -Be @(Get-IgEmulatorMessage).Count
        @($results | Where-Object Status -EQ 'Sent').Count | Should -BeGreaterThan 4
        $failed.Count | Should -Be @($results | Where-Object Status -NE 'Sent').Count
        $failed | ForEach-Object { $_.TargetObject.psobject.Properties.Name | Should -Contain 'Name' }
        "$warned" | Should -Match '\b1\b'
    }
}
