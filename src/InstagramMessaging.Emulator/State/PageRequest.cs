using System;
using System.Collections.Generic;
using System.Linq;

namespace InstagramMessaging.Emulator.State;

/// <summary>Which part of a list is asked for. Places count up with time, and lists go from new to old.</summary>
/// <param name="After">Behind this place; null for the beginning.</param>
/// <param name="Before">In front of this place; null for any.</param>
/// <param name="Limit">At the most so many.</param>
internal sealed record PageRequest(long? After, long? Before, int Limit)
{
    internal Page<T> Of<T>(IEnumerable<T> newestFirst, Func<T, long> place)
    {
        T[] all = newestFirst.ToArray();
        T[] range = all.Where(item => (After is null || place(item) < After) && (Before is null || place(item) > Before)).ToArray();
        T[] items = Before is null ? range.Take(Limit).ToArray() : range.Skip(Math.Max(0, range.Length - Limit)).ToArray();
        if (items.Length == 0)
            return new Page<T>([], 0, 0, HasNext: false, HasPrevious: false);

        long first = place(items[0]);
        long last = place(items[items.Length - 1]);
        return new Page<T>(items, first, last, place(all[all.Length - 1]) < last, place(all[0]) > first);
    }
}

/// <summary>A part of a list.</summary>
/// <param name="First">The place of its first item.</param>
/// <param name="Last">The place of its last item.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long First, long Last, bool HasNext, bool HasPrevious)
{
    internal Page<TResult> Select<TResult>(Func<T, TResult> convert) =>
        new(Items.Select(convert).ToArray(), First, Last, HasNext, HasPrevious);
}
