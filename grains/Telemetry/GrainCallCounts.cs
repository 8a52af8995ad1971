using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace GeminiBalance.Grains.Telemetry;

/// <summary>Calls that arrived at grains of this silo since its start, by interface and method.</summary>
public sealed class GrainCallCounts
{
    private readonly ConcurrentDictionary<string, StrongCount> counts = new(StringComparer.Ordinal);
    private readonly Counter<long> counter;

    public GrainCallCounts(IMeterFactory meters) =>
        counter = meters.Create("GeminiBalance").CreateCounter<long>("geminibalance.grain.calls", "{call}", "Calls that arrived at grains, by method.");

    public IReadOnlyDictionary<string, long> Read() => counts.ToDictionary(pair => pair.Key, pair => pair.Value.Read());

    internal void Add(string method)
    {
        counts.GetOrAdd(method, static _ => new StrongCount()).Increment();
        if (counter.Enabled)
        {
            counter.Add(1, new KeyValuePair<string, object?>("method", method));
        }
    }

    private sealed class StrongCount
    {
        private long value;

        public void Increment() => Interlocked.Increment(ref value);

        public long Read() => Interlocked.Read(ref value);
    }
}
