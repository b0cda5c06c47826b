using System.Collections.Generic;
using System.Linq;

namespace InstagramMessaging.Benchmarks;

/// <summary>The middle of some figures: one slow run among them does not move it far.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
