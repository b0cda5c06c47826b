BeforeDiscovery {
    . "$PSScriptRoot/TestSession.ps1"
}

Describe '<Name>' -ForEach $GraphCmdlets {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        # To somebody else: the same thing to the same person would be skipped.
        $other = $Good.Clone()
        if ($other.RecipientId) { $other.RecipientId = '17841400000000002' }
        $rows = [pscustomobject]$Good, [pscustomobject]$Bad, [pscustomobject]$other, [pscustomobject]$Bad
    }
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It '-WhatIf validates, sends nothing and ends with a summary, <With> a connection' -ForEach @(@{ With = 'with' }, @{ With = 'without' }) {
        $connection = if ($With -eq 'with') { Get-IgConnection }
        $run = Invoke-Runspace -Arguments $Name, $rows, $connection -Script {
            param($Name, $Rows, $Connection)
            $given = if ($Connection) { @{ Connection = $Connection } } else { @{} }
            $Rows | & $Name -WhatIf @given
        }
        $server.Requests.Count | Should -Be 0
        $run.Thrown | Should -BeNullOrEmpty
        $run.Output.Count | Should -Be 0
        $run.Errors.FullyQualifiedErrorId | Should -BeLike "$BadId,*"
        $run.Errors.Count | Should -Be 2
        $run.Information.Count | Should -Be 1
        $bytes = if ($Name -eq 'Send-IgText') { 4 } else { 0 }
        # One address twice is one attachment.
        $uploads, $sends = if ($Name -eq 'New-IgAttachment') { 1, 0 } else { 0, 2 }
        "$($run.Information[0])" | Should -BeExactly "What if: rows to send: 2, rows with errors: 2, bytes of text and files: $bytes, uploads: $uploads, sends: $sends, minutes at the current pace: 0.0."
    }

    It 'obeys $WhatIfPreference' {
        $run = Invoke-Runspace -Arguments $Name, $rows -Script { param($Name, $Rows) $WhatIfPreference = $true; $Rows | & $Name }
        "$($run.Information[0])" | Should -BeLike 'What if: rows to send: 2, rows with errors: 2,*'
        $run.Thrown | Should -BeNullOrEmpty
    }

    It '-WhatIf:$false needs a connection again' {
        $run = Invoke-Runspace -Arguments $Name, $rows -Script { param($Name, $Rows) $WhatIfPreference = $true; $Rows | & $Name -WhatIf:$false }
        $run.Errors.FullyQualifiedErrorId | Should -BeLike 'IgNotConnected,*'
    }

    It 'has an impact of Medium: nothing prompts unasked' {
        $attribute = (Get-Command $Name).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        $attribute.SupportsShouldProcess | Should -BeTrue
        $attribute.ConfirmImpact | Should -Be 'Medium'
    }

    It '-Confirm asks in the words of every cmdlet, and nothing leaves before the answer' {
        # The host of this runspace has nobody to ask; its error quotes the question.
        $run = Invoke-Runspace -Arguments $Name, ([pscustomobject]$Good), (Get-IgConnection) -Script { param($Name, $Row, $Connection) $Row | & $Name -Connection $Connection -Confirm }
        "$($run.Errors)" | Should -BeLike "*: Are you sure you want to perform this action?`nPerforming the operation `"*`" on target `"$($Good.RecipientId ?? $Page)`"."
        $server.Requests.Count | Should -Be 0
    }

    It '-Verbose tells each row in the words of every cmdlet' {
        $said = @([pscustomobject]$Good | & $Name -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })
        $said.Count | Should -Be 2
        "$($said[0])" | Should -BeLike "Performing the operation `"*`" on target `"$($Good.RecipientId ?? $Page)`"."
    }

    It 'without a connection stops before any row is read, and says how to connect' {
        Disconnect-IgAccount
        $read = [System.Collections.Generic.List[object]]::new()
        $record = try { $rows | ForEach-Object { $read.Add($_); $_ } | & $Name } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'IgNotConnected,InstagramMessaging.Cmdlets.*'
        "$record" | Should -BeLike '*Connect-IgAccount*'
        $record.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-IgAccount -PageId*'
        $record.CategoryInfo.Category | Should -Be 'ConnectionError'
        $read.Count | Should -Be 0
        $server.Requests.Count | Should -Be 0
    }

    It 'without a connection cannot be quieted by -ErrorAction' {
        Disconnect-IgAccount
        { $rows | & $Name -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'IgNotConnected,*'
    }

    It '-ErrorAction Stop ends at the first bad row' {
        $caught = $null
        try { $rows | & $Name -ErrorAction Stop -OutVariable out | Out-Null }
        catch [InstagramMessaging.InstagramApiException] { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike "$BadId,*"
        $caught.Exception.ErrorId | Should -BeExactly $BadId
        # The first row was on its way: it may have had its answer by then, and nothing followed it.
        $server.Requests.Count | Should -Be 1
        $out.Count | Should -BeLessOrEqual 1
    }

    It '$ErrorActionPreference = Stop does the same' {
        $ErrorActionPreference = 'Stop'
        { $rows | & $Name } | Should -Throw -ErrorId "$BadId,*"
        $server.Requests.Count | Should -Be 1
    }

    It '-ErrorVariable holds each record, and the good rows go on' {
        $results = @($rows | & $Name -ErrorAction SilentlyContinue -ErrorVariable failed)
        $results.Count | Should -Be 2
        $server.Requests.Count | Should -Be $(if ($Name -eq 'New-IgAttachment') { 1 } else { 2 })
        $failed.Count | Should -Be 2
        $failed.FullyQualifiedErrorId | Should -BeLike "$BadId,*"
        $failed.ForEach({ $rows.IndexOf($_.TargetObject) }) | Should -Be 1, 3
    }

    It '-ErrorAction Ignore leaves no record anywhere' {
        $Error.Clear()
        $results = @($rows | & $Name -ErrorAction Ignore -ErrorVariable failed)
        $results.Count | Should -Be 2
        $failed.Count | Should -Be 0
        $Error.Count | Should -Be 0
    }

    It '-ErrorAction SilentlyContinue leaves the records in $Error alone' {
        $Error.Clear()
        $streamed = @($rows | & $Name -ErrorAction SilentlyContinue 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $streamed.Count | Should -Be 0
        $Error.Count | Should -Be 2
    }

    It 'what Graph refuses is caught as the typed exception, with what Graph said' {
        $server.Next([InstagramMessaging.Testing.Reply]::Error(400, 100, 2534014, 'No matching user'))
        $caught = $null
        try { [pscustomobject]$Good | & $Name -ErrorAction Stop }
        catch [InstagramMessaging.InstagramApiException] { $caught = $_.Exception }
        $caught.ErrorId | Should -BeExactly 'IgRecipientNotFound'
        $caught.Code | Should -Be 100
        $caught.Subcode | Should -Be 2534014
        $caught.StatusCode | Should -Be 400
        $caught.GraphType | Should -BeExactly 'OAuthException'
        $caught.FbTraceId | Should -BeExactly 'Atrace'
        $caught.IsTransient | Should -BeFalse
        $caught.Message | Should -BeLike '*No matching user*100/2534014*'
        $caught.Message.EndsWith($caught.Remedy) | Should -BeTrue
    }

    It '-Connection refuses <What>' -ForEach @(
        @{ What = 'a string'; Given = '106540352242922' }, @{ What = 'a hashtable'; Given = @{ Account = '1' } }, @{ What = 'a number'; Given = 42 }
        @{ What = 'an object that looks like one'; Given = [pscustomobject]@{ Account = '1'; BaseUri = [Uri]'http://127.0.0.1:1'; ApiVersion = 'v25.0' } }
        @{ What = 'null'; Given = $null }
    ) {
        { [pscustomobject]$Good | & $Name -Connection $Given } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
        $server.Requests.Count | Should -Be 0
    }

    It '-Connection goes before the default one' {
        $other = [InstagramMessaging.Testing.RecordingServer]::new()
        try {
            $first = Get-IgConnection
            Connect-IgAccount -PageId 777 -AccessToken (ConvertTo-Secret 'EAAother') -BaseUri $other.BaseUri
            [pscustomobject]$Good | & $Name -Connection $first | Out-Null
            $other.Requests.Count | Should -Be 0
            $server.Requests[0].Target | Should -BeLike "/v25.0/$Page/*"
            [pscustomobject]$Good | & $Name | Out-Null
            $other.Requests[0].Target | Should -BeLike '/v25.0/777/*'
            $other.Requests[0].Headers['Authorization'] | Should -BeExactly 'Bearer EAAother'
            $first.Dispose()
        }
        finally { $other.Dispose() }
    }

    It 'a connection that was ended says so' {
        $connection = Get-IgConnection
        Disconnect-IgAccount $connection
        { [pscustomobject]$Good | & $Name -Connection $connection } | Should -Throw -ErrorId 'IgConnectionInvalid,*'
        { [pscustomobject]$Good | & $Name } | Should -Throw -ErrorId 'IgNotConnected,*'
    }

    It 'writes what it counted on the Verbose stream' {
        $verbose = @($rows | & $Name -Verbose -ErrorAction SilentlyContinue 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })
        "$($verbose[-1])" | Should -Match '^2 sent, 2 failed, 0 unknown, 0 not tried, in [0-9]+\.[0-9] s \([0-9]+\.[0-9]/s\)\.$'
    }
}
