# What every file of the suite needs; dot-sourced in BeforeAll (and in BeforeDiscovery, for the tables).

Import-Module $IgTest.ModulePath
if (-not ('InstagramMessaging.Testing.RecordingServer' -as [type])) { Add-Type -Path $IgTest.RecordingServer }

# The token and the secret of graph-contract 1.3, with the proof that was computed there.
$Token = 'EAABtestToken123'
$AppSecret = '0123456789abcdef0123456789abcdef'
$Proof = '1f4515764686013c9650a5040fa7c9ed061a986b984449ac6668230076c93205'
$Page = '106540352242922'
$R = '17841400000000001'

# Every cmdlet that talks to Graph: a row that can be sent, one that cannot, and why not.
$GraphCmdlets = @(
    @{ Name = 'Send-IgText'; Good = @{ RecipientId = $R; Text = 'Hi' }; Bad = @{ RecipientId = $R; Text = '' }; BadId = 'IgTextEmpty' }
    @{ Name = 'Send-IgMedia'; Good = @{ RecipientId = $R; Url = 'https://example.com/a.png' }; Bad = @{ RecipientId = $R; Url = 'ftp://example.com/a.png' }; BadId = 'IgMediaUrlInvalid' }
    @{ Name = 'Send-IgPost'; Good = @{ RecipientId = $R; PostId = '18000000000000001' }; Bad = @{ RecipientId = $R; PostId = 'a b' }; BadId = 'IgIdInvalid' }
    @{ Name = 'Send-IgSticker'; Good = @{ RecipientId = $R }; Bad = @{ RecipientId = '@ana' }; BadId = 'IgRecipientInvalid' }
    @{ Name = 'Add-IgReaction'; Good = @{ RecipientId = $R; MessageId = 'mid.1' }; Bad = @{ RecipientId = $R; MessageId = 'a b' }; BadId = 'IgIdInvalid' }
    @{ Name = 'Remove-IgReaction'; Good = @{ RecipientId = $R; MessageId = 'mid.1' }; Bad = @{ RecipientId = $R; MessageId = 'a b' }; BadId = 'IgIdInvalid' }
    @{ Name = 'New-IgAttachment'; Good = @{ Url = 'https://example.com/a.png' }; Bad = @{ Url = 'ftp://example.com/a.png' }; BadId = 'IgMediaUrlInvalid' }
)

# The first bytes that each documented format really has.
$MediaHeads = @{
    png  = [byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52)
    jpg  = [byte[]](0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1, 1)
    gif  = [System.Text.Encoding]::ASCII.GetBytes('GIF89a......')
    aac  = [byte[]](0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC, 0x21)
    m4a  = [byte[]](0, 0, 0, 32) + [System.Text.Encoding]::ASCII.GetBytes('ftypM4A ....M4A mp42isom')
    wav  = [System.Text.Encoding]::ASCII.GetBytes("RIFF....WAVEfmt ....")
    mp4  = [byte[]](0, 0, 0, 32) + [System.Text.Encoding]::ASCII.GetBytes('ftypisom....isomiso2avc1mp41')
    ogg  = [System.Text.Encoding]::ASCII.GetBytes('OggS............')
    avi  = [System.Text.Encoding]::ASCII.GetBytes('RIFF....AVI LIST....hdrl')
    mov  = [byte[]](0, 0, 0, 20) + [System.Text.Encoding]::ASCII.GetBytes('ftypqt  ....qt  ')
    webm = [byte[]](0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84) + [System.Text.Encoding]::ASCII.GetBytes('webm....')
    pdf  = [System.Text.Encoding]::ASCII.GetBytes("%PDF-1.7`n%....")
}

function ConvertTo-Secret([string] $Plain) {
    $secret = [securestring]::new()
    $Plain.ToCharArray().ForEach({ $secret.AppendChar($_) })
    $secret
}

