using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.Tests.Support;
using Xunit;

namespace InstagramMessaging.Emulator.Tests.Rules;

public sealed class RuleTests
{
    private static readonly RuleCase[] Cases =
    [
        .. AccessCases.All, .. BodyCases.All, .. EnvelopeCases.All, .. AttachmentCases.All, .. FileCases.All, .. ReadCases.All,
        .. OutcomeCases.All,
    ];

    public static TheoryData<string> Names => new(Cases.Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_rule_is_refused_with_its_own_error(string name)
    {
        RuleCase broken = Cases.Single(one => one.Name == name);
        using var api = new Api(broken.Options);

        Answer answer = await broken.Act(api);

        Assert.Equal(broken.Rule, answer.Rule);
        Assert.Equal((broken.Code, broken.Subcode, broken.Status), (answer.Code, answer.Subcode, answer.Status));
        Assert.NotEmpty(answer.Error.GetProperty("fbtrace_id").GetString()!);
        Assert.Equal(broken.Rule, api.Emulator.Requests()[^1].Rule);
    }

    [Theory]
    [MemberData(nameof(Suspected))]
    public async Task What_Graph_is_only_suspected_to_refuse_passes_in_a_loose_emulator(string name)
    {
        RuleCase broken = Cases.Single(one => one.Name == name);
        using var api = new Api(broken.Options with { IsLoose = true });

        Answer answer = await broken.Act(api);

        Assert.NotEqual(broken.Rule, answer.Rule);
    }

    public static TheoryData<string> Suspected =>
        new(Cases.Where(one => EmulatorRules.All.Single(rule => rule.Id == one.Rule).IsSuspected).Select(one => one.Name));

    [Fact]
    public void Only_a_guess_can_be_a_suspicion() =>
        Assert.All(EmulatorRules.All.Where(rule => rule.IsSuspected), rule => Assert.Equal(RuleSource.Guess, rule.Source));

    [Fact]
    public void Every_rule_is_broken_by_a_case()
    {
        IEnumerable<string> untested = EmulatorRules.All.Select(rule => rule.Id).Except(Cases.Select(one => one.Rule));

        Assert.Empty(untested);
    }

    [Fact]
    public void Every_rule_has_an_id_of_its_own_a_text_and_a_source()
    {
        Assert.Equal(EmulatorRules.All.Count, EmulatorRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(EmulatorRules.All, rule => Assert.NotEmpty(rule.Text));
        Assert.All(EmulatorRules.All, rule => Assert.NotEmpty(rule.Reference));
    }

    [Theory]
    [InlineData(IgLogin.Facebook, "(#100) Invalid FBID.", "OAuthException")]
    [InlineData(IgLogin.Instagram, "Invalid FBID.", "IGApiException")]
    public async Task Each_product_words_its_errors_its_own_way(IgLogin login, string message, string type)
    {
        using var api = new Api(new EmulatorOptions { Login = login });

        Answer answer = await api.SendTextToAsync("somebody");

        Assert.Equal(message, answer.Message);
        Assert.Equal(type, answer.Error.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_wrong_proof_is_a_GraphMethodException()
    {
        using var api = new Api(new EmulatorOptions { AppSecret = "secret" });

        Answer answer = await api.SendTextToAsync("1");

        Assert.Equal("GraphMethodException", answer.Error.GetProperty("type").GetString());
        Assert.Equal("API calls from the server require an appsecret_proof argument", answer.Message);
    }

    [Fact]
    public async Task A_refused_message_is_not_kept()
    {
        using var api = new Api();

        await api.SendMessageAsync("""{"text":""}""");

        Assert.Empty(api.Emulator.Messages());
    }
}
