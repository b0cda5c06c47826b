using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using InstagramMessaging.Emulator.Faults;
using InstagramMessaging.Emulator.Http;
using InstagramMessaging.Emulator.Journal;
using InstagramMessaging.Emulator.Reads;
using InstagramMessaging.Emulator.Requests;
using InstagramMessaging.Emulator.Rules;
using InstagramMessaging.Emulator.State;

namespace InstagramMessaging.Emulator.Calls;

/// <summary>Takes each request to its call, and makes an error object of each broken rule.</summary>
internal sealed class GraphApi(EmulatorState state)
{
    private readonly AccessCheck _access = new(state);
    private readonly FaultCourse _faults = new(state);
    private readonly AccountCall _account = new(state);
    private readonly MessagesCall _messages = new(state);
    private readonly UploadCall _uploads = new(state);
    private readonly ConversationsCall _conversations = new(state);
    private readonly NodeCall _nodes = new(state);
    private readonly TokenCall _tokens = new(state);

    internal async Task<HttpAnswer> AnswerAsync(HttpRequest request)
    {
        CallParameters parameters = await CallParameters.ReadAsync(request, state.IsLoose).ConfigureAwait(false);
        var call = new GraphCall(request.Head, parameters, state.NewTraceId());
        EmulatorRule? rule = null;
        HttpAnswer answer;
        try
        {
            answer = await RouteAsync(call).ConfigureAwait(false);
        }
        catch (RuleBrokenException broken)
        {
            rule = broken.Rule;
            call.ExtraHeaders.Add(new("x-emulator-rule", rule.Id));
            int status = state.Login == IgLogin.Instagram ? rule.InstagramStatus : rule.Status;
            answer = new HttpAnswer(status, GraphJson.Error(broken, state, call.TraceId));
        }

        List<KeyValuePair<string, string>> headers = AnswerHeaders.Of(call.Path.Version, call.TraceId);
        headers.AddRange(call.ExtraHeaders);
        answer = answer with { Headers = headers };
        state.Requests.Add(call, answer, rule?.Id);
        TimeSpan delay = state.Latency + TimeSpan.FromTicks((long)(state.Jitter.Ticks * call.Lateness));
        if (delay > TimeSpan.Zero)
            await state.DelayAsync(delay).ConfigureAwait(false);
        return answer;
    }

    private async Task<HttpAnswer> RouteAsync(GraphCall call)
    {
        call.Path = GraphPath.Parse(call.Head.Path, call.Method, state);
        _access.Check(call);
        CheckMethod(call);
        if (call.Parameters.Broken is not null)
            throw call.Parameters.Broken;

        MagicFault? fault = null;
        if (state.Chaos.IsOn)
        {
            ChaosDraw draw = state.Chaos.Draw($"{call.Method} {call.Head.Path} {WrittenRequest.Key(call.Parameters)}");
            call.Lateness = draw.Lateness;
            fault = draw.Fault;
        }

        return await (fault is null ? CallAsync(call) : _faults.PlayAsync(fault, call, () => CallAsync(call))).ConfigureAwait(false);
    }

    private void CheckMethod(GraphCall call)
    {
        bool isPost = call.Path.Edge is GraphEdge.Messages or GraphEdge.Uploads;
        if (call.Method == (isPost ? "post" : "get"))
            return;

        throw state.Login == IgLogin.Instagram
            ? AccessRules.MethodKnownOnInstagram.Broken(call.Method)
            : AccessRules.MethodKnown.Broken(call.Method, call.Path.Node);
    }

    private Task<HttpAnswer> CallAsync(GraphCall call) => call.Path.Edge switch
    {
        GraphEdge.Messages => _messages.AnswerAsync(call),
        GraphEdge.Uploads => Task.FromResult(_uploads.Answer(call.Parameters)),
        GraphEdge.Account => Task.FromResult(_account.Answer(call)),
        GraphEdge.Accounts => Task.FromResult(_account.AnswerList(call)),
        GraphEdge.Conversations => Task.FromResult(_conversations.Answer(call)),
        GraphEdge.Node => Task.FromResult(_nodes.Answer(call)),
        GraphEdge.NodeMessages => Task.FromResult(_nodes.AnswerMessages(call)),
        GraphEdge.DebugToken => Task.FromResult(_tokens.Answer(call)),
        _ => throw new InvalidOperationException($"No call for {call.Path.Edge}."),
    };
}
