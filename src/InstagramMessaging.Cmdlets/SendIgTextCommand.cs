using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Sends a text or a link.</summary>
[Cmdlet(VerbsCommunications.Send, "IgText", SupportsShouldProcess = true)]
[OutputType(typeof(IgSendResult))]
public sealed class SendIgTextCommand : MessageCommand
{
    /// <summary>The text: at most 1000 bytes of UTF-8.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Message", "Body")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Text { get; set; }

    /// <summary>A link, in place of a text: absolute http or https.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Link { get; set; }

    private protected override IgOperation Operation => IgOperation.Text;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(Text), nameof(Link)];

    private protected override Payload MakePayload() => PayloadRules.Text(Cells.One(nameof(Text), Text, InputObject), Cells.One(nameof(Link), Link, InputObject));
}
