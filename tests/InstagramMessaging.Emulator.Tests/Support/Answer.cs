using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace InstagramMessaging.Emulator.Tests.Support;

/// <summary>An answer, read to its end.</summary>
public sealed record Answer(int Status, string Body, string? Rule, HttpResponseMessage Response)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Error => Json.GetProperty("error");

    public int Code => Error.GetProperty("code").GetInt32();

    public int? Subcode => Error.TryGetProperty("error_subcode", out JsonElement subcode) ? subcode.GetInt32() : null;

    public string Message => Error.GetProperty("message").GetString()!;

    public string Text(string member) => Json.GetProperty(member).GetString()!;

    public string[] Members => Json.EnumerateObject().Select(member => member.Name).ToArray();

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        string? rule = response.Headers.TryGetValues("x-emulator-rule", out var values) ? values.Single() : null;
        return new Answer((int)response.StatusCode, body, rule, response);
    }
}
