BeforeDiscovery {
    $cmdlets = 'Add-IgEmulatorCustomer', 'Add-IgReaction', 'Connect-IgAccount', 'Disconnect-IgAccount', 'Get-IgConnection', 'Get-IgEmulatorMessage', 'Get-IgEmulatorRequest', 'Get-IgEmulatorRule', 'Get-IgJournal', 'New-IgAttachment', 'Receive-IgEmulatorMessage', 'Remove-IgReaction', 'Send-IgMedia', 'Send-IgPost', 'Send-IgSticker', 'Send-IgText', 'Start-IgEmulator', 'Stop-IgEmulator'
    $graph = @($cmdlets | Where-Object { $_ -match '^(Send|Add|Remove|New)-' -and $_ -notmatch 'Emulator' })
}

Describe 'The module' {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $cmdlets = 'Add-IgEmulatorCustomer', 'Add-IgReaction', 'Connect-IgAccount', 'Disconnect-IgAccount', 'Get-IgConnection', 'Get-IgEmulatorMessage', 'Get-IgEmulatorRequest', 'Get-IgEmulatorRule', 'Get-IgJournal', 'New-IgAttachment', 'Receive-IgEmulatorMessage', 'Remove-IgReaction', 'Send-IgMedia', 'Send-IgPost', 'Send-IgSticker', 'Send-IgText', 'Start-IgEmulator', 'Stop-IgEmulator'
        $module = Get-Module InstagramMessaging
        $manifest = Import-PowerShellDataFile "$($IgTest.ModulePath)/InstagramMessaging.psd1"
    }

    It 'exports exactly the 18 cmdlets, and nothing else' {
        ($module.ExportedCommands.Keys | Sort-Object) | Should -BeExactly $cmdlets
        ($module.ExportedCmdlets.Keys | Sort-Object) | Should -BeExactly $cmdlets
        $module.ExportedFunctions.Count, $module.ExportedAliases.Count, $module.ExportedVariables.Count | Should -Be 0, 0, 0
        (Get-Command -Module InstagramMessaging).Name | Sort-Object | Should -BeExactly $cmdlets
    }

    It 'has a valid manifest that lists each by name' {
        $checked = Test-ModuleManifest "$($IgTest.ModulePath)/InstagramMessaging.psd1"
        $checked.Version | Should -Be $module.Version
        ($manifest.CmdletsToExport | Sort-Object) | Should -BeExactly $cmdlets
        $manifest.FunctionsToExport.Count, $manifest.AliasesToExport.Count, $manifest.VariablesToExport.Count | Should -Be 0, 0, 0
        $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
    }

    It 'has the version of the manifest in every assembly of its own' {
        foreach ($file in Get-ChildItem "$($IgTest.ModulePath)/bin/*/InstagramMessaging*.dll") {
            [System.Reflection.AssemblyName]::GetAssemblyName($file.FullName).Version.ToString(3) | Should -BeExactly $manifest.ModuleVersion -Because $file.FullName
        }
        @(Get-ChildItem "$($IgTest.ModulePath)/bin/*/InstagramMessaging.dll").Count | Should -Be 2
    }

    It 'uses approved verbs and gives no warning at import' {
        foreach ($command in $module.ExportedCmdlets.Values) { (Get-Verb $command.Verb) | Should -Not -BeNullOrEmpty -Because $command.Name }
        $run = Invoke-Runspace 'Get-Module InstagramMessaging'
        $run.Warnings.Count | Should -Be 0
    }

    It 'has output types that become nobody''s payload: <_>' -ForEach 'IgSendResult', 'IgConnection', 'IgEmulator', 'IgEmulatorMessage', 'IgEmulatorRequest', 'IgEmulatorRule', 'IgEmulatorCustomer', 'IgAttachment' {
        $type = "InstagramMessaging.$_" -as [type]
        $own = if ($_ -eq 'IgAttachment') { 'AttachmentId', 'Type' } elseif ($_ -like 'IgEmulatorMessage') { 'AttachmentId', 'ReplyTo', 'MessageId' } else { 'AttachmentId', 'MessageId' }
        $payloads = foreach ($command in Get-Command -Module InstagramMessaging -Name Send-*, Add-*, Remove-*, New-* | Where-Object Name -NotLike '*Emulator*') {
            foreach ($parameter in $command.Parameters.Values) {
                if ($parameter.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName }) -and $parameter.Name -ne 'RecipientId') { $parameter.Name; $parameter.Aliases }
            }
        }
        @($type.GetProperties().Name | Where-Object { $_ -in $payloads -and $_ -notin $own }) | Should -BeNullOrEmpty
        @($type.GetProperties().Name | Where-Object { $_ -in 'Text', 'Url', 'Path', 'Message', 'Body', 'Link', 'Id' }) | Should -BeNullOrEmpty
    }

    It 'names no type of a package in a public signature of <_>' -ForEach 'InstagramMessaging', 'InstagramMessaging.Core', 'InstagramMessaging.Cmdlets', 'InstagramMessaging.Emulator' {
        Start-Recording | ForEach-Object Dispose
        Start-IgEmulator | Stop-IgEmulator
        $name = $_
        $assembly = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq $name })[0]
        if (-not $assembly) { $assembly = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext((Get-Command Send-IgText).ImplementingType.Assembly).LoadFromAssemblyName($name) }
        $framework = [System.IO.Path]::GetDirectoryName([object].Assembly.Location)
        $flags = [System.Reflection.BindingFlags]'Public, NonPublic, Instance, Static, DeclaredOnly'
        function Get-Part([type] $Type) {
            if ($Type.HasElementType) { Get-Part $Type.GetElementType() }
            elseif ($Type.IsGenericType) { $Type.GetGenericTypeDefinition(); $Type.GetGenericArguments().ForEach({ Get-Part $_ }) }
            elseif (-not $Type.IsGenericParameter) { $Type }
        }
        $foreign = foreach ($type in $assembly.GetExportedTypes()) {
            $named = @(
                $type.BaseType; $type.GetInterfaces()
                foreach ($member in $type.GetMembers($flags)) {
                    $isOpen = if ($member -is [System.Reflection.PropertyInfo]) { $member.GetAccessors($true).Where({ $_.IsPublic -or $_.IsFamily -or $_.IsFamilyOrAssembly }) } else { $member.IsPublic -or $member.IsFamily -or $member.IsFamilyOrAssembly }
                    if (-not $isOpen) { continue }
                    if ($member -is [System.Reflection.MethodInfo]) { $member.ReturnType }
                    if ($member -is [System.Reflection.MethodBase]) { $member.GetParameters().ParameterType }
                    if ($member -is [System.Reflection.PropertyInfo]) { $member.PropertyType }
                    if ($member -is [System.Reflection.FieldInfo]) { $member.FieldType }
                }
            )
            foreach ($part in $named.Where({ $_ }).ForEach({ Get-Part $_ })) {
                $from = $part.Assembly
                $isOurs = $from.GetName().Name -like 'InstagramMessaging*'
                $isPowerShell = $from.GetName().Name -eq 'System.Management.Automation'
                $isFramework = [System.IO.Path]::GetDirectoryName($from.Location) -eq $framework -and $from.GetName().Name -notmatch '^(Microsoft\.Extensions\.|Polly)'
                if (-not ($isOurs -or $isPowerShell -or $isFramework)) { "$($type.Name): $part" }
            }
        }
        $foreign | Select-Object -Unique | Should -BeNullOrEmpty
    }
}

