using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Sends a post that the account owns.</summary>
[Cmdlet(VerbsCommunications.Send, "IgPost", SupportsShouldProcess = true)]
[OutputType(typeof(IgSendResult))]
public sealed class SendIgPostCommand : MessageCommand
{
    /// <summary>The id of the post, as Graph gives it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("MediaId")]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? PostId { get; set; }

    private protected override IgOperation Operation => IgOperation.Post;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(PostId)];

    private protected override Payload MakePayload() => PayloadRules.Post(PostId);
}
