using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Reacts to a message.</summary>
[Cmdlet(VerbsCommon.Add, "IgReaction", SupportsShouldProcess = true)]
[OutputType(typeof(IgSendResult))]
public sealed class AddIgReactionCommand : SendCommand
{
    private const string Default = "love";

    /// <summary>The id of the message.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? MessageId { get; set; }

    /// <summary>The reaction: love, or an emoji.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Reaction { get; set; } = Default;

    private protected override IgOperation Operation => IgOperation.React;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(MessageId)];

    private protected override SendRequest MakeRequest() => new(
        ValidRecipient(),
        PayloadRules.Reaction(MessageId, string.IsNullOrWhiteSpace(Reaction) ? Default : Reaction),
        Envelope.None);
}
