using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace InstagramMessaging.Benchmarks.Sending;

/// <summary>One way to send, and the figures of its runs.</summary>
internal sealed class Variant(Func<Task<RunFigures>> run)
{
    private readonly List<RunFigures> _runs = [];

    public double Rate => Median.Of(_runs.Select(figures => figures.Rate));

    public double CpuPerSend => Median.Of(_runs.Select(figures => figures.CpuPerSend));

    public async Task RunAsync() => _runs.Add(await run());
}
