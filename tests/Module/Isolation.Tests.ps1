Describe 'In a process with other modules' -Tag Isolation {
    BeforeAll {
        . "$PSScriptRoot/TestSession.ps1"
        $server = [InstagramMessaging.Testing.RecordingServer]::new()
        # What each child process begins with.
        $head = @"
            `$ErrorActionPreference = 'Stop'
            `$ProgressPreference = 'SilentlyContinue'
            `$path = '$($IgTest.ModulePath)'
            `$foreign = '$($IgTest.ForeignPackages)'
            function Connect-Here {
                `$token = [securestring]::new(); 'EAAx'.ToCharArray().ForEach({ `$token.AppendChar(`$_) })
                Connect-IgAccount 1 -AccessToken `$token -BaseUri '$($server.BaseUri)'
            }
            function Send-Each {
                (Send-IgText 171 'Hi').Status
                (Send-IgMedia 171 -Url 'https://example.com/a.png').Status
                (Send-IgPost 171 18).Status
                (Send-IgSticker 171).Status
                (Add-IgReaction 171 m1).Status
                (Remove-IgReaction 171 m1).Status
                (New-IgAttachment -Url 'https://example.com/a.png').Type
            }
            function Get-Loaded { [System.AppDomain]::CurrentDomain.GetAssemblies().ForEach({ `$_.GetName().Name }) | Sort-Object -Unique }

"@
        $each = 'Sent', 'Sent', 'Sent', 'Sent', 'Sent', 'Sent', 'Image'
    }
    AfterAll { $server.Dispose() }

    It 'the packages of the test differ from the module''s own' {
        foreach ($name in 'Microsoft.Extensions.Http', 'Microsoft.Extensions.Logging.Abstractions', 'Polly.Core') {
            # Polly keeps the version of its assembly through all of 8.x; the version of the file is that of the package.
            $ours = (Get-Item "$($IgTest.ModulePath)/bin/net8.0/$name.dll").VersionInfo.FileVersion
            (Get-Item "$($IgTest.ForeignPackages)/$name.dll").VersionInfo.FileVersion | Should -Not -Be $ours -Because $name
        }
    }

    It 'it imports and sends where other versions of its packages are loaded, and leaves them be' {
        $run = Invoke-Pwsh ($head + @'
            $names = 'Microsoft.Extensions.Http', 'Microsoft.Extensions.Logging.Abstractions', 'Polly.Core'
            $before = $names.ForEach({ [System.Reflection.Assembly]::LoadFrom("$foreign/$_.dll").Location }) -join ' '
            Import-Module $path
            Connect-Here
            Send-Each
            $after = $names.ForEach({ $name = $_; [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.Where({ $_.GetName().Name -eq $name }).Location }) -join ' '
            if ($before -eq $after) { 'unchanged' } else { "$before became $after" }
'@)
        $run.Errors | Should -BeNullOrEmpty
        $run.Lines | Should -BeExactly ($each + 'unchanged')
    }

    It 'another module can load its own versions after it' {
        $run = Invoke-Pwsh ($head + @'
            Import-Module $path
            Connect-Here
            (Send-IgText 171 'Hi').Status
            foreach ($name in 'Microsoft.Extensions.Http', 'Polly.Core') {
                $other = [System.Reflection.Assembly]::LoadFrom("$foreign/$name.dll")
                $other.Location -eq (Resolve-Path "$foreign/$name.dll").Path -and $other.GetExportedTypes().Count -gt 10
            }
            (Send-IgText 171 'Hi').Status
'@)
        $run.Errors | Should -BeNullOrEmpty
        $run.Lines | Should -BeExactly 'Sent', 'True', 'True', 'Sent'
    }

    It 'none of it is in the default context but InstagramMessaging.dll, after every cmdlet has run' {
        $run = Invoke-Pwsh ($head + @'
            Import-Module $path
            Connect-Here
            $null = Send-Each
            Connect-IgAccount -Emulator (Start-IgEmulator)
            $null = Send-IgText 171 'Hi'
            $null = Get-IgEmulatorMessage
            Stop-IgEmulator
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.Where({ "$($_.Location)".StartsWith($path) }).ForEach({ $_.GetName().Name })
            $own = [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'InstagramMessaging' })
            "$($own.Count) context with $($own.Assemblies.Where({ $_.GetName().Name -like 'InstagramMessaging.*' }).Count) of ours"
'@)
        $run.Errors | Should -BeNullOrEmpty
        $run.Lines | Should -BeExactly 'InstagramMessaging', '1 context with 3 of ours'
    }

    It 'import alone loads nothing of HTTP, JSON, dependency injection or the emulator' {
        $run = Invoke-Pwsh ($head + @'
            Import-Module $path
            # What the host loads on its own threads meanwhile is not ours: whatever uses HTTP or JSON here is in Core or the emulator.
            [System.Runtime.Loader.AssemblyLoadContext]::All.Where({ $_.Name -eq 'InstagramMessaging' }).Assemblies.ForEach({ $_.GetName().Name })
'@)
        $run.Errors | Should -BeNullOrEmpty
        $run.Lines | Should -BeExactly 'InstagramMessaging.Cmdlets'
    }

    It '<Name> keeps all commands working' -ForEach @(
        @{ Name = 'a second Import-Module'; Do = 'Import-Module $path' }
        @{ Name = 'a second Import-Module -Force'; Do = 'Import-Module $path -Force' }
        @{ Name = 'a third Import-Module -Force'; Do = 'Import-Module $path -Force; Import-Module $path -Force' }
        @{ Name = 'Remove-Module, then Import-Module'; Do = 'Remove-Module InstagramMessaging; Import-Module $path' }
        @{ Name = 'an import of the manifest by its path'; Do = 'Import-Module "$path/InstagramMessaging.psd1" -Force' }
        @{ Name = 'a copy of the module in another folder'; Do = '$copy = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid())/InstagramMessaging"; Copy-Item -Recurse $path $copy; Import-Module $copy -Force; Remove-Item -Recurse (Split-Path $copy) -ErrorAction Ignore' }
    ) {
        $run = Invoke-Pwsh ($head + "Import-Module `$path; Connect-Here; `$null = Send-Each; $Do; Connect-Here; Send-Each; (Get-Command -Module InstagramMessaging).Count")
        $run.Errors | Should -BeNullOrEmpty
        $run.Lines | Should -BeExactly ($each + '18')
    }

    It 'Remove-Module takes the commands away, ends the connection and stops the emulators' {
        $run = Invoke-Pwsh ($head + @'
            Import-Module $path
            Connect-Here
            $connection = Get-IgConnection
            $emulator = Start-IgEmulator
            Remove-Module InstagramMessaging
            @(Get-Command *-Ig* -CommandType Cmdlet -ErrorAction Ignore).Count
            $emulator.IsRunning
            try { [System.Net.Sockets.TcpClient]::new('127.0.0.1', $emulator.BaseUri.Port).Dispose(); 'listens' } catch { 'gone' }
            Import-Module $path
            @(Get-IgConnection).Count
            try { Send-IgText 171 'Hi' -Connection $connection } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
'@)
        $run.Errors | Should -BeNullOrEmpty
        $run.Lines | Should -BeExactly '0', 'False', 'gone', '0', 'IgConnectionInvalid'
    }

    It 'another version in the same process is refused with a clear message' {
        $run = Invoke-Pwsh ($head + @'
            $file = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid())/InstagramMessaging.dll"
            $null = New-Item -ItemType Directory (Split-Path $file)
            # Add-Type would give the assembly a name of its own.
            Add-Type -TypeDefinition 'public class LoadsTheCompiler { }'
            $code = '[assembly: System.Reflection.AssemblyVersion("9.8.7.0")] namespace InstagramMessaging { public sealed class IgConnection { } }'
            $trees = [Microsoft.CodeAnalysis.SyntaxTree[]]@([Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($code))
            $references = [Microsoft.CodeAnalysis.MetadataReference[]]@([Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location))
            $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
            $stream = [System.IO.File]::Create($file)
            $null = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('InstagramMessaging', $trees, $references, $options).Emit($stream)
            $stream.Dispose()
            [System.Reflection.Assembly]::LoadFrom($file).GetName().Name
            try { Import-Module $path; 'imported' } catch { "$_" }
            @(Get-Command *-Ig* -CommandType Cmdlet -ErrorAction Ignore).Count
'@)
        $run.Lines.Count | Should -Be 3
        $run.Lines[0] | Should -BeExactly 'InstagramMessaging'
        $run.Lines[1] | Should -BeLike 'InstagramMessaging 9.8.7 is loaded*open a new session*'
        $run.Lines[2] | Should -BeExactly '0'
    }
}
