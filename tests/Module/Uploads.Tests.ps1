BeforeAll {
    . "$PSScriptRoot/TestSession.ps1"
    . "$PSScriptRoot/EngineSession.ps1"
    . "$PSScriptRoot/MediaSession.ps1"
    function New-Large([string] $Path, [int] $Size = 3MB) {
        $bytes = [byte[]]::new($Size)
        (Get-Sample sample.mp4).CopyTo($bytes, 0)
        [System.IO.File]::WriteAllBytes($Path, $bytes)
    }
}

Describe 'A file is uploaded once' {
    BeforeEach {
        $server = Start-Recording
        Push-Location (New-Item -ItemType Directory -Force "$TestDrive/$([guid]::NewGuid().ToString('N'))")
        New-Sample a.mp4
    }
    AfterEach {
        Pop-Location
        Stop-Recording
    }

    It 'for three hundred people' {
        $results = @(New-People 300 | Send-IgMedia -Path a.mp4 -ThrottleLimit 16)
        @($results | Where-Object Status -EQ Sent).Count | Should -Be 300
        (Get-Uploads).Count | Should -Be 1
        (Get-Sends).Count | Should -Be 300
        $results.AttachmentId | Sort-Object -Unique | Should -BeExactly 'att1'
        (Get-Sends).RecipientId | Sort-Object -Unique | Should -HaveCount 300
    }

    It 'for two cmdlets at once on one connection' {
        $release = [System.Threading.Tasks.TaskCompletionSource]::new()
        $server.Next([InstagramMessaging.Testing.Reply]::Json('{"attachment_id":"77"}').HeldUntil($release.Task))
        $other = New-Shell -Script '$args[1] | Send-IgMedia -Connection $args[0] -Path $args[2]' -Arguments (Get-IgConnection), (New-People 30 100), "$PWD/a.mp4"
        try {
            $work = $other.BeginInvoke()
            Wait-For { $server.Requests.Count -eq 1 } 'the upload'
            # By the time of the last row the others wait for the upload.
            $mine = @(New-People 30 | ForEach-Object { if ($_.RecipientId -eq '1730') { $release.SetResult() }; $_ } | Send-IgMedia -Path a.mp4)
            $others = @($other.EndInvoke($work))
        }
        finally { $other.Dispose() }
        $mine.Count + $others.Count | Should -Be 60
        @($mine + $others).AttachmentId | Sort-Object -Unique | Should -BeExactly '77'
        (Get-Uploads).Count | Should -Be 1
    }

    It 'by New-IgAttachment twice: one id, one time' {
        Copy-Item a.mp4 b.mp4
        $one = New-IgAttachment a.mp4
        $two, $three = 'a.mp4', 'b.mp4' | New-IgAttachment
        (Get-Uploads).Count | Should -Be 1
        $two.AttachmentId, $three.AttachmentId | Should -BeExactly 'att1', 'att1'
        $two.UploadedAt | Should -Be $one.UploadedAt
        $three.Source | Should -BeLike '*b.mp4'
    }

    It 'and another cmdlet takes it over when the first one is stopped' {
        $server.Next([InstagramMessaging.Testing.Reply]::Cut('Silence'))
        $first = New-Shell -Script '$args[1] | Send-IgMedia -Connection $args[0] -Path $args[2]' -Arguments (Get-IgConnection), (New-People 30 100), "$PWD/a.mp4"
        $second = New-Shell -Script '$args[1] | Send-IgMedia -Connection $args[0] -Path $args[2]' -Arguments (Get-IgConnection), (New-People 30), "$PWD/a.mp4"
        try {
            $null = $first.BeginInvoke()
            Wait-For { $server.Requests.Count -eq 1 } 'the upload'
            $work = $second.BeginInvoke()
            $first.Stop()
            @($second.EndInvoke($work)).Status | Sort-Object -Unique | Should -Be 'Sent'
        }
        finally { $first.Dispose(); $second.Dispose() }
        (Get-Uploads).Count | Should -Be 2
        (Get-Sends).Count | Should -Be 30
        (Get-Sends).RecipientId | Should -Not -Contain '17100'
    }

    It 'Select-Object -First ends the run during the next upload, and nothing is sent twice' {
        New-Sample b.gif
        $rows = @([pscustomobject]@{ RecipientId = '171'; Path = 'a.mp4' }) + @(2..20 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Path = 'b.gif' } })
        $server.When('b.gif', [InstagramMessaging.Testing.Reply]::Json('{"attachment_id":"88"}').After(500))
        $first = $rows | Send-IgMedia -JournalPath journal.jsonl | Select-Object -First 1
        $first.RecipientId | Should -Be '171'
        @(Get-IgJournal journal.jsonl | Where-Object Status -In Unknown, Started).Count | Should -Be 0
        $again = @($rows | Send-IgMedia -JournalPath journal.jsonl)
        $again.Count | Should -Be 20
        (Get-Sends) | Group-Object RecipientId | Where-Object Count -NE 1 | Should -BeNullOrEmpty
        (Get-Uploads).Count | Should -BeIn 2, 3
    }

    It 'the journal of a row whose id was refused says started, waiting, started, sent' {
        $server.When('"attachment_id":"att1"', [InstagramMessaging.Testing.Reply]::Error(400, 100, 2018074))
        (Send-IgMedia $R -Path a.mp4 -JournalPath journal.jsonl).Attempts | Should -Be 2
        (Get-Content journal.jsonl | Select-Object -Skip 1 | ConvertFrom-Json | Where-Object status).status | Should -BeExactly 'started', 'waiting', 'started', 'sent'
        (Get-Uploads).Count | Should -Be 2
    }

    It 'at most as many at once as -UploadThrottleLimit says: <Limit>' -ForEach @(@{ Limit = 2; With = @{} }, @{ Limit = 3; With = @{ UploadThrottleLimit = 3 } }) {
        Stop-Recording
        $server = Start-Recording $With
        $server.Together($Limit)
        $server.Slow(5, 10)
        $gif = Get-Sample sample.gif
        1..12 | ForEach-Object { [System.IO.File]::WriteAllBytes("$PWD/$_.gif", $gif + [byte]$_) }
        @(Get-ChildItem *.gif | New-IgAttachment -ThrottleLimit 12).Count | Should -Be 12
        $number = 0
        @(Get-ChildItem *.gif | Send-IgMedia -RecipientId { "17$([int]$_.BaseName)" } -Direct -ThrottleLimit 12).Count | Should -Be 12
        $server.MostAtOnce | Should -Be $Limit
    }
}

