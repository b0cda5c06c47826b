using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Journal;
using InstagramMessaging.Emulator.Rules;

namespace InstagramMessaging.Emulator.Requests;

/// <summary>The parameters of a call, gathered from query and body, with the credentials taken out.</summary>
internal sealed class CallParameters
{
    private const int LongestText = 1024 * 1024;

    /// <summary>Parameters that are JSON inside a query, a form or a multipart field.</summary>
    private static readonly HashSet<string> Structured = ["recipient", "message", "payload", "reply_to", "thread_control"];

    private readonly bool _isLoose;

    private CallParameters(bool isLoose) => _isLoose = isLoose;

    /// <summary>One object with all parameters.</summary>
    internal GraphValue Root { get; } = GraphValue.NewObject();

    internal List<UploadedFile> Files { get; } = [];

    /// <summary>Every token of the request.</summary>
    internal List<string> Tokens { get; } = [];

    internal string? Proof { get; private set; }

    internal string? ProofTime { get; private set; }

    /// <summary>The rule that the writing breaks, kept until it is known that the caller may be told.</summary>
    internal RuleBrokenException? Broken { get; private set; }

    /// <summary>What was written, for the journal.</summary>
    internal WrittenRequest Written { get; } = new();

    /// <param name="isLoose">Whether what is only suspected to be refused passes.</param>
    internal static async Task<CallParameters> ReadAsync(HttpRequest request, bool isLoose)
    {
        var parameters = new CallParameters(isLoose);
        parameters.ReadHeader(request.Head);
        try
        {
            parameters.ReadQuery(request.Head.Query);
            if (request.Body.IsPresent)
                await parameters.ReadBodyAsync(request).ConfigureAwait(false);
        }
        catch (RuleBrokenException broken)
        {
            parameters.Broken = broken;
        }

        return parameters;
    }

    private void ReadHeader(RequestHead head)
    {
        const string Scheme = "Bearer ";
        string? header = head.Header("Authorization");
        if (header is null)
            return;

        bool isBearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        Tokens.Add(isBearer ? header.Substring(Scheme.Length).Trim() : string.Empty);
    }

    private void ReadQuery(string query)
    {
        Written.QueryIsUnreadable = true;
        List<KeyValuePair<string, string>> pairs = FormText.Parse(query);
        Written.Query = pairs;
        Written.QueryIsUnreadable = false;
        ReadPairs(pairs, isQuery: true);
    }

    private async Task ReadBodyAsync(HttpRequest request)
    {
        Written.BodyIsUnreadable = true;
        string header = request.Head.Header("Content-Type") ?? string.Empty;
        string? charset = MediaTypeText.Parameter(header, "charset");
        if (charset is not null && !string.Equals(charset, "utf-8", StringComparison.OrdinalIgnoreCase))
            throw BodyRules.ContentTypeKnown.Broken(charset);

        switch (MediaTypeText.Of(header))
        {
            case "application/json":
                ReadJson(await request.Body.ReadAllAsync(LongestText).ConfigureAwait(false));
                break;
            case "application/x-www-form-urlencoded":
                byte[] form = await request.Body.ReadAllAsync(LongestText).ConfigureAwait(false);
                ReadFields(FormText.Parse(Utf8Text.Decode(form, form.Length, "the form")));
                break;
            case "multipart/form-data":
                MultipartReader parts = await MultipartReader.ReadAsync(request.Body, header).ConfigureAwait(false);
                Files.AddRange(parts.Files);
                Written.Files = Files;
                ReadFields(parts.Fields);
                break;
            default:
                throw BodyRules.ContentTypeKnown.Broken(header);
        }
    }

    private void ReadFields(List<KeyValuePair<string, string>> fields)
    {
        Written.Fields = fields;
        Written.BodyIsUnreadable = false;
        ReadPairs(fields, isQuery: false);
    }

    private void ReadJson(byte[] body)
    {
        Written.Json = body;
        GraphValue json = StrictJson.Parse(body, "The body", _isLoose);
        Written.Parsed = json;
        Written.BodyIsUnreadable = false;
        if (json.Kind != GraphKind.Object)
            throw BodyRules.JsonIsObject.Broken();

        foreach (KeyValuePair<string, GraphValue> member in json.Members)
        {
            if (member.Key == "access_token")
                Tokens.Add(member.Value.Kind == GraphKind.String ? member.Value.Text : string.Empty);
            else if (!Root.TryAdd(member.Key, member.Value, replaces: _isLoose))
                throw BodyRules.ParametersOnce.Broken(member.Key);
        }
    }

    private void ReadPairs(List<KeyValuePair<string, string>> pairs, bool isQuery)
    {
        var tree = new FormTree(_isLoose);
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            switch (pair.Key)
            {
                case "access_token":
                    Tokens.Add(pair.Value);
                    break;
                case "appsecret_proof":
                    Proof = Proof is null || _isLoose ? pair.Value : throw BodyRules.ParametersOnce.Broken(pair.Key);
                    break;
                case "appsecret_time":
                    ProofTime = ProofTime is null || _isLoose ? pair.Value : throw BodyRules.ParametersOnce.Broken(pair.Key);
                    break;
                default:
                    tree.Add(pair.Key, () => Value(pair.Key, pair.Value, isQuery), pair.Value);
                    break;
            }
        }

        foreach (KeyValuePair<string, GraphValue> parameter in tree.Finish().Members)
        {
            if (!Root.TryAdd(parameter.Key, parameter.Value, replaces: _isLoose))
                throw BodyRules.ParametersOnce.Broken(parameter.Key);
        }
    }

    // Whatever is JSON counts as JSON, in a query too: an unquoted id there is a string, a JSON number is a number.
    private GraphValue Value(string key, string text, bool isQuery)
    {
        if (!Structured.Contains(key))
            return GraphValue.Of(text);

        string trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed[0] is not ('{' or '['))
            return GraphValue.Of(text);

        return StrictJson.TryParse(text, key, _isLoose)
            ?? (isQuery ? RelaxedJson.Parse(text, key, _isLoose) : throw BodyRules.JsonWellFormed.Broken(key));
    }
}
