using System;
using System.Collections.Generic;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Media that stood up to the rules: from a URL, from uploaded bytes, or kept before.</summary>
internal sealed record Media(IgMediaType Type)
{
    internal string? Url { get; init; }

    internal EmulatorUpload? Upload { get; init; }

    internal EmulatorAttachment? Kept { get; init; }

    internal bool IsReusable { get; init; }

    internal static string Word(IgMediaType type) => type switch
    {
        IgMediaType.Image => "image",
        IgMediaType.Audio => "audio",
        IgMediaType.Video => "video",
        _ => "file",
    };
}

/// <summary>Holds an attachment object with media, and the file that may come with it, against the rules.</summary>
internal sealed class MediaReader(EmulatorState state)
{
    private static readonly TimeSpan AttachmentLife = TimeSpan.FromDays(90);
    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    /// <summary>The type by its name; upper case is what the documents' prose has, and nothing between the two.</summary>
    internal static IgMediaType? TypeOf(string name) => name switch
    {
        "image" or "IMAGE" => IgMediaType.Image,
        "audio" or "AUDIO" => IgMediaType.Audio,
        "video" or "VIDEO" => IgMediaType.Video,
        "file" or "FILE" => IgMediaType.File,
        _ => null,
    };

    internal Media Read(Param attachment, IgMediaType type, List<UploadedFile> files)
    {
        attachment.OnlyKeys("type", "payload", "is_reusable");
        Param payload = Payload(attachment);
        payload.OnlyKeys("url", "attachment_id", "is_reusable");
        bool isReusable = IsReusable(attachment) | IsReusable(payload);
        Param url = payload["url"];
        Param id = payload["attachment_id"];

        if ((url.IsGiven && id.IsGiven) || (files.Count > 0 && (url.IsGiven || id.IsGiven)))
            throw AttachmentRules.OneSource.Broken();
        if (url.IsGiven)
            return new Media(type) { Url = ReadUrl(url), IsReusable = isReusable };
        if (id.IsGiven)
            return new Media(type) { Kept = Find(id, type) };
        return new Media(type) { Upload = ReadFile(attachment, type, files), IsReusable = isReusable };
    }

    internal static Param Payload(Param attachment)
    {
        Param payload = attachment["payload"];
        if (!payload.IsGiven)
            throw AttachmentRules.PayloadGiven.Broken(payload.Path);
        return payload.Object(AttachmentRules.PayloadIsObject);
    }

    /// <summary>A kept attachment; with a type, it must be of that one.</summary>
    internal EmulatorAttachment Find(Param id, IgMediaType? type)
    {
        EmulatorAttachment? kept = state.Attachments.Find(id.TextOrNumber(AttachmentRules.IdIsString));
        if (kept is null)
            throw AttachmentRules.IdKnown.Broken();
        if (state.Clock.GetUtcNow() - kept.CreatedAt > AttachmentLife)
            throw AttachmentRules.IdFresh.Broken();
        if (type is not null && type != kept.Type)
            throw AttachmentRules.IdOfType.Broken();
        return kept;
    }

    private static bool IsReusable(Param parent)
    {
        Param flag = parent["is_reusable"];
        if (!flag.IsGiven)
            return false;
        if (flag.Value!.Kind is not (GraphKind.Boolean or GraphKind.String) || flag.Value.Text is not ("true" or "false"))
            throw AttachmentRules.ReusableIsBoolean.Broken(flag.Path);
        return flag.Value.Text == "true";
    }

    private static string ReadUrl(Param url)
    {
        string text = url.Text(AttachmentRules.UrlAbsolute);
        bool isWeb = Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.Host.Length > 0;
        return isWeb && text.IndexOfAny(WhiteSpace) < 0 ? text : throw AttachmentRules.UrlAbsolute.Broken(url.Path);
    }

    private static EmulatorUpload ReadFile(Param attachment, IgMediaType type, List<UploadedFile> files)
    {
        if (files.Count != 1)
            throw FileRules.ExactlyOne.Broken();

        UploadedFile file = files[0];
        if (file.PartName != "filedata")
            throw FileRules.IsFiledata.Broken();
        if (file.HasExtendedName)
            attachment.Refuse(FileRules.FileNamePlain);
        if (!IsAscii(file.FileName))
            throw FileRules.FileNameAscii.Broken();
        if (string.IsNullOrEmpty(file.FileName))
            throw FileRules.HasFileName.Broken();
        if (string.IsNullOrEmpty(file.ContentType))
            throw FileRules.HasContentType.Broken();
        if (!MediaFormats.AllowsContentType(type, file.ContentType!))
            throw FileRules.ContentTypeFits.Broken();
        if (file.Size > MediaFormats.LargestSize(type))
            throw FileRules.SizeFits.Broken();
        if (!MediaFormats.ContentFits(type, file))
            throw FileRules.ContentFits.Broken();
        return new EmulatorUpload(file.FileName!, file.ContentType!, file.Size, file.Sha256);
    }

    private static bool IsAscii(string? name)
    {
        foreach (char c in name ?? string.Empty)
        {
            if (c > '~')
                return false;
        }

        return true;
    }
}
