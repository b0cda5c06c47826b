@{
    RootModule             = 'InstagramMessaging.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '7f8d7f0c-5b0f-4a52-9d3e-3a3e4f6b9c21'
    Author                 = 'The InstagramMessaging authors'
    CompanyName            = 'Community'
    Copyright              = '(c) The InstagramMessaging authors. MIT license.'
    Description            = 'Sends Instagram direct messages from a business account through Meta''s Graph API: text, media, posts, stickers and reactions, from a CSV or a runbook.'

    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')

    FormatsToProcess       = @('InstagramMessaging.Format.ps1xml')

    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Add-IgEmulatorCustomer'
        'Add-IgReaction'
        'Connect-IgAccount'
        'Disconnect-IgAccount'
        'Get-IgConnection'
        'Get-IgEmulatorMessage'
        'Get-IgEmulatorRequest'
        'Get-IgEmulatorRule'
        'Get-IgJournal'
        'New-IgAttachment'
        'Receive-IgEmulatorMessage'
        'Remove-IgReaction'
        'Send-IgMedia'
        'Send-IgPost'
        'Send-IgSticker'
        'Send-IgText'
        'Start-IgEmulator'
        'Stop-IgEmulator'
    )

    PrivateData            = @{
        PSData = @{
            Tags       = @('Instagram', 'DirectMessage', 'Meta', 'GraphAPI', 'Messaging', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
