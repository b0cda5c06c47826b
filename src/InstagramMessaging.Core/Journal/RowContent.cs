namespace InstagramMessaging.Core.Journal;

/// <summary>A 128-bit hash of all that a row would send, so that two contents under one key are told apart without keeping either.</summary>
internal readonly record struct RowContent(ulong High, ulong Low);
