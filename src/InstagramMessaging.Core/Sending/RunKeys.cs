using System.Collections.Generic;
using InstagramMessaging.Core.Errors;
using InstagramMessaging.Core.Journal;

namespace InstagramMessaging.Core.Sending;

/// <summary>What a row says to whom. A reference on purpose: a cmdlet that held the hash itself would load this assembly at import.</summary>
internal sealed record RowIdentity(RowContent Content);

/// <summary>The rows that a run has seen: finds those that say the same to the same person, and gives each its key.</summary>
/// <param name="allowDuplicate">Whether a row may go although an earlier one is the same.</param>
internal sealed class RunKeys(bool allowDuplicate)
{
    private readonly HashSet<RowContent> _seen = [];

    /// <summary>What each key stands for that does not follow from its row's content, and how often it was wanted.</summary>
    private readonly Dictionary<RowContent, (RowContent Content, int Times)> _keys = [];

    /// <summary>Whether an earlier row of the run was the same, and that matters.</summary>
    public bool IsDuplicate(RowIdentity row) => !allowDuplicate && _seen.Contains(row.Content);

    /// <summary>Takes a row in and tells its key in a journal.</summary>
    /// <param name="given">The row's own key; blank for one made of its content.</param>
    /// <exception cref="InstagramApiException"><c>IgKeyRepeated</c>: the same key as an earlier row of other content.</exception>
    public string Add(RowIdentity row, string? given)
    {
        string key = string.IsNullOrWhiteSpace(given) ? ContentHash.Key(row.Content) : given!.Trim();
        if (!allowDuplicate)
        {
            // First, since it may refuse the key: that row was not sent, and may come again with another.
            if (!string.IsNullOrWhiteSpace(given))
                Take(key, row.Content);
            _seen.Add(row.Content);
            return key;
        }

        // The second of two wanted duplicates is a row of its own, and the same one in the next run.
        int times = Take(key, row.Content);
        if (times == 1)
            return key;
        string another = $"{key}#{times}";
        Take(another, row.Content);
        return another;
    }

    private int Take(string key, RowContent content)
    {
        RowContent hash = ContentHash.Of(key);
        _keys.TryGetValue(hash, out (RowContent Content, int Times) known);
        if (known.Times > 0 && known.Content != content)
            throw IgError.Of(ErrorId.KeyRepeated, $"The journal key '{key}' stood in an earlier row of this run that said something else.");
        _keys[hash] = (content, known.Times + 1);
        return known.Times + 1;
    }
}
