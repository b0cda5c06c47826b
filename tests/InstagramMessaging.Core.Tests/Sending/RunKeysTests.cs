using InstagramMessaging.Core.Journal;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using Xunit;

namespace InstagramMessaging.Core.Tests.Sending;

/// <summary>Twice: the same row again, and one key for two rows.</summary>
public class RunKeysTests
{
    private static readonly RowIdentity A = new(new RowContent(1, 2));
    private static readonly RowIdentity B = new(new RowContent(1, 3));

    [Fact]
    public void A_row_that_was_taken_in_is_a_duplicate_the_second_time()
    {
        var keys = new RunKeys(allowDuplicate: false);
        Assert.False(keys.IsDuplicate(A));
        keys.Add(A, null);
        Assert.True(keys.IsDuplicate(A));
        Assert.False(keys.IsDuplicate(B));
    }

    [Fact]
    public void Asking_alone_takes_nothing_in()
    {
        var keys = new RunKeys(allowDuplicate: false);
        Assert.False(keys.IsDuplicate(A));
        Assert.False(keys.IsDuplicate(A));
    }

    [Fact]
    public void A_key_of_its_own_makes_no_other_message_of_a_row()
    {
        var keys = new RunKeys(allowDuplicate: false);
        keys.Add(A, "first");
        Assert.True(keys.IsDuplicate(A));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void Without_a_key_of_its_own_a_row_has_that_of_its_content(string? given) =>
        Assert.Equal(ContentHash.Key(A.Content), new RunKeys(allowDuplicate: false).Add(A, given));

    [Fact]
    public void A_key_of_its_own_is_kept_but_for_blanks_around_it() =>
        Assert.Equal("Order 7", new RunKeys(allowDuplicate: false).Add(A, " Order 7 "));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_key_for_two_contents_is_refused(bool allowDuplicate)
    {
        var keys = new RunKeys(allowDuplicate);
        keys.Add(A, "7");
        InstagramApiException error = Refusal.Of("IgKeyRepeated", () => keys.Add(B, "7 "));
        Assert.Contains("'7'", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_whose_key_was_refused_may_come_again_with_another_one()
    {
        var keys = new RunKeys(allowDuplicate: false);
        keys.Add(A, "7");
        Refusal.Of("IgKeyRepeated", () => keys.Add(B, "7"));
        Assert.False(keys.IsDuplicate(B));
        Assert.Equal("8", keys.Add(B, "8"));
    }

    [Fact]
    public void Keys_that_differ_in_case_are_two()
    {
        var keys = new RunKeys(allowDuplicate: false);
        Assert.Equal("a", keys.Add(A, "a"));
        Assert.Equal("A", keys.Add(B, "A"));
    }

    [Fact]
    public void Where_duplicates_are_wanted_none_is_one_and_each_has_a_key_of_its_own()
    {
        var keys = new RunKeys(allowDuplicate: true);
        string key = ContentHash.Key(A.Content);
        Assert.Equal([key, key + "#2", key + "#3"], [keys.Add(A, null), keys.Add(A, null), keys.Add(A, null)]);
        Assert.False(keys.IsDuplicate(A));
        Assert.Equal(ContentHash.Key(B.Content), keys.Add(B, null));
    }

    [Fact]
    public void The_same_input_gives_the_same_keys_in_the_next_run()
    {
        string[] Run()
        {
            var keys = new RunKeys(allowDuplicate: true);
            return [keys.Add(A, null), keys.Add(B, "b"), keys.Add(A, null), keys.Add(B, "b")];
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Two_wanted_duplicates_with_one_given_key_are_two_rows()
    {
        var keys = new RunKeys(allowDuplicate: true);
        Assert.Equal(["7", "7#2"], [keys.Add(A, "7"), keys.Add(A, "7")]);
    }

    [Fact]
    public void Where_duplicates_are_wanted_a_row_keeps_the_key_that_it_was_given()
    {
        // Else the key depends on which rows stand above it: a run without the first one would send the second one again.
        var keys = new RunKeys(allowDuplicate: true);
        Assert.Equal(["monday", "tuesday"], [keys.Add(A, "monday"), keys.Add(A, "tuesday")]);
    }

    [Fact]
    public void No_two_rows_of_other_content_ever_get_one_key()
    {
        // Somebody's own key may look like the second of two duplicates.
        var keys = new RunKeys(allowDuplicate: true);
        keys.Add(A, "7");
        string second = keys.Add(A, "7");
        InstagramApiException? refused = Record.Exception(() => keys.Add(B, second)) as InstagramApiException;
        Assert.Equal("IgKeyRepeated", refused?.ErrorId);
    }
}
