using System.Management.Automation;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>A cmdlet that sends a message, with what may stand beside it.</summary>
public abstract class MessageCommand : SendCommand
{
    private Envelope _envelope = Envelope.None;

    /// <summary>The message tag: HumanAgent, for an answer by a person within 7 days. Never taken from the row: many tables have a Tag of their own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Cell]
    public string? Tag { get; set; }

    /// <summary>Response or Update; MessageTag goes with a tag. Never taken from the row.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MessagingTypeCompleter))]
    [Cell]
    public string? MessagingType { get; set; }

    /// <summary>The id of the message that this one answers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? ReplyTo { get; set; }

    private protected abstract Payload MakePayload();

    private protected override void CheckCommandLine()
    {
        base.CheckCommandLine();
        _envelope = WordRules.Envelope(MessagingType, Tag);
    }

    private protected override SendRequest MakeRequest() =>
        new(ValidRecipient(), MakePayload(), PayloadRules.ReplyTo(ReplyTo) is { } answered ? _envelope with { ReplyTo = answered } : _envelope);
}
