using System.Collections.Generic;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Uploads media once, for many sends.</summary>
[Cmdlet(VerbsCommon.New, "IgAttachment", SupportsShouldProcess = true)]
[OutputType(typeof(IgAttachment))]
public sealed class NewIgAttachmentCommand : GraphCommand
{
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

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(Url), nameof(Path), nameof(LiteralPath)];

    private protected override SendRequest MakeRequest()
    {
        Payload payload = PayloadRules.Upload(new MediaInput(
            Cells.Many(nameof(Url), Url, InputObject),
            MediaPaths.Resolve(SessionState, Cells.Paths(nameof(Path), Path, InputObject), Cells.Many(nameof(LiteralPath), LiteralPath, InputObject)),
            [],
            Cells.Type(Type)));
        return new SendRequest(null, payload, Envelope.None);
    }

    private protected override void WriteResult(Row row, SendRequest? request, RowOutcome outcome)
    {
        if (outcome.Status != IgSendStatus.Sent)
            return;
        (IgMediaType type, string source) = request!.Payload is UploadUrlPayload url
            ? (url.Type, url.Url)
            : (((UploadFilePayload)request.Payload).File.Type, ((UploadFilePayload)request.Payload).File.Path);
        WriteObject(new IgAttachment
        {
            Index = row.Index,
            AttachmentId = outcome.AttachmentId!,
            Type = type,
            Source = source,
            Account = Account!,
            UploadedAt = outcome.SentAt!.Value,
            InputObject = row.Target,
        });
    }
}