Describe 'With -CachePath' {
    BeforeEach {
        $server = Start-Recording
        Push-Location (New-Item -ItemType Directory -Force "$TestDrive/$([guid]::NewGuid().ToString('N'))")
        New-Sample a.mp4
    }
    AfterEach {
        Pop-Location
        Stop-Recording
    }

    It 'a second run, on a new connection and in a new process, uploads nothing' {
        $null = New-People 5 | Send-IgMedia -Path a.mp4 -CachePath cache.jsonl
        $line = Get-Content cache.jsonl | ConvertFrom-Json
        $line.account, $line.type, $line.attachment_id | Should -BeExactly $Page, 'video', 'att1'
        $first = Connect-IgAccount -PageId $Page -AccessToken (ConvertTo-Secret $Token) -BaseUri $server.BaseUri -PassThru
        (New-IgAttachment a.mp4 -CachePath cache.jsonl).AttachmentId | Should -BeExactly 'att1'
        $child = Invoke-Pwsh @"
            Import-Module '$($IgTest.ModulePath)'
            Connect-IgAccount -PageId $Page -AccessToken (ConvertTo-SecureString $Token -AsPlainText -Force) -BaseUri $($server.BaseUri)
            Set-Location '$PWD'
            (Send-IgMedia 1799 -Path a.mp4 -CachePath cache.jsonl).AttachmentId
"@
        $child.Errors | Should -BeNullOrEmpty
        $child.Lines | Should -BeExactly 'att1'
        (Get-Uploads).Count | Should -Be 1
        @(Get-Content cache.jsonl).Count | Should -Be 1
    }

    It '-WhatIf counts no upload of a file that is kept, and leaves the cache as it is' {
        $null = New-IgAttachment a.mp4 -CachePath cache.jsonl
        $before = Get-Content cache.jsonl -Raw
        New-Sample b.png
        $null = 'a.mp4', 'b.png' | Send-IgMedia -RecipientId 171 -CachePath cache.jsonl -WhatIf -InformationVariable said 6>$null
        "$($said[-1])" | Should -BeLike '*, uploads: 1, sends: 2, *'
        $null = Connect-IgAccount -PageId 999 -AccessToken (ConvertTo-Secret $Token) -BaseUri $server.BaseUri
        $null = 'a.mp4', 'b.png' | Send-IgMedia -RecipientId 171 -CachePath cache.jsonl -WhatIf -InformationVariable said 6>$null
        "$($said[-1])" | Should -BeLike '*, uploads: 2, sends: 2, *'
        Get-Content cache.jsonl -Raw | Should -BeExactly $before
        (Get-Uploads).Count | Should -Be 1
    }

    It 'another account uploads for itself' {
        $null = New-IgAttachment a.mp4 -CachePath cache.jsonl
        $null = Connect-IgAccount -PageId 999 -AccessToken (ConvertTo-Secret $Token) -BaseUri $server.BaseUri
        (New-IgAttachment a.mp4 -CachePath cache.jsonl).AttachmentId | Should -BeExactly 'att2'
        (Get-Content cache.jsonl | ConvertFrom-Json).account | Should -BeExactly $Page, '999'
    }

    It '<Name> as the cache is IgCachePathInvalid, stays as it is, and nothing is sent' -ForEach @(
        @{ Name = 'a table'; Make = { "RecipientId,Path`n171,a.mp4" | Set-Content other } }
        @{ Name = 'a picture'; Make = { New-Sample other sample.png } }
        @{ Name = 'a journal'; Make = { Send-IgText 1 Hi -JournalPath other | Out-Null; $server.Clear() } }
        @{ Name = 'a folder'; Make = { New-Item -ItemType Directory other } }
        @{ Name = 'a file in no folder'; Make = { $script:path = 'no/such/other' } }
    ) {
        $script:path = 'other'
        $null = & $Make
        $before = if (Test-Path other -PathType Leaf) { (Get-FileHash other).Hash }
        foreach ($send in { New-People 2 | Send-IgMedia -Path a.mp4 -CachePath $path }, { New-IgAttachment a.mp4 -CachePath $path }) { $send | Should -Throw -ErrorId 'IgCachePathInvalid,*' }
        $server.Requests.Count | Should -Be 0
        if ($before) { (Get-FileHash other).Hash | Should -BeExactly $before }
    }

    It 'that can no longer be written, the messages go and one warning says so' {
        New-Sample b.gif
        $results = & {
            [pscustomobject]@{ RecipientId = '171'; Path = 'a.mp4' }
            # The engine notes the first upload on a thread of its own.
            while (-not (Get-Content cache.jsonl)) { Start-Sleep -Milliseconds 20 }
            Remove-Item cache.jsonl
            $null = New-Item -ItemType Directory cache.jsonl
            2..9 | ForEach-Object { [pscustomobject]@{ RecipientId = "17$_"; Path = ('a.mp4', 'b.gif')[$_ % 2] } }
        } | Send-IgMedia -CachePath cache.jsonl -WarningVariable said -WarningAction SilentlyContinue
        $results.Status | Should -Be (@('Sent') * 9)
        $said.Count | Should -Be 1
        "$said" | Should -BeLike '*cache*uploads again*'
    }
}

