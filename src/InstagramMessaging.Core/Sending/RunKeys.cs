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
    private readonly Dictionary<RowContent, int> _times = [];
    private readonly Dictionary<RowContent, RowContent> _contents = [];

    /// <summary>Whether an earlier row of the run was the same, and that matters.</summary>
    public bool IsDuplicate(RowIdentity row) => !allowDuplicate && _seen.Contains(row.Content);

    /// <summary>Takes a row in and tells its key in a journal.</summary>
    /// <param name="given">The row's own key; blank for one made of its content.</param>
    /// <exception cref="InstagramApiException"><c>IgKeyRepeated</c>: the same key as an earlier row of other content.</exception>
    public string Add(RowIdentity row, string? given)
    {
        RowContent content = row.Content;
        string key = string.IsNullOrWhiteSpace(given) ? ContentHash.Key(content) : given!.Trim();
        if (!string.IsNullOrWhiteSpace(given))
        {
            RowContent hash = ContentHash.Of(key);
            if (_contents.TryGetValue(hash, out RowContent earlier) && earlier != content)
                throw IgError.Of(ErrorId.KeyRepeated, $"The journal key '{key}' stood in an earlier row of this run that said something else.");
            _contents[hash] = content;
        }

        if (!allowDuplicate)
        {
            _seen.Add(content);
            return key;
        }

        // The second of two wanted duplicates is a row of its own, and the same one in the next run.
        _times.TryGetValue(content, out int times);
        _times[content] = times + 1;
        return times == 0 ? key : $"{key}#{times + 1}";
    }
}
