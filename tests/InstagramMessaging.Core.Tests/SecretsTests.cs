using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests;

/// <summary>Design section 7: canaries for token, app secret and proof, thrown back at the client in every way a server has.</summary>
public class SecretsTests
{
    private const string Token = "EAABcanaryTOKEN0123456789";
    private const string AppSecret = "canarySECRETcanarySECRETcanary00";

    private static readonly string Proof = AppSecretProof.Of(AppSecret, Token);

    private static readonly string All = $"{Token} {AppSecret} {Proof}";

    public static TheoryData<int, string> Echoes => new()
    {
        { 400, "{\"error\":{\"message\":\"Malformed access token " + All + "\",\"type\":\"OAuthException\",\"code\":190,\"fbtrace_id\":\"" + All + "\"}}" },
        { 400, "{\"error\":{\"message\":\"m\",\"type\":\"" + All + "\",\"code\":190,\"error_subcode\":463}}" },
        { 400, "{\"error\":{\"error_user_title\":\"" + All + "\",\"error_user_msg\":\"" + All + "\",\"error_data\":\"" + All + "\",\"code\":10}}" },
        { 500, "{\"error\":{\"message\":\"" + All + "\",\"code\":2,\"is_transient\":true}}" },
        { 200, "{\"error\":{\"message\":\"" + All + "\",\"code\":613}}" },
        { 400, "{\"error_type\":\"" + All + "\",\"code\":400,\"error_message\":\"" + All + "\"}" },
        { 200, "{\"recipient_id\":\"" + Token + "\",\"message_id\":\"" + All + "\",\"attachment_id\":\"" + All + "\"}" },
        { 200, "{\"attachment_id\":\"" + All + "\"}" },
        { 502, "<html>" + All + "</html>" },
        { 200, All },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task What_the_server_repeats_goes_no_further(int status, string body)
    {
        using var stage = new Stage(AppSecret, token: Token);
        SendRun run = stage.Run(retries: 1);
        stage.Server.Next(new Reply(status, body), new Reply(status, body), new Reply(status, body));

        RowOutcome[] outcomes = [await stage.SendAsync(run, Stage.Text()), await stage.SendAsync(run, Stage.Upload())];

        AssertClean(stage, run, outcomes);
    }

    [Fact]
    public async Task An_escaped_secret_is_a_secret_too()
    {
        string escaped = string.Concat(Token.Select(c => $"\\u{(int)c:X4}"));
        using var stage = new Stage(AppSecret, token: Token);
        SendRun run = stage.Run();
        stage.Server.Next(new Reply(400, "{\"error\":{\"message\":\"" + escaped + "\",\"code\":190}}"));

        AssertClean(stage, run, await stage.SendAsync(run, Stage.Text()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Echo: a\r\nbroken ")]
    public async Task A_server_that_answers_with_the_request_itself_gives_nothing_away(string before)
    {
        // An echo port, a debugging proxy: the framework quotes the line that it could not read.
        using var server = new RawServer(request => [.. Encoding.ASCII.GetBytes(before), .. request]);
        using var stage = new Stage(AppSecret, server.BaseUri, Token);
        SendRun run = stage.Run(retries: 1);

        RowOutcome[] outcomes = [await stage.SendAsync(run, Stage.Text()), await stage.SendAsync(run, Stage.Upload())];

        AssertClean(stage, run, outcomes);
    }

    [Fact]
    public async Task A_status_line_with_secrets_gives_nothing_away()
    {
        using var server = new RawServer($"HTTP/1.1 abc {All}\r\n\r\n");
        using var stage = new Stage(AppSecret, server.BaseUri, Token);
        SendRun run = stage.Run();
        AssertClean(stage, run, await stage.SendAsync(run, Stage.Text()));
    }

    [Fact]
    public async Task Nobody_listening_gives_nothing_away()
    {
        using var nobody = new ClosedPort();
        using var stage = new Stage(AppSecret, nobody.BaseUri, Token);
        SendRun run = stage.Run(retries: 1);
        AssertClean(stage, run, await stage.SendAsync(run, Stage.Text()));
    }

    [Fact]
    public void A_connection_prints_and_shows_its_account_and_no_secret()
    {
        using var stage = new Stage(AppSecret, token: Token);
        Assert.Contains(Stage.Account, stage.Connection.ToString(), StringComparison.Ordinal);
        Assert.True(stage.Connection.HasAppSecret);
        AssertClean(Seen(stage.Connection, []));
        AssertClean(Seen(stage.Client, []));
    }

    [Fact]
    public void A_connection_has_no_public_constructor_and_no_setter()
    {
        Assert.Empty(typeof(IgConnection).GetConstructors());
        Assert.DoesNotContain(typeof(IgConnection).GetProperties(), property => property.SetMethod is { IsPublic: true });
    }

    private static void AssertClean(Stage stage, SendRun run, params RowOutcome[] outcomes)
    {
        Assert.NotEmpty(outcomes);
        foreach (RowOutcome outcome in outcomes)
            AssertClean(Seen(outcome, []));
        AssertClean(Seen(run.StopReason, []));
        AssertClean(string.Join('\n', stage.Said));
        AssertClean(Seen(stage.Connection, []));
    }

    private static void AssertClean(string text)
    {
        Assert.DoesNotContain(Token, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(AppSecret, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Proof, text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All that somebody can see of an object: its text and its public properties, all the way down.</summary>
    private static string Seen(object? value, HashSet<object> before)
    {
        if (value is null || !before.Add(value))
            return string.Empty;
        var seen = new StringBuilder().AppendLine(value.ToString());
        if (value is string or ValueType or Type or MemberInfo)
            return seen.ToString();
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && property.PropertyType.Namespace?.StartsWith("System.Reflection", StringComparison.Ordinal) != true)
                seen.AppendLine(Seen(property.GetValue(value), before));
        }

        return seen.ToString();
    }
}
