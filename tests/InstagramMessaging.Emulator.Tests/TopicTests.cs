using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Rules;
using Xunit;

namespace InstagramMessaging.Emulator.Tests;

/// <summary>What is said of the emulator outside its code, and what must not come into it.</summary>
public sealed class TopicTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void The_help_topic_has_the_table_of_magic_recipients_word_for_word()
    {
        string topic = File.ReadAllText(Path.Combine(Root, "module", "en-US", "about_IgEmulator.help.txt"));
        string[] told = Regex.Matches(topic, @"^ {6}(9000000000000\w{4}) {3}(.+(?:\n {26}.+)*)", RegexOptions.Multiline)
            .Select(match => $"{match.Groups[1].Value} {Regex.Replace(match.Groups[2].Value, @"\s+", " ").Trim()}")
            .ToArray();

        Assert.Equal(MagicRecipients.All.Select(magic => $"{magic.Id} {magic.What}"), told);
        Assert.Contains(MagicRecipients.ForeignPost, topic, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_table_has_every_magic_recipient_that_does_not_stop_a_run()
    {
        string[] stops = ["0004", "0005", "0006", "0010", "0011"];
        string[] rows = [.. File.ReadLines(Path.Combine(Root, "module", "samples", "badnight.csv")).Skip(1).Select(line => line.Split(',')[0])];

        string[] expected = [.. MagicRecipients.All.Select(magic => magic.Id).Where(id => !id.EndsWith("nnn", StringComparison.Ordinal) && !stops.Contains(id[^4..]))];
        Assert.Empty(expected.Except(rows));
        Assert.Contains(rows, row => row.StartsWith("90000000000001", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("90000000000002", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_endpoint_and_rule_is_listed_with_its_source()
    {
        IgEmulatorRule[] listed = [.. EmulatorRules.Listed()];

        Assert.Equal(EmulatorRules.All.Count + EmulatorEndpoint.All.Count, listed.Length);
        Assert.All(listed, one => Assert.Contains(one.Source, Enum.GetNames<RuleSource>()));
        Assert.All(listed, one => Assert.NotEmpty(one.Reference));
        Assert.All(listed, one => Assert.NotEmpty(one.Statement));
        Assert.All(listed.Where(one => one.Source == "Documented"), one => Assert.Matches("https://|spec/", one.Reference));
    }

    [Fact]
    public void No_source_of_Core_is_compiled_into_the_emulator_and_none_of_it_is_referenced()
    {
        string folder = Path.Combine(Root, "src", "InstagramMessaging.Emulator");
        XDocument project = XDocument.Load(Path.Combine(folder, "InstagramMessaging.Emulator.csproj"));
        string[] includes = [.. project.Descendants().Select(item => (string?)item.Attribute("Include")).OfType<string>()];

        Assert.DoesNotContain(project.Descendants(), item => item.Name.LocalName is "Compile" or "Import");
        Assert.DoesNotContain(includes, include => include.Contains("Core", StringComparison.Ordinal) && !include.EndsWith(".Tests", StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsWritten),
            file => Assert.DoesNotContain("InstagramMessaging.Core", File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static bool IsWritten(string file) => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InstagramPS.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The solution is not above the tests.");
    }
}
