Describe 'The connection of a runspace' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'is ended by Disconnect-IgAccount, for everybody who holds it' {
        $connection = Get-IgConnection
        Disconnect-IgAccount | Should -BeNullOrEmpty
        Get-IgConnection | Should -BeNullOrEmpty
        { Send-IgText $R 'Hi' } | Should -Throw -ErrorId 'IgNotConnected,*'
        { Send-IgText $R 'Hi' -Connection $connection } | Should -Throw -ErrorId 'IgConnectionInvalid,*'
        $server.Requests.Count | Should -Be 0
    }

    It 'Disconnect-IgAccount without one does nothing, and takes one from the pipeline' {
        Get-IgConnection | Disconnect-IgAccount
        Get-IgConnection | Should -BeNullOrEmpty
        { Disconnect-IgAccount } | Should -Not -Throw
    }

    It 'a failed Connect-IgAccount leaves none of before: <Why>' -ForEach @(
        @{ Why = 'a host without https'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; BaseUri = 'http://example.com' } }; Id = 'IgConnectionInvalid,*'; Says = '*https*' }
        @{ Why = 'no id'; With = { @{ PageId = ''; AccessToken = ConvertTo-Secret 'EAAx' } }; Id = 'IgConnectionInvalid,*'; Says = '*-PageId*' }
        @{ Why = 'a name for an id'; With = { @{ PageId = 'mypage'; AccessToken = ConvertTo-Secret 'EAAx' } }; Id = 'IgConnectionInvalid,*'; Says = '*-PageId*digits*' }
        @{ Why = 'a wrong version'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; ApiVersion = '25' } }; Id = 'IgConnectionInvalid,*'; Says = '*v25.0*' }
        @{ Why = 'an empty token'; With = { @{ PageId = '1'; AccessToken = [securestring]::new() } }; Id = 'IgConnectionInvalid,*'; Says = '*-AccessToken*SecureString*' }
        @{ Why = 'a token with its line break'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret "EAAx`n" } }; Id = 'IgConnectionInvalid,*'; Says = '*line break*' }
        @{ Why = 'a token as plain text'; With = { @{ PageId = '1'; AccessToken = 'EAAplain' } }; Id = 'IgConnectionInvalid,*'; Says = '*SecureString*' }
        @{ Why = 'an app secret as plain text'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; AppSecret = 'plain' } }; Id = 'IgConnectionInvalid,*'; Says = '*-AppSecret*SecureString*' }
        @{ Why = 'a host with a user in it'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; BaseUri = 'https://user@example.com' } }; Id = 'IgConnectionInvalid,*'; Says = '*user*' }
        @{ Why = 'a proxy with a user in it'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; Proxy = 'http://user:pass@proxy:8080' } }; Id = 'IgConnectionInvalid,*'; Says = '*-ProxyCredential*' }
        @{ Why = 'both kinds of id'; With = { @{ PageId = '1'; InstagramId = '2'; AccessToken = ConvertTo-Secret 'EAAx' } }; Id = 'AmbiguousParameterSet,*'; Says = '*' }
        @{ Why = 'no number where one belongs'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; TimeoutSec = 'soon' } }; Id = '*Argument*,*'; Says = '*TimeoutSec*' }
        @{ Why = 'a number out of range'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; SendsPerSecond = 0 } }; Id = 'ParameterArgumentValidationError,*'; Says = '*SendsPerSecond*' }
        @{ Why = 'a parameter that does not exist'; With = { @{ PageId = '1'; AccessToken = ConvertTo-Secret 'EAAx'; Tokn = '1' } }; Id = 'NamedParameterNotFound,*'; Says = '*Tokn*' }
    ) {
        $given = & $With
        $record = try { Connect-IgAccount @given } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike $Id
        "$record" | Should -BeLike $Says
        Get-IgConnection | Should -BeNullOrEmpty
        { Send-IgText $R 'Hi' } | Should -Throw -ErrorId 'IgNotConnected,*'
        $server.Requests.Count | Should -Be 0
    }

    It 'is left alone by <Name>' -ForEach @(
        @{ Name = 'completion of Connect-IgAccount''s parameters'; Do = { TabExpansion2 'Connect-IgAccount -Pa' } }
        @{ Name = 'Get-Command -Syntax'; Do = { Get-Command Connect-IgAccount -Syntax } }
        @{ Name = 'Get-Help'; Do = { Get-Help Connect-IgAccount -Full | Out-String } }
        @{ Name = 'Get-IgConnection'; Do = { Get-IgConnection | Format-List | Out-String } }
    ) {
        & $Do | Out-Null
        Get-IgConnection | Should -Not -BeNullOrEmpty
    }

    It 'cannot be made or changed but by Connect-IgAccount' {
        $type = [InstagramMessaging.IgConnection]
        $type.GetConstructors().Count | Should -Be 0
        @($type.GetProperties() | Where-Object { $_.SetMethod -and $_.SetMethod.IsPublic }).Count | Should -Be 0
        { $connection = Get-IgConnection; $connection.Account = '1' } | Should -Throw
    }

    It 'is its own: two runspaces hold two connections' {
        $other = [InstagramMessaging.Testing.RecordingServer]::new()
        try {
            $run = Invoke-Runspace -Arguments $other.BaseUri, (ConvertTo-Secret 'EAAother') -Script {
                param($Host1, $Secret)
                if (Get-IgConnection) { throw 'A new runspace has a connection.' }
                Connect-IgAccount -PageId 777 -AccessToken $Secret -BaseUri $Host1
                Send-IgText 171 'from the other'
                Disconnect-IgAccount
            }
            $run.Thrown | Should -BeNullOrEmpty
            $run.Output.Account | Should -BeExactly '777'
            Send-IgText 172 'from this one' | Out-Null
            $other.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly 'from the other'
            $server.Requests.ForEach({ Get-SentText $_ }) | Should -BeExactly 'from this one'
            $other.Requests[0].Headers['Authorization'] | Should -BeExactly 'Bearer EAAother'
        }
        finally { $other.Dispose() }
    }

    It 'goes into ForEach-Object -Parallel by -Connection, and not without it' {
        $connection = Get-IgConnection
        $results = @(1..4 | ForEach-Object -Parallel {
            Import-Module ($using:IgTest).ModulePath
            Send-IgText "17$_" "Text $_" -Connection $using:connection
        } -ThrottleLimit 4)
        $results.Status | Should -Be @('Sent', 'Sent', 'Sent', 'Sent')
        ($server.Requests.ForEach({ Get-SentText $_ }) | Sort-Object) | Should -BeExactly 'Text 1', 'Text 2', 'Text 3', 'Text 4'
        $ids = @(1..2 | ForEach-Object -Parallel {
            Import-Module ($using:IgTest).ModulePath
            try { Send-IgText "17$_" 'Hi' } catch { $_.FullyQualifiedErrorId }
        })
        $ids | Should -BeLike 'IgNotConnected,*'
    }

    It 'takes a redirect for no answer: the token does not go elsewhere' {
        $other = [InstagramMessaging.Testing.RecordingServer]::new()
        try {
            $server.Next([InstagramMessaging.Testing.Reply]::new(307, '', 'Whole').With('Location', "$($other.BaseUri)stolen"))
            Send-IgText $R 'Hi' -ErrorAction SilentlyContinue
            $other.Requests.Count | Should -Be 0
        }
        finally { $other.Dispose() }
    }

    It 'goes through -Proxy' {
        $proxy = [InstagramMessaging.Testing.RecordingServer]::new()
        try {
            Connect-IgAccount $Page -AccessToken (ConvertTo-Secret $Token) -BaseUri 'http://localhost:1' -Proxy $proxy.BaseUri
            Send-IgText $R 'Hi' -MaximumRetryCount 0 -ErrorAction SilentlyContinue | Out-Null
            $proxy.Requests.Target | Should -BeExactly "http://localhost:1/v25.0/$Page/messages"
        }
        finally { $proxy.Dispose() }
    }

    It 'keeps what is meant for this machine off the system''s proxy' {
        $proxy = [InstagramMessaging.Testing.RecordingServer]::new()
        try {
            $run = Invoke-Pwsh @"
                `$env:HTTP_PROXY = `$env:http_proxy = '$($proxy.BaseUri)'
                Import-Module '$($IgTest.ModulePath)'
                Connect-IgAccount -Emulator (Start-IgEmulator)
                (Send-IgText 17841400000000001 'Hi').Status
"@
            $run.Lines | Should -BeExactly 'Sent'
            $proxy.Requests.Count | Should -Be 0
        }
        finally { $proxy.Dispose() }
    }

    It 'refuses a proxy of another kind: <Proxy>' -ForEach @(@{ Proxy = 'proxy:8080' }, @{ Proxy = 'ftp://proxy' }, @{ Proxy = 'proxy' }) {
        { Connect-IgAccount $Page (ConvertTo-Secret $Token) -Proxy $Proxy } | Should -Throw -ErrorId 'IgConnectionInvalid,*'
    }

    It 'that is ended in the middle of a run stops it' {
        Connect-IgAccount $Page (ConvertTo-Secret $Token) -BaseUri $server.BaseUri
        { 1, 2, 3 | ForEach-Object { if ($_ -eq 3) { Disconnect-IgAccount }; [pscustomobject]@{ RecipientId = '17'; Text = "Hi $_" } } | Send-IgText -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgRunStopped,*'
        $server.Requests.Count | Should -BeLessOrEqual 2
        @($server.Requests | Where-Object { $_.Text.Contains('Hi 3') }).Count | Should -Be 0
    }
}