# These files ask what becomes of a row: one after another, and of the same row as often as a test gives it. How rows go side by
# side, and what is sent twice, is Engine.Tests.ps1's matter, which drops both.
$PSDefaultParameterValues = @{ '*-Ig*:ThrottleLimit' = 1 }
foreach ($cmdlet in $GraphCmdlets.Name -ne 'New-IgAttachment') { $PSDefaultParameterValues["${cmdlet}:AllowDuplicate"] = $true }

# A server of its own for each test, so that no answer of one reaches another; and the account connected to it.
function Start-Recording([hashtable] $With = @{}) {
    $recording = [InstagramMessaging.Testing.RecordingServer]::new()
    $access = if ($With.InstagramId) { @{} } else { @{ PageId = $Page } }
    Connect-IgAccount -AccessToken (ConvertTo-Secret $Token) -BaseUri $recording.BaseUri -SendsPerSecond 100000 -MediaPerSecond 100000 @access @With
    $recording
}

function Stop-Recording {
    Disconnect-IgAccount
    if ($server) { $server.Dispose() }
}

# A small file that begins as its format does; its bytes are returned.
function New-MediaFile([string] $Path, [string] $Format = [System.IO.Path]::GetExtension($Path).TrimStart('.').ToLowerInvariant(), [int] $Size = 64) {
    $bytes = [byte[]]::new($Size)
    $head = $MediaHeads[$(if ($Format -eq 'jpeg') { 'jpg' } else { $Format })]
    [array]::Copy($head, $bytes, $head.Length)
    for ($i = $head.Length; $i -lt [Math]::Min($Size, 512); $i++) { $bytes[$i] = $i % 251 }
    [System.IO.File]::WriteAllBytes($Path, $bytes)
    , $bytes
}

# PowerShell compares strings by culture, which passes over zero-width characters; a message must be the same to the byte.
function Assert-Exact([AllowNull()] [string] $Actual, [AllowNull()] [string] $Expected) {
    if (-not [string]::Equals($Actual, $Expected, [System.StringComparison]::Ordinal)) { throw "Expected exactly`n$Expected`nbut got`n$Actual" }
}

# The text that a request asked Graph to send.
function Get-SentText($Request) {
    [System.Text.Json.JsonDocument]::Parse($Request.Text).RootElement.GetProperty('message').GetProperty('text').GetString()
}

# A script in a PowerShell process of its own. Its input is closed, and it may not prompt.
function Invoke-Pwsh([string] $Script) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($IgTest.Pwsh[0])
    foreach ($argument in @($IgTest.Pwsh | Select-Object -Skip 1) + '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($Script))) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['NO_COLOR'] = '1'
    # PowerShell's telemetry loads assemblies of its own in the background.
    $start.Environment['POWERSHELL_TELEMETRY_OPTOUT'] = '1'
    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    if (-not $process.WaitForExit(180000)) { $process.Kill(); throw "The child process did not end. It wrote:`n$output" }
    [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output; Errors = $errors.Result; Lines = @($output -split '\r?\n' -ne '') }
}

# A script in a runspace of its own, whose host shows nothing; with all that it wrote.
function Invoke-Runspace([string] $Script, [object[]] $Arguments = @()) {
    $shell = [powershell]::Create()
    try {
        $null = $shell.AddScript("param(`$ModulePath)`nImport-Module `$ModulePath").AddArgument($IgTest.ModulePath).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Script)
        foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
        $thrown = $null
        $output = try { @($shell.Invoke()) } catch { $thrown = $_.Exception.InnerException ?? $_.Exception }
        [pscustomobject]@{
            Output = $output; Errors = @($shell.Streams.Error); Information = @($shell.Streams.Information); Warnings = @($shell.Streams.Warning)
            Verbose = @($shell.Streams.Verbose); Debug = @($shell.Streams.Debug); Thrown = $thrown
        }
    }
    finally { $shell.Dispose() }
}
