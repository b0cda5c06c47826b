using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Uploads media once, for many sends.</summary>
[Cmdlet(VerbsCommon.New, "IgAttachment", SupportsShouldProcess = true)]
[OutputType(typeof(IgAttachment))]
public sealed class NewIgAttachmentCommand : GraphCommand
{
    private readonly MediaInspector _inspector = new();

    /// <summary>Where Meta fetches the media: absolute http or https.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MediaUrl")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Cell(IsList = true)]
    public string[]? Url { get; set; }

    /// <summary>A file; wildcards are resolved.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("File", "FilePath")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [Cell(IsList = true)]
    public string[]? Path { get; set; }

    /// <summary>A file, its name taken as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Cell(IsList = true)]
    public string[]? LiteralPath { get; set; }

    /// <summary>Image, Audio, Video or File.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MediaTypeCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Type { get; set; }

    /// <summary>Asks the server of each address first what Meta would find there.</summary>
    [Parameter]
    public SwitchParameter CheckUrl { get; set; }

    /// <summary>A file that keeps the ids of uploaded files: a later run sends them and uploads nothing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    private protected override bool ChecksUrls => CheckUrl;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(Url), nameof(Path), nameof(LiteralPath)];

    private protected override SendRequest MakeRequest()
    {
        UploadPayload payload = PayloadRules.Upload(new MediaInput(
            Cells.Many(nameof(Url), Url, InputObject),
            MediaPaths.Resolve(SessionState, Cells.Paths(nameof(Path), Path, InputObject), Cells.Many(nameof(LiteralPath), LiteralPath, InputObject)),
            [],
            Cells.Type(Type),
            Inspector: _inspector));
        return new SendRequest(null, payload, Envelope.None);
    }

    private protected override string? AttachmentsPath => CachePath;

    private protected override void WriteResult(Row row, SendRequest? request, RowOutcome outcome)
    {
        if (outcome.Status != IgSendStatus.Sent)
            return;
        MediaSource source = ((UploadPayload)request!.Payload).Source;
        WriteObject(new IgAttachment
        {
            Index = row.Index,
            AttachmentId = outcome.AttachmentId!,
            Type = source.Type,
            Source = source.File?.Path ?? source.Url!,
            Account = Account!,
            UploadedAt = outcome.SentAt!.Value,
            InputObject = row.Target,
        });
    }
}
