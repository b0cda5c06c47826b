using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Takes each request to its call, and makes an error object of each broken rule.</summary>
internal sealed class GraphApi(EmulatorState state)
{
    private readonly AccessCheck _access = new(state);
    private readonly AccountCall _account = new(state);
    private readonly MessagesCall _messages = new(state);
    private readonly UploadCall _uploads = new(state);

    internal async Task<HttpAnswer> AnswerAsync(HttpRequest request)
    {
        CallParameters parameters = await CallParameters.ReadAsync(request).ConfigureAwait(false);
        string traceId = state.NewTraceId();
        List<KeyValuePair<string, string>> headers = AnswerHeaders.Of(GraphPath.DefaultVersion, traceId);
        EmulatorRule? rule = null;
        HttpAnswer answer;
        try
        {
            answer = await RouteAsync(request.Head, parameters, headers).ConfigureAwait(false);
        }
        catch (RuleBrokenException broken)
        {
            rule = broken.Rule;
            headers.Add(new("x-emulator-rule", rule.Id));
            int status = state.Login == IgLogin.Instagram ? rule.InstagramStatus : rule.Status;
            answer = new HttpAnswer(status, GraphJson.Error(broken, state, traceId));
        }

        state.Requests.Add(request.Head.Method, request.Head.Path, answer.Status, rule?.Id);
        if (state.Latency > TimeSpan.Zero)
            await state.DelayAsync(state.Latency).ConfigureAwait(false);
        return answer with { Headers = headers };
    }

    private async Task<HttpAnswer> RouteAsync(RequestHead head, CallParameters parameters, List<KeyValuePair<string, string>> headers)
    {
        GraphPath path = GraphPath.Parse(head.Path);
        headers[0] = new(headers[0].Key, path.Version);

        string method = head.Method == "HEAD" ? "get" : head.Method.ToLowerInvariant();
        _access.Check(path, method, parameters);
        if (method != (path.Edge == GraphEdge.Account ? "get" : "post"))
        {
            throw state.Login == IgLogin.Instagram
                ? AccessRules.MethodKnownOnInstagram.Broken(method)
                : AccessRules.MethodKnown.Broken(method, path.Node);
        }

        if (parameters.Broken is not null)
            throw parameters.Broken;

        return path.Edge switch
        {
            GraphEdge.Messages => await _messages.AnswerAsync(parameters, headers).ConfigureAwait(false),
            GraphEdge.Uploads => _uploads.Answer(parameters),
            GraphEdge.Account => _account.Answer(parameters),
            _ => throw new InvalidOperationException($"No call for {path.Edge}."),
        };
    }
}