Describe '<_>' -ForEach $cmdlets {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $command = Get-Command $_
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $parameters = @($command.Parameters.Values | Where-Object Name -NotIn $common)
    }

    It 'has one parameter set, or three where it connects' {
        $command.ParameterSets.Count | Should -Be $(if ($command.Name -eq 'Connect-IgAccount') { 3 } else { 1 })
    }

    It 'binds by property name to strings that may be null and empty, and to nothing else' {
        foreach ($parameter in $parameters.Where({ $_.Attributes.Where({ $_ -is [Parameter] -and $_.ValueFromPipelineByPropertyName }) })) {
            $parameter.ParameterType | Should -BeIn ([string], [string[]]) -Because $parameter.Name
            if ($command.Name -eq 'Get-IgEmulatorMessage') { continue }
            $parameter.Attributes.TypeId | Should -Contain ([AllowNull]) -Because $parameter.Name
            $parameter.Attributes.TypeId | Should -Contain ([AllowEmptyString]) -Because $parameter.Name
            if ($parameter.ParameterType -eq [string[]]) { $parameter.Attributes.TypeId | Should -Contain ([AllowEmptyCollection]) -Because $parameter.Name }
        }
    }

    It 'does not take Tag, MessagingType, Connection or a switch from the pipeline' {
        foreach ($parameter in $parameters.Where({ $_.Name -in 'Tag', 'MessagingType', 'Connection', 'MaximumRetryCount' -or $_.SwitchParameter })) {
            if ($command.Name -eq 'Disconnect-IgAccount') { continue }
            $parameter.Attributes.Where({ $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }) | Should -BeNullOrEmpty -Because $parameter.Name
        }
    }

    It 'has help: a synopsis, a description, every parameter and an example' {
        $help = Get-Help $command.Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$($command.Name)\b" -Because 'that is what PowerShell makes up where there is no help'
        ($help.description.Text -join '').Trim() | Should -Not -BeNullOrEmpty
        foreach ($parameter in $parameters) {
            $described = @($help.parameters.parameter | Where-Object name -EQ $parameter.Name)
            $described.Count | Should -Be 1 -Because "-$($parameter.Name) needs help"
            ($described[0].description.Text -join '').Trim() | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) needs a description"
        }
        @($help.parameters.parameter.name | Where-Object { $_ -and $_ -notin $parameters.Name -and $_ -notin $common }) | Should -BeNullOrEmpty -Because 'help of parameters that do not exist misleads'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 1
        foreach ($example in $help.examples.example) { "$($example.code)" | Should -Match $command.Name }
    }
}

