using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>POST of /message_attachments: media for many sends.</summary>
/// <remarks>Source: "Upload attachments for Instagram messaging" (spec/attachment-upload.txt).</remarks>
internal sealed class UploadCall(EmulatorState state)
{
    private readonly MediaReader _media = new(state);

    internal HttpAnswer Answer(CallParameters parameters)
    {
        var root = Param.RootOf(parameters, state.IsLoose);
        if (root["filedata"].IsGiven)
            throw FileRules.ExactlyOne.Broken();

        root.OnlyKeys("platform", "message");
        CheckPlatform(root["platform"]);
        Media media = ReadMedia(root["message"], parameters);
        EmulatorAttachment kept = state.Attachments.Add(media.Type, media.Url, media.Upload);
        return new HttpAnswer(200, GraphJson.Strings(("attachment_id", kept.Id)));
    }

    // Public clients upload without it, to both hosts, as Messenger's own page on saving assets has it.
    private static void CheckPlatform(Param platform)
    {
        if (platform.IsGiven && platform.Text(AttachmentRules.PlatformIsInstagram) != "instagram")
            throw AttachmentRules.PlatformIsInstagram.Broken();
    }

    private Media ReadMedia(Param message, CallParameters parameters)
    {
        if (!message.IsGiven)
            throw EnvelopeRules.MessageGiven.Broken();

        message.Object(EnvelopeRules.MessageIsObject).OnlyKeys("attachment");
        Param attachment = message["attachment"];
        if (!attachment.IsGiven)
            throw TextRules.ContentGiven.Broken();

        string type = attachment.Object(AttachmentRules.AttachmentIsObject)["type"].Text(AttachmentRules.UploadTypeKnown);
        IgMediaType media = MediaReader.TypeOf(type) ?? throw AttachmentRules.UploadTypeKnown.Broken();

        // What was kept already cannot be uploaded again.
        if (attachment["payload"]["attachment_id"].IsGiven)
            throw AttachmentRules.OneSource.Broken();
        return _media.Read(attachment, media, parameters.Files);
    }
}
