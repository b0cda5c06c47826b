using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using InstagramMessaging.Core.Validation;

namespace InstagramMessaging.Cmdlets.Binding;

/// <summary>Completes a word of a closed list. The parameters are strings, since an enum would read an empty cell as its first member.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private protected abstract IReadOnlyList<string> Words { get; }

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words
            .Where(word => word.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word));
}

/// <summary>Completes <c>-Type</c>.</summary>
public sealed class MediaTypeCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => WordRules.MediaTypes;
}

/// <summary>Completes <c>-MessagingType</c>.</summary>
public sealed class MessagingTypeCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => WordRules.MessagingTypes;
}

/// <summary>Completes <c>-Tag</c>.</summary>
public sealed class TagCompleter : WordCompleter
{
    private protected override IReadOnlyList<string> Words => WordRules.Tags;
}
