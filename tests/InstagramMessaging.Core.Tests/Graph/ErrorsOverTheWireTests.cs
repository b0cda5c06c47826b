using System.Threading.Tasks;
using InstagramMessaging.Core.Sending;
using InstagramMessaging.Core.Tests.Setup;
using InstagramMessaging.Testing;
using Xunit;

namespace InstagramMessaging.Core.Tests.Graph;

/// <summary>Graph's error objects through the real client: status, error id, and whether the run goes on.</summary>
public class ErrorsOverTheWireTests
{
    [Theory]
    [MemberData(nameof(DocumentedCodes.Table), MemberType = typeof(DocumentedCodes))]
    public async Task Every_documented_error_ends_the_row_and_the_run_as_its_class_says(long code, long? subcode, char errorClass)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(400, code, subcode, "(#1) as documented"));
        SendRun run = stage.Run();

        RowOutcome outcome = await stage.SendAsync(run, Stage.Text());

        Assert.Equal(errorClass == 'A' ? IgSendStatus.Unknown : IgSendStatus.Failed, outcome.Status);
        InstagramApiException error = Assert.IsType<InstagramApiException>(outcome.Error);
        Assert.Equal(DocumentedCodes.ErrorId(errorClass, code, subcode), error.ErrorId);
        Assert.Equal((code, subcode, 400, "OAuthException", "Atrace"), (error.Code, error.Subcode, error.StatusCode, error.GraphType, error.FbTraceId));
        Assert.Contains("(#1) as documented", error.Message, System.StringComparison.Ordinal);

        // K, P and L stop the run; a throttle does, since no try was left here.
        bool stops = errorClass is 'K' or 'P' or 'L' or 'T';
        Assert.Equal(stops, run.StopReason is not null);
        RowOutcome next = await stage.SendAsync(run, Stage.Text("next", "17841400000000043"));
        Assert.Equal(stops ? IgSendStatus.NotTried : IgSendStatus.Sent, next.Status);
        Assert.Equal(stops ? 1 : 2, stage.Requests.Count);
    }

    [Theory]
    [InlineData(200, 10, 2534022, "IgWindowClosed", IgSendStatus.Failed)]
    [InlineData(403, 10, 2534022, "IgWindowClosed", IgSendStatus.Failed)]
    [InlineData(500, 10, 2534022, "IgWindowClosed", IgSendStatus.Failed)]
    [InlineData(500, 2500, null, "IgRequestRejected", IgSendStatus.Failed)]
    [InlineData(401, 190, 463, "IgTokenInvalid", IgSendStatus.Failed)]
    [InlineData(403, 4, null, "IgRateLimited", IgSendStatus.Failed)]
    [InlineData(429, 100, 2018001, "IgRecipientNotFound", IgSendStatus.Failed)]
    [InlineData(200, 2, null, "IgOutcomeUnknown", IgSendStatus.Unknown)]
    [InlineData(400, 1, 1357046, "IgOutcomeUnknown", IgSendStatus.Unknown)]
    [InlineData(400, 20, null, "IgRequestRejected", IgSendStatus.Failed)]
    [InlineData(500, 20, null, "IgOutcomeUnknown", IgSendStatus.Unknown)]
    [InlineData(200, 777777, null, "IgOutcomeUnknown", IgSendStatus.Unknown)]
    public async Task The_code_decides_and_the_status_only_where_the_code_says_nothing(int status, long code, int? subcode, string errorId, IgSendStatus expected)
    {
        using var stage = new Stage();
        stage.Server.Next(Reply.Error(status, code, subcode));

        RowOutcome outcome = await stage.SendAsync(Stage.Text());

        Assert.Equal((expected, errorId), (outcome.Status, outcome.Error?.ErrorId));
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","type":"OAuthException","code":"10","error_subcode":"2534022"}}""", "IgWindowClosed")]
    [InlineData("""{"error":{"code":190}}""", "IgTokenInvalid")]
    [InlineData("""{"error":{"message":null,"type":null,"code":10,"error_subcode":null,"fbtrace_id":null}}""", "IgPermissionDenied")]
    [InlineData("""{"error":{"message":"m","code":10,"error_subcode":2534022,"error_data":"text","is_transient":"maybe"}}""", "IgWindowClosed")]
    [InlineData("""{"error":{"message":"m","code":10,"error_subcode":2534022,"error_data":{"a":[1]}},"recipient_id":"1","message_id":"m_1"}""", "IgWindowClosed")]
    [InlineData("""{"error_type":"OAuthException","code":400,"error_message":"Invalid platform app"}""", "IgRequestRejected")]
    [InlineData("""{"error":{"message":"\u3053\u306E\u30E6\u30FC\u30B6\u30FC","type":"IGApiException","code":100,"error_subcode":2534014}}""", "IgRecipientNotFound")]
    public async Task Error_objects_are_read_in_all_their_shapes(string body, string errorId)
    {
        using var stage = new Stage();
        stage.Server.Next(new Reply(400, body));

        RowOutcome outcome = await stage.SendAsync(Stage.Text());

        Assert.Equal((IgSendStatus.Failed, errorId), (outcome.Status, outcome.Error?.ErrorId));
    }

    [Fact]
    public async Task An_error_with_half_a_surrogate_in_its_message_still_counts_by_its_code()
    {
        // A server that cuts a localised message after so many UTF-16 units sends this.
        using var stage = new Stage();
        stage.Server.Next(new Reply(400, """{"error":{"message":"cut \uD83D","type":"OAuthException","code":10,"error_subcode":2534022}}"""));

        RowOutcome outcome = await stage.SendAsync(Stage.Text());

        Assert.Equal("IgWindowClosed", outcome.Error?.ErrorId);
    }

    [Fact]
    public async Task Transience_is_told_and_decides_nothing()
    {
        using var stage = new Stage();
        stage.Server.Next(new Reply(500, """{"error":{"message":"later","type":"OAuthException","is_transient":true,"code":2,"fbtrace_id":"A"}}"""));

        RowOutcome outcome = await stage.SendAsync(Stage.Text(), retries: 5);

        Assert.Equal(IgSendStatus.Unknown, outcome.Status);
        Assert.True(outcome.Error!.IsTransient);
        Assert.Single(stage.Requests);
    }
}
