using System;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Emulator;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Cmdlets;

/// <summary>Lets a customer of an emulator write or react: this opens the 24-hour window, and the message gets an id.</summary>
[Cmdlet(VerbsCommunications.Receive, "IgEmulatorMessage")]
[OutputType(typeof(IgEmulatorMessage))]
public sealed class ReceiveIgEmulatorMessageCommand : EmulatorCustomerCommand
{
    /// <summary>What the customer writes.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Message", "Body")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Text { get; set; }

    /// <summary>Media that the customer sends, by address.</summary>
    [Parameter]
    public Uri? Url { get; set; }

    /// <summary>What is at the address of -Url; refused without one.</summary>
    [Parameter]
    public IgMediaType Type { get; set; }

    /// <summary>The reaction that the customer puts on the message of -MessageId: a word, or an emoji.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reaction { get; set; }

    /// <summary>The message that the customer reacts to; without -Reaction it is passed over.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? MessageId { get; set; }

    /// <summary>The message that the customer answers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReplyTo { get; set; }

    private protected override void Act(GraphEmulator server, string customerId)
    {
        bool[] given = [!string.IsNullOrEmpty(Text), Url is not null, Reaction is not null];
        if (given.Count(one => one) != 1)
        {
            Refuse(given.Contains(true) ? ErrorId.PayloadAmbiguous : ErrorId.PayloadMissing, "A customer writes one of -Text, -Url and -Reaction.", "Give one of them.");
            return;
        }

        if (Url is null && MyInvocation.BoundParameters.ContainsKey(nameof(Type)))
        {
            Refuse(ErrorId.PayloadAmbiguous, "-Type says what is at -Url, and there is no -Url.", "Give -Url, or leave -Type away.");
            return;
        }

        string? target = Reaction is null ? ReplyTo : MessageId;
        if ((Reaction is not null || target is not null) && !server.KnowsMessage(customerId, target))
        {
            Refuse(ErrorId.IdInvalid, $"The conversation with {customerId} has no message '{target}'.", "Take the id from Get-IgEmulatorMessage or from a result.");
            return;
        }

        WriteObject(server.Receive(Build(customerId)));
    }

    private Delivery Build(string customerId)
    {
        if (Reaction is not null)
            return new Delivery(customerId, "react") { Content = Reaction, MessageId = MessageId };
        if (Url is null)
            return new Delivery(customerId, "text") { Content = Text, ReplyTo = ReplyTo };
        return new Delivery(customerId, GraphEmulator.WordOf(Type))
        {
            Content = Url.OriginalString,
            Media = [new MessageMedia(Type, Url.OriginalString, null)],
            ReplyTo = ReplyTo,
        };
    }
}
