# What the files about media need beside TestSession.ps1, which they dot-source first: the real files of tests/Samples.

$PSDefaultParameterValues.Clear()

function Get-Sample([string] $Name) { , [Convert]::FromBase64String([System.IO.File]::ReadAllText((Join-Path $IgTest.Root "tests/Samples/$Name.b64"))) }

function New-Sample([string] $Path, [string] $Sample = "sample$([System.IO.Path]::GetExtension($Path))") {
    [System.IO.File]::WriteAllBytes((Join-Path $PWD.ProviderPath $Path), (Get-Sample $Sample))
}

function Get-Sha256($Bytes) { [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([byte[]]$Bytes)) }

function Get-Uploads { , @($server.Requests | Where-Object Target -Like '*/message_attachments') }

function Get-Sends { , @($server.Requests | Where-Object Target -Like '*/messages') }

function New-People([int] $Count, [int] $First = 1) { foreach ($n in $First..($First + $Count - 1)) { [pscustomobject]@{ RecipientId = "17$n" } } }
