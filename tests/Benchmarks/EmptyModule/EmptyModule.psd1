@{
    RootModule           = 'EmptyModule.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '0d5d1b8f-9d55-4d39-8d3a-5f2f3a9f7e0b'
    Author               = 'The InstagramMessaging authors'
    Description          = 'What an import costs at the least.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @('Get-Nothing')
}
