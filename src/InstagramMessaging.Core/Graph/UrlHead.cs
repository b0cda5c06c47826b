using System;

namespace InstagramMessaging.Core.Graph;

/// <summary>What a web server says of an address when it is asked with HEAD.</summary>
/// <param name="StatusCode">The HTTP status behind all redirects; null when no answer came.</param>
/// <param name="ContentType">The media type without its parameters, in lower case; null without one.</param>
/// <param name="Length">The bytes that it announces; null where it announces none.</param>
/// <param name="TransportError">Why no answer came.</param>
internal sealed record UrlHead(int? StatusCode, string? ContentType, long? Length, Exception? TransportError);
