using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace GeminiBalance.Grains.Telemetry;

/// <summary>Calls that arrived at grains of this silo since its start, by interface and method.</summary>
public sealed class GrainCallCounts
{
    private readonly ConcurrentDictionary<MethodInfo, CallCount> counts = [];

    public GrainCallCounts(IMeterFactory meters) => meters.Create("GeminiBalance").CreateObservableCounter(
        "geminibalance.grain.calls.received",
        () => Read().Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("method", pair.Key))),
        "{call}",
        "Calls that arrived at grains, by method.");

    /// <summary>Calls by method, such as <c>IApiKeyGrain.AskAsync</c>.</summary>
    public IReadOnlyDictionary<string, long> Read() =>
        counts.Values.Where(count => count.Name is not null).ToDictionary(count => count.Name!, count => count.Read());

    internal void Add(MethodInfo method) => counts.GetOrAdd(method, static method => new CallCount(method)).Increment();

    private sealed class CallCount(MethodInfo method)
    {
        private long value;

        /// <summary>Null for the grains of Orleans itself.</summary>
        public string? Name { get; } = method.DeclaringType is { } type && type.Assembly == typeof(IApiKeyGrain).Assembly ? $"{type.Name}.{method.Name}" : null;

        public void Increment() => Interlocked.Increment(ref value);

        public long Read() => Interlocked.Read(ref value);
    }
}