Describe 'Under -NonInteractive, with its input closed' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }

    It 'nothing prompts: what is missing is an error' {
        $server = [InstagramMessaging.Testing.RecordingServer]::new()
        try {
            $run = Invoke-Pwsh @"
                `$ProgressPreference = 'SilentlyContinue'
                Import-Module '$($IgTest.ModulePath)'
                `$token = [securestring]::new(); 'EAAx'.ToCharArray().ForEach({ `$token.AppendChar(`$_) })
                function Try-It([scriptblock] `$Do) { try { & `$Do -ErrorAction Stop | ForEach-Object { "`$(`$_.Status)" } } catch { `$_.FullyQualifiedErrorId.Split(',')[0] } }
                Try-It { Connect-IgAccount }
                Try-It { Connect-IgAccount -PageId 1 }
                Try-It { Send-IgText 171 'Hi' }
                Connect-IgAccount -PageId 1 -AccessToken `$token -BaseUri '$($server.BaseUri)'
                Try-It { Send-IgText -ErrorAction Stop }
                Try-It { Send-IgText -Text 'Hi' -ErrorAction Stop }
                Try-It { Send-IgText -RecipientId 171 -ErrorAction Stop }
                Try-It { Send-IgText 171 'Hi' }
                Try-It { Send-IgMedia 171 -Url 'https://example.com/a.png' }
                Try-It { Send-IgPost 171 18 }
                Try-It { Send-IgSticker 171 }
                Try-It { Add-IgReaction 171 m1 }
                Try-It { Remove-IgReaction 171 m1 }
                (New-IgAttachment -Url 'https://example.com/a.png').AttachmentId
                Try-It { Disconnect-IgAccount }
                Try-It { [pscustomobject]@{ RecipientId = '171'; Text = 'Hi' } | Send-IgText }
"@
            $run.Lines | Should -BeExactly @('MissingMandatoryParameter', 'MissingMandatoryParameter', 'IgNotConnected', 'IgRecipientInvalid', 'IgRecipientInvalid', 'IgPayloadMissing', 'Sent', 'Sent', 'Sent', 'Sent', 'Sent', 'Sent', 'att7', 'IgNotConnected')
            $run.ExitCode | Should -Be 0
        }
        finally { $server.Dispose() }
    }
}
