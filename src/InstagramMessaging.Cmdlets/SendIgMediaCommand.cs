using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using InstagramMessaging.Cmdlets.Base;
using InstagramMessaging.Cmdlets.Binding;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets;

/// <summary>Sends an image, audio, video or file: from a URL, from disk, or by attachment id.</summary>
[Cmdlet(VerbsCommunications.Send, "IgMedia", SupportsShouldProcess = true)]
[OutputType(typeof(IgSendResult))]
public sealed class SendIgMediaCommand : MessageCommand
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
    [Parameter(ValueFromPipelineByPropertyName = true)]
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

    /// <summary>The id of an attachment that this account uploaded.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Cell(IsList = true)]
    public string[]? AttachmentId { get; set; }

    /// <summary>Image, Audio, Video or File.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MediaTypeCompleter))]
    [AllowNull]
    [AllowEmptyString]
    [Cell]
    public string? Type { get; set; }

    /// <summary>Asks Meta to keep what it fetches from a URL; the result then has its attachment id.</summary>
    [Parameter]
    public SwitchParameter Reusable { get; set; }

    /// <summary>Sends a file in one request, without an upload before it.</summary>
    [Parameter]
    public SwitchParameter Direct { get; set; }

    /// <summary>Asks the server of each address first what Meta would find there.</summary>
    [Parameter]
    public SwitchParameter CheckUrl { get; set; }

    /// <summary>A file that keeps the ids of uploaded files: a later run sends them and uploads nothing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CachePath { get; set; }

    private protected override bool ChecksUrls => CheckUrl;

    private protected override IgOperation Operation => IgOperation.Media;

    private protected override IReadOnlyList<string> PayloadParameters { get; } = [nameof(Url), nameof(Path), nameof(LiteralPath), nameof(AttachmentId)];

    private protected override Payload MakePayload() => PayloadRules.Media(new MediaInput(
        Cells.Many(nameof(Url), Url, InputObject),
        MediaPaths.Resolve(SessionState, Cells.Paths(nameof(Path), Path, InputObject), Cells.Many(nameof(LiteralPath), LiteralPath, InputObject)),
        Cells.Many(nameof(AttachmentId), AttachmentId, InputObject),
        Cells.Type(Type),
        Reusable,
        Direct,
        _inspector));

    private protected override string? AttachmentsPath => CachePath;

    private protected override IEnumerable<string> Kept() =>
        CachePath is null ? base.Kept() : base.Kept().Append(FilePaths.Literal(SessionState, CachePath, ErrorId.CachePathInvalid));
}
