using System;

namespace InstagramMessaging.Emulator;

/// <summary>A request that was answered. It holds no query, header or body, so that no token or text is kept.</summary>
/// <param name="Number">The order of arrival, from 1.</param>
/// <param name="AnsweredAt">When it was answered, in UTC.</param>
/// <param name="Method">The verb.</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Status">The HTTP status that was decided; a magic recipient may have cut the answer.</param>
/// <param name="Rule">The id of the rule that it broke, or null.</param>
public sealed record EmulatorRequest(long Number, DateTimeOffset AnsweredAt, string Method, string Path, int Status, string? Rule);
