using System.Collections.Generic;

namespace InstagramMessaging.Emulator.State;

/// <summary>The newest of what came, so that a long run does not fill the memory. Not safe for threads: its owner locks.</summary>
internal sealed class Ring<T>(int kept)
{
    private readonly Queue<T> _items = new();

    /// <summary>Adds one; gives the one that had to go, if any.</summary>
    internal bool Add(T item, out T? gone)
    {
        _items.Enqueue(item);
        bool isFull = _items.Count > kept;
        gone = isFull ? _items.Dequeue() : default;
        return isFull;
    }

    internal IEnumerable<T> Items => _items;

    internal T[] Snapshot() => _items.ToArray();
}
