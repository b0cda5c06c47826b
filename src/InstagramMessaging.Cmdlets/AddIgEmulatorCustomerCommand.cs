using System;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Emulator;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Cmdlets;

/// <summary>Makes a customer known to an emulator, who wrote just now, some time ago, or never.</summary>
[Cmdlet(VerbsCommon.Add, "IgEmulatorCustomer")]
[OutputType(typeof(IgEmulatorCustomer))]
public sealed class AddIgEmulatorCustomerCommand : EmulatorCustomerCommand
{
    /// <summary>The name that the profile shows.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? DisplayName { get; set; }

    /// <summary>The user name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? UserName { get; set; }

    /// <summary>How long ago the customer last wrote; the window is open for 24 hours from then.</summary>
    [Parameter]
    [RunTime(AllowZero = true)]
    public TimeSpan LastMessageAge { get; set; }

    /// <summary>The customer never wrote: there is no window, and the profile may not be read.</summary>
    [Parameter]
    public SwitchParameter NeverWrote { get; set; }

    /// <summary>The profile may not be read.</summary>
    [Parameter]
    public SwitchParameter WithoutConsent { get; set; }

    /// <summary>The customer takes no messages.</summary>
    [Parameter]
    public SwitchParameter Unavailable { get; set; }

    /// <summary>Writes the customer.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Act(GraphEmulator server, string customerId)
    {
        IgEmulatorCustomer added = server.AddCustomer(new Customer(customerId)
        {
            Name = string.IsNullOrWhiteSpace(DisplayName) ? null : DisplayName,
            UserName = string.IsNullOrWhiteSpace(UserName) ? null : UserName,
            LastWroteAt = NeverWrote ? null : server.Now - LastMessageAge,
            Consents = !NeverWrote && !WithoutConsent,
            IsAvailable = !Unavailable,
        });
        if (PassThru)
            WriteObject(added);
    }
}