Describe '<_>' -ForEach $graph {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $command = Get-Command $_
    }

    It 'takes -Connection, -InputObject, -MaximumRetryCount, -WhatIf and -Confirm' {
        $command.Parameters.Connection.ParameterType | Should -Be ([InstagramMessaging.IgConnection])
        $command.Parameters.InputObject.ParameterType | Should -Be ([psobject])
        $command.Parameters.Keys | Should -Contain 'MaximumRetryCount'
        $command.Parameters.Keys | Should -Contain 'WhatIf'
        $command.Parameters.Keys | Should -Contain 'Confirm'
        $command.OutputType.Type | Should -Be $(if ($command.Name -eq 'New-IgAttachment') { [InstagramMessaging.IgAttachment] } else { [InstagramMessaging.IgSendResult] })
    }

    It 'has the parameters of the engine' {
        $engine = 'ThrottleLimit', 'MaximumRetryCount', 'MaximumWait', 'MaximumUnknown', 'StopAfter', 'TotalCount'
        $once = 'AllowDuplicate', 'ExcludePath', 'JournalPath', 'JournalKey', 'ResendUnknown', 'FailedPath', 'IncludeFailed'
        $expected = if ($command.Name -eq 'New-IgAttachment') { $engine } else { $engine + $once }
        $command.Parameters.Keys | Where-Object { $_ -in $engine -or $_ -in $once } | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'has the aliases that people''s headers have, and no others' {
        $aliases = @{
            RecipientId = 'igsid', 'recipient', 'recipient_id'; Text = 'body', 'message'; Url = @('mediaurl'); Path = 'file', 'filepath'; LiteralPath = @('pspath'); PostId = @('mediaid')
        }
        foreach ($parameter in $command.Parameters.Values.Where({ $_.Name -notin [System.Management.Automation.PSCmdlet]::CommonParameters -and $_.Name -notin 'WhatIf', 'Confirm' })) {
            ($parameter.Aliases | Sort-Object) -join ' ' | Should -Be ($aliases[$parameter.Name] -join ' ') -Because "of -$($parameter.Name)"
        }
    }

    It 'has the recipient, if it has one, at position 0, and leaves a missing one to the cmdlet''s own error' {
        if ($command.Name -eq 'New-IgAttachment') {
            $command.Parameters.Keys | Should -Not -Contain 'RecipientId'
            return
        }
        $attribute = $command.Parameters.RecipientId.Attributes.Where({ $_ -is [Parameter] })[0]
        $attribute.Position | Should -Be 0
        $attribute.Mandatory | Should -BeFalse -Because 'the binder would refuse the row in its own words, uncounted'
        foreach ($name in 'Text', 'PostId', 'MessageId') {
            if ($command.Parameters.ContainsKey($name)) { $command.Parameters[$name].Attributes.Where({ $_ -is [Parameter] })[0].Position | Should -Be 1 }
        }
    }
}

Describe 'Completion of words' {
    BeforeAll { . "$PSScriptRoot/TestSession.ps1" }

    It 'offers the words of <Line>' -ForEach @(
        @{ Line = 'Send-IgMedia -Type '; Words = 'Image', 'Audio', 'Video', 'File' }
        @{ Line = 'New-IgAttachment -Type v'; Words = @('Video') }
        @{ Line = 'Send-IgText -Tag '; Words = @('HumanAgent') }
        @{ Line = 'Send-IgText -MessagingType '; Words = 'Response', 'Update', 'MessageTag' }
    ) {
        (TabExpansion2 $Line).CompletionMatches.CompletionText | Should -BeExactly $Words
    }
}
