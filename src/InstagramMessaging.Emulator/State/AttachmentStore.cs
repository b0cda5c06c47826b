using System.Collections.Generic;
using System.Globalization;

namespace InstagramMessaging.Emulator.State;

/// <summary>The attachments of the account, without their bytes.</summary>
internal sealed class AttachmentStore(EmulatorState state, int kept)
{
    private readonly object _gate = new();
    private readonly Ring<EmulatorAttachment> _ring = new(kept);
    private readonly Dictionary<string, EmulatorAttachment> _byId = [];
    private long _count;

    internal EmulatorAttachment Add(IgMediaType type, string? url, EmulatorUpload? upload)
    {
        lock (_gate)
        {
            string id = (state.FirstAttachmentId + ++_count).ToString(CultureInfo.InvariantCulture);
            var attachment = new EmulatorAttachment(id, type, state.Clock.GetUtcNow()) { Url = url, Upload = upload };
            _byId[id] = attachment;
            if (_ring.Add(attachment, out EmulatorAttachment? gone))
                _byId.Remove(gone!.Id);
            return attachment;
        }
    }

    internal EmulatorAttachment? Find(string id)
    {
        lock (_gate)
            return _byId.TryGetValue(id, out EmulatorAttachment? attachment) ? attachment : null;
    }

    internal IReadOnlyList<EmulatorAttachment> Snapshot()
    {
        lock (_gate)
            return _ring.Snapshot();
    }
}
