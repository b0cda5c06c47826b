using System;
using System.Collections.Generic;
using System.Globalization;

namespace InstagramMessaging.Benchmarks;

/// <summary>The one table that is printed, row by row as figures come, and whether all budgets in it held.</summary>
internal sealed class Table
{
    private const int FirstWidth = 66;
    private const int Width = 16;

    private readonly List<string> _notes = [];

    public Table()
    {
        Write("What", "Figure", "Budget");
        Console.WriteLine($"|{new string('-', FirstWidth + 2)}|{new string('-', Width + 1)}:|{new string('-', Width + 1)}:|");
    }

    /// <summary>Whether everything was within its budget so far.</summary>
    public bool Holds { get; private set; } = true;

    /// <summary>A figure, and its budget if it has one; where that is broken, the row says so.</summary>
    public void Add(string what, string figure, string budget = "", bool holds = true)
    {
        Write(what, holds ? figure : $"✗ {figure}", budget);
        Holds &= holds;
    }

    /// <summary>Says what is not measured here, and why.</summary>
    public void Skip(string what) => _notes.Add($"*** SKIPPED: {what}");

    /// <summary>Says what could not be measured or what went wrong in it: no budget is kept by a figure that is missing.</summary>
    public void Fail(string what)
    {
        _notes.Add($"*** FAILED: {what}");
        Holds = false;
    }

    /// <summary>Prints what was to be said besides; under the table, so that the table stays one.</summary>
    public void End() => _notes.ForEach(Console.WriteLine);

    public static string Number(double value, string unit, int digits = 1) =>
        value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + unit;

    public static string Percent(double ratio) => Number(ratio * 100, "%");

    private static void Write(string what, string figure, string budget) =>
        Console.WriteLine($"| {what,-FirstWidth} | {figure,Width} | {budget,Width} |");
}
