Describe 'No secret is shown' {
    BeforeDiscovery { . "$PSScriptRoot/TestSession.ps1" }
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $canaryToken = 'EAAcanaryTOKEN0123456789'
        $canarySecret = 'canarySECRET0123456789abcdef'
        $canaryPassword = 'canaryPASSWORD0123456789'
        $hmac = [System.Security.Cryptography.HMACSHA256]::new([System.Text.Encoding]::UTF8.GetBytes($canarySecret))
        $canaryProof = [System.BitConverter]::ToString($hmac.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($canaryToken))).Replace('-', '').ToLowerInvariant()
        $canaries = $canaryToken, $canarySecret, $canaryProof, $canaryPassword
        $echo = "token $canaryToken secret $canarySecret proof $canaryProof"

        # Every way in which an object comes before people's eyes. An error goes no deeper than its exception: below are PowerShell's own objects.
        function Get-Shown([object[]] $Objects) {
            $seen = [System.Collections.Generic.HashSet[object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)
            foreach ($object in $Objects) {
                if ($null -eq $object -or -not $seen.Add($object)) { continue }
                "$object"
                $object | Format-List * -Force | Out-String -Width 4096
                if ($object -is [System.Management.Automation.ErrorRecord]) {
                    $object | Out-String -Width 4096
                    $object | Get-Error | Out-String -Width 4096
                    $object.Exception.ToString()
                    $object.Exception | Format-List * -Force | Out-String -Width 4096
                    $object.InvocationInfo | Format-List * -Force | Out-String -Width 4096
                    $object.InvocationInfo.BoundParameters | Out-String -Width 4096
                    $object.TargetObject | ConvertTo-Json -Depth 5
                }
                elseif ($object -isnot [System.Exception] -and $object -isnot [System.Management.Automation.InformationalRecord]) {
                    $object | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
                    $object | ConvertTo-Csv
                    $object | Format-Custom -Depth 3 | Out-String -Width 4096
                    [System.Management.Automation.PSSerializer]::Serialize($object, 3)
                }
            }
        }

        function Assert-NoCanary([object[]] $Shown) {
            $text = $Shown -join "`n"
            foreach ($canary in $canaries) {
                $at = $text.IndexOf($canary, [System.StringComparison]::OrdinalIgnoreCase)
                if ($at -ge 0) { throw "A canary ($($canary.Substring(0, 9))…) is in: $($text.Substring([Math]::Max(0, $at - 200), [Math]::Min(400, $text.Length - [Math]::Max(0, $at - 200))))" }
            }
            $text.Length | Should -BeGreaterThan 0
        }

        function New-EchoReply([int] $Status, [long] $Code, [string] $Type = 'OAuthException') {
            [InstagramMessaging.Testing.Reply]::new($Status, "{`"error`":{`"message`":`"$echo`",`"type`":`"$Type`",`"code`":$Code,`"error_user_title`":`"$echo`",`"error_user_msg`":`"$echo`",`"error_data`":`"$echo`",`"fbtrace_id`":`"$echo`"}}", 'Whole').With('Retry-After', '0').With('X-FB-Debug', $canaryToken)
        }
    }
    BeforeEach {
        $credential = [pscredential]::new('user', (ConvertTo-Secret $canaryPassword))
        $server = [InstagramMessaging.Testing.RecordingServer]::new()
        # A request to a loopback address does not go through the proxy that would ask for the password; a remote one would.
        $connecting = @(Connect-IgAccount $Page -AccessToken (ConvertTo-Secret $canaryToken) -AppSecret (ConvertTo-Secret $canarySecret) -ProxyCredential $credential -BaseUri $server.BaseUri -PassThru -Verbose -Debug *>&1)
        $Error.Clear()
    }
    AfterEach { Stop-Recording }

    It 'by the connection' {
        $server.Requests.Count | Should -Be 0
        Assert-NoCanary (Get-Shown ($connecting + (Get-IgConnection) + (Get-IgConnection | Select-Object *)))
        (Get-IgConnection).psobject.Properties.Name | Where-Object { $_ -match 'token|password' -or $_ -match '^(?!Has).*secret' } | Should -BeNullOrEmpty
    }

    It 'by <Name>, whatever the server echoes: <Answer>' -ForEach @(
        foreach ($cmdlet in $GraphCmdlets) {
            @{ Answer = 'a refusal'; Reply = { New-EchoReply 400 100 } }, @{ Answer = 'a refusal of a type'; Reply = { New-EchoReply 400 100 $canaryToken } }, @{ Answer = 'a throttle'; Reply = { New-EchoReply 400 613 } },
            @{ Answer = 'an invalid token'; Reply = { New-EchoReply 400 190 } }, @{ Answer = 'a doubt'; Reply = { New-EchoReply 500 2 } },
            @{ Answer = 'ids'; Reply = { [InstagramMessaging.Testing.Reply]::Json("{`"recipient_id`":`"$canaryToken`",`"message_id`":`"$canarySecret`",`"attachment_id`":`"$canaryProof`"}") } },
            @{ Answer = 'a page'; Reply = { [InstagramMessaging.Testing.Reply]::new(502, "<html>$echo</html>", 'Whole').With('Retry-After', '0') } },
            @{ Answer = 'a reset'; Reply = { [InstagramMessaging.Testing.Reply]::Cut('Reset') } } |
                Where-Object { $cmdlet.Name -in 'Send-IgText', 'New-IgAttachment' -or $_.Answer -in 'a refusal', 'ids', 'an invalid token' } | ForEach-Object { $cmdlet + $_ }
        }
    ) {
        # PowerShell 7.4 takes -Debug for a wish to be asked.
        $server.Next((& $Reply))
        $thrown = $null
        $shown = @(
            try { [pscustomobject]$Good | & $Name -MaximumRetryCount $(if ($Answer -in 'a throttle', 'a doubt', 'a page') { 1 } else { 0 }) -Verbose -Debug -Confirm:$false -ErrorAction Continue -ErrorVariable failed -OutVariable out *>&1 }
            catch { $thrown = $_; $_ }
        )
        # The proof did go out, in the query, and nothing else did but the bearer header.
        $server.Requests[0].Target | Should -BeLike "*?appsecret_proof=$canaryProof"
        Assert-NoCanary (Get-Shown ($shown + @($failed) + @($out) + @($Error) + $thrown))
        if ($Answer -like 'a refusal*') { "$($failed[0])" | Should -BeLike '*token `*`*`* secret `*`*`**' }
    }

    It 'by -WhatIf' {
        $run = Invoke-Runspace -Arguments (Get-IgConnection) -Script { param($Connection) Send-IgText 171 'Hi' -Connection $Connection -WhatIf -Verbose -Debug *>&1 }
        Assert-NoCanary (Get-Shown ($run.Output + $run.Information))
    }

    It 'by a mistake that has it in the script''s line: <Mistake>' -ForEach @(
        @{ Mistake = 'the token as plain text'; Line = 'Connect-IgAccount -PageId 1 -AccessToken TOKEN' }
        @{ Mistake = 'the token as plain text in quotes'; Line = 'Connect-IgAccount 1 -AccessToken "TOKEN" -ApiVersion v25.0' }
        @{ Mistake = 'the token as plain text by position'; Line = 'Connect-IgAccount 1 TOKEN' }
        @{ Mistake = 'the secret as plain text'; Line = 'Connect-IgAccount -PageId 1 -AccessToken $secret -AppSecret SECRET' }
        @{ Mistake = 'both as plain text'; Line = 'Connect-IgAccount -InstagramId 1 -AccessToken TOKEN -AppSecret SECRET' }
        @{ Mistake = 'another mistake beside them'; Line = 'Connect-IgAccount -PageId me -AccessToken (ConvertTo-SecureString TOKEN -AsPlainText -Force) -AppSecret (ConvertTo-SecureString SECRET -AsPlainText -Force)' }
        @{ Mistake = 'several lines'; Line = "Connect-IgAccount -PageId 1 ```n  -AccessToken TOKEN" }
        @{ Mistake = 'an object around the token'; Line = 'Connect-IgAccount -PageId 1 -AccessToken ([pscustomobject]@{ Token = "TOKEN" })' }
        @{ Mistake = 'the token for the emulator'; Line = 'Start-IgEmulator -AccessToken TOKEN' }
        @{ Mistake = 'the secret for the emulator'; Line = 'Start-IgEmulator -AppSecret SECRET' }
    ) {
        $script = $Line.Replace('TOKEN', $canaryToken).Replace('SECRET', $canarySecret)
        $run = Invoke-Runspace "`$secret = [securestring]::new(); `$secret.AppendChar('x')`n$script"
        $run.Errors.Count | Should -Be 1
        $run.Errors[0].Exception | Should -BeOfType ([InstagramMessaging.InstagramApiException])
        "$($run.Errors[0])" | Should -Match '-PageId|SecureString'
        $run.Errors[0].InvocationInfo.Line | Should -Not -Match 'canary'
        $run.Errors[0].InvocationInfo.PositionMessage | Should -Not -Match 'canary'
        Assert-NoCanary (Get-Shown ($run.Errors + $run.Output))
    }

    It 'by a child process that fails' {
        $run = Invoke-Pwsh "Import-Module '$($IgTest.ModulePath)'; `$token = [securestring]::new(); '$canaryToken'.ToCharArray().ForEach({ `$token.AppendChar(`$_) })
Connect-IgAccount 1 -AccessToken `$token -BaseUri '$($server.BaseUri)'
Connect-IgAccount 1 -AccessToken '$canaryToken'
Get-Error | Out-String -Width 4096"
        "$($run.Output)$($run.Errors)" | Should -BeLike '*SecureString*'
        Assert-NoCanary $run.Output, $run.Errors
    }

    It 'by an emulator' {
        $emulator = Start-IgEmulator -AccessToken (ConvertTo-Secret $canaryToken) -AppSecret (ConvertTo-Secret $canarySecret)
        try {
            $shown = @(Connect-IgAccount -Emulator $emulator -PassThru -Verbose -Debug *>&1; Send-IgText 171 'Hi' -Verbose -Debug -Confirm:$false *>&1; Get-IgEmulatorMessage)
            Assert-NoCanary (Get-Shown ($shown + $emulator))
        }
        finally { Stop-IgEmulator $emulator }
    }
}
