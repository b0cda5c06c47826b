using System.IO;

namespace InstagramMessaging.Core.Media;

/// <summary>A file is not the one any more that was looked at: what would go out was never checked.</summary>
internal sealed class MediaChangedException(string message) : IOException(message);
