using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Takes a reaction back.</summary>
[Cmdlet(VerbsCommon.Remove, "IgReaction", SupportsShouldProcess = true)]
[OutputType(typeof(IgSendResult))]
public sealed class RemoveIgReactionCommand : SendCommand
{
    /// <summary>The id of the message.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? MessageId { get; set; }

    private protected override IgOperation Operation => IgOperation.Unreact;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(MessageId)];

    private protected override SendRequest MakeRequest() => new(ValidRecipient(), PayloadRules.Reaction(MessageId, null), Envelope.None);
}
