using System;

namespace InstagramMessaging.Core.Validation;

/// <summary>
/// Marks a value that is no text. Cells are bound as strings, and PowerShell would turn an object into the name of its type and
/// send that to a customer; so whoever still sees the object leaves this mark, and validation refuses it.
/// </summary>
internal static class CellValue
{
    // A noncharacter: Unicode promises that no text holds it.
    private const string Mark = "\uFDD0";

    public static string NotText(Type type) => Mark + type.FullName;

    /// <summary>The value as people may see it.</summary>
    public static string? Shown(string? value) => value is not null && NotTextType(value) is { } type ? $"[{type}]" : value;

    /// <summary>The object's type, or null when the value is ordinary.</summary>
    public static string? NotTextType(string value) =>
        value.StartsWith(Mark, StringComparison.Ordinal) ? value.Substring(Mark.Length) : null;
}
