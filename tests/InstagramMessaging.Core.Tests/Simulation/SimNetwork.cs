using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>The way to Graph and Graph itself, which outlive the processes that ask.</summary>
internal sealed class SimNetwork
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Referee _referee;
    private readonly Dice _dice;
    private readonly NetworkMood _mood;
    private readonly Queue<TimeSpan> _taken = [];
    private int _count;

    public SimNetwork(Referee referee, Dice dice)
    {
        _referee = referee;
        _dice = dice;
        _mood = referee.Scenario.Net;
    }

    /// <summary>Whether it does what one wishes.</summary>
    public bool IsCalm { get; set; }

    private SimClock Clock => _referee.Clock;

    public Task<GraphAnswer> SendAsync(SimProcess process, GraphRequest request, CancellationToken abort)
    {
        int index = SimRow.IndexOf(request);
        SimRow? row = index < 0 ? null : _referee.Scenario.Rows[index];
        Fate fate = Draw(row);
        Flight flight = new(row, process.Watch, request.Pace, fate, ++_count);
        if (fate == Fate.FileGone)
            throw new FileNotFoundException("film.mp4 is gone.");
        ObjectDisposedException.ThrowIf(fate == Fate.ConnectionEnded, this);
        bool needsLine = row is not null && process.HasJournal;
        process.Watch.Left(flight, needsLine, needsLine ? process.Disk.DurableLine(row!.Key) : null);
        return new Transfer(this, flight, request, abort).Task;
    }

    private Fate Draw(SimRow? row)
    {
        while (_taken.TryPeek(out TimeSpan oldest) && oldest <= Clock.Now - Second)
            _taken.Dequeue();
        Fate usual = row is null || row.Disposition == Disposition.Welcome ? Fate.Accepted : Fate.RowRefused;
        if (IsCalm)
            return usual;
        if (_mood.Phases.Find(phase => phase.From <= Clock.Now && Clock.Now < phase.To) is { } phase)
            return phase.Fate;
        if (_taken.Count >= _mood.ServerLimit)
            return Fate.ThrottledMute;
        _taken.Enqueue(Clock.Now);
        Fate fate = _dice.Chance(_mood.Trouble) ? (Fate)_dice.Weighed(_mood.Weights) : usual;

        // Only what is made of a file can lose it; and nobody accepts what is not welcome.
        return fate == Fate.FileGone && row is not null ? usual
            : fate.IsAccepted() && usual == Fate.RowRefused ? usual
            : fate;
    }

    private TimeSpan Latency()
    {
        if (IsCalm)
            return _dice.Milliseconds(1, 20);
        TimeSpan usual = _dice.Milliseconds(_mood.Latency / 10, _mood.Latency);
        return _dice.Chance(0.01) ? usual + _dice.Milliseconds(0, 130_000) : usual;
    }

    private GraphAnswer Answer(Flight flight, GraphRequest request)
    {
        GraphAnswer answer = Fates.Answer(flight.Fate, flight.Row, request, flight.Number);
        if (IsCalm || answer.StatusCode is null)
            return answer;
        if (flight.Fate == Fate.ThrottledSaying)
            answer = answer with { Wait = Block() };
        else if (flight.Fate != Fate.ThrottledMute && _dice.Chance(_mood.Waits))
            answer = answer with { Wait = _dice.Milliseconds(50, 5_000) };
        return _dice.Chance(_mood.UsageShare) ? answer with { Usage = _dice.Between(0, _mood.UsageTop) } : answer;
    }

    private TimeSpan Block() => _mood.Phases.Find(phase => phase.From <= Clock.Now && Clock.Now < phase.To) is { } phase
        ? phase.To - Clock.Now
        : TimeSpan.FromSeconds(_dice.Pick(1, 5, 60, 600));

    /// <summary>One request, from its first byte to its answer.</summary>
    private sealed class Transfer
    {
        private readonly TaskCompletionSource<GraphAnswer> _answer = new();
        private readonly SimNetwork _network;
        private readonly Flight _flight;
        private readonly CancellationTokenRegistration _abort;
        private bool _isConnected;
        private bool _isWithdrawn;

        public Transfer(SimNetwork network, Flight flight, GraphRequest request, CancellationToken abort)
        {
            _network = network;
            _flight = flight;
            SimClock clock = network.Clock;
            TimeSpan whole = network.Latency();
            TimeSpan connected = TimeSpan.FromTicks(whole.Ticks / 10);
            TimeSpan arrived = flight.Fate == Fate.AcceptedLate ? Timeout + whole : TimeSpan.FromTicks(whole.Ticks / 2);
            flight.IsLate = arrived >= Timeout;
            if (!flight.Fate.IsUnreached())
                clock.At(connected, () => _isConnected = true);
            if (flight.Fate.IsAccepted())
                clock.At(arrived, Arrive);
            if (flight.Fate.IsSilent() || whole >= Timeout)
                clock.At(Timeout, () => Complete(Fates.TimedOut(!flight.Fate.IsUnreached()), !flight.Fate.IsUnreached()));
            else
                clock.At(whole, () => Complete(network.Answer(flight, request), IsDoubt(flight.Fate)));
            _abort = abort.Register(Abort);
        }

        public Task<GraphAnswer> Task => _answer.Task;

        /// <summary>Whether such an answer leaves it open what became of the message.</summary>
        private static bool IsDoubt(Fate fate) => fate is > Fate.Accepted and <= Fate.Html502;

        private void Arrive()
        {
            if (!_isWithdrawn)
                _network._referee.Accepted(_flight);
        }

        private void Abort()
        {
            _isWithdrawn = !_isConnected;
            Complete(Fates.TimedOut(_isConnected), _isConnected);
        }

        private void Complete(GraphAnswer answer, bool isDoubt)
        {
            // Nobody is there any more to hear it; or it was given up.
            if (_flight.Watch.IsOver || _answer.Task.IsCompleted)
                return;
            _flight.Watch.Answered(_flight, answer, isDoubt);
            _abort.Dispose();
            _answer.SetResult(answer);
        }
    }
}

/// <summary>What one process asks the network through.</summary>
internal sealed class SimCaller(SimNetwork network, SimProcess process, Gate gate, SharedMedia media) : IGraphCaller
{
    public IgLogin Login => IgLogin.Facebook;

    public TimeProvider Clock => process.Clock;

    public Gate Gate => gate;

    public SharedMedia Media => media;

    public Task<GraphAnswer> SendAsync(GraphRequest request, CancellationToken abort)
    {
        process.Touch();
        return process.Watch.IsOver ? new TaskCompletionSource<GraphAnswer>().Task : network.SendAsync(process, request, abort);
    }

    public Task<UrlHead> HeadAsync(Uri address, TimeSpan timeout, CancellationToken stop) => throw new NotSupportedException("No row here asks for it.");
}