Describe 'The progress of an upload' {
    BeforeEach { $server = Start-Recording }
    AfterEach { Stop-Recording }

    It 'of a <What> is <Shown>' -ForEach @(
        @{ What = 'file over 1 MB'; Size = 3MB; Shown = 'shown'; Count = 1; Preference = 'Continue' }
        @{ What = 'small file'; Size = 100KB; Shown = 'not shown'; Count = 0; Preference = 'Continue' }
        @{ What = 'file over 1 MB under SilentlyContinue'; Size = 3MB; Shown = 'not shown'; Count = 0; Preference = 'SilentlyContinue' }
    ) {
        New-Large "$TestDrive/large.mp4" $Size
        $release = [System.Threading.Tasks.TaskCompletionSource]::new()
        $server.Next([InstagramMessaging.Testing.Reply]::Json('{"attachment_id":"77"}').HeldUntil($release.Task))
        $shell = New-Shell -Script '$ProgressPreference = $args[2]; Send-IgMedia 171 -Connection $args[0] -Path $args[1]' -Arguments (Get-IgConnection), "$TestDrive/large.mp4", $Preference
        try {
            $work = $shell.BeginInvoke()
            Wait-For { $server.Requests.Count -eq 1 } 'the upload'
            if ($Count) { Wait-For { @($shell.Streams.Progress).ActivityId -contains 1 } 'its line' } else { Start-Sleep -Milliseconds 900 }
            $release.SetResult()
            $shell.EndInvoke($work).Status | Should -Be 'Sent'
            $lines = @($shell.Streams.Progress | Where-Object ActivityId -EQ 1)
            [Math]::Min(1, $lines.Count) | Should -Be $Count
            if ($Count) {
                $lines[0].ParentActivityId | Should -Be 0
                $lines[0].StatusDescription | Should -BeLike 'large.mp4: * of 3.0 MB'
                $lines[-1].RecordType | Should -Be 'Completed'
                ($lines | Where-Object RecordType -EQ Processing).PercentComplete | Sort-Object -Bottom 1 | Should -BeIn (1..100)
            }
        }
        finally { $shell.Dispose() }
    }
}
