namespace InstagramMessaging.Core.Validation;

/// <summary>Characters beyond the first 65,536, emoji above all, are two in .NET; half of one is no Unicode.</summary>
internal static class Surrogates
{
    /// <summary>Where the first half without its other half stands; -1 where there is none.</summary>
    public static int FirstLone(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
