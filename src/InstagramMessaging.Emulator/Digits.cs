namespace InstagramMessaging.Emulator;

/// <summary>Ids are strings of ASCII digits; Char.IsDigit would take those of other scripts.</summary>
internal static class Digits
{
    private const int LongestId = 20;

    internal static bool AreId(string value)
    {
        if (value.Length is 0 or > LongestId)
            return false;

        foreach (char c in value)
        {
            if (c is < '0' or > '9')
                return false;
        }

        return true;
    }
}
