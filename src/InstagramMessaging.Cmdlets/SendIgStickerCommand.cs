using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Core.Messages;

namespace InstagramMessaging.Cmdlets;

/// <summary>Sends the heart sticker.</summary>
[Cmdlet(VerbsCommunications.Send, "IgSticker", SupportsShouldProcess = true)]
[OutputType(typeof(IgSendResult))]
public sealed class SendIgStickerCommand : MessageCommand
{
    private protected override IgOperation Operation => IgOperation.Sticker;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [];

    private protected override Payload MakePayload() => new StickerPayload();
}
