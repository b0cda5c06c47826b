namespace InstagramMessaging.Emulator.Http;

/// <summary>One request: its head, and a body that has yet to be read.</summary>
internal sealed record HttpRequest(RequestHead Head, RequestBody Body);
