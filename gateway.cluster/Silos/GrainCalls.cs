using System.Collections.Concurrent;
using Orleans.CodeGeneration;

namespace GeminiBalance.Gateway.Cluster.Silos;

/// <summary>Counts every call to a grain, and notes every answer.</summary>
internal sealed class GrainCalls(SiloContact contact) : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Interface, string Method), StrongBox> counts = [];

    /// <summary>Calls since the start, by <c>interface.method</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts.ToDictionary(
        entry => $"{entry.Key.Interface[(entry.Key.Interface.LastIndexOf('.') + 1)..]}.{entry.Key.Method}", entry => Interlocked.Read(ref entry.Value.Value));

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        Interlocked.Increment(ref counts.GetOrAdd((context.InterfaceName, context.MethodName), static _ => new StrongBox()).Value);
        await context.Invoke();
        if (context.Request is not RequestBase { Options: var options } || !options.HasFlag(InvokeMethodOptions.OneWay))
        {
            contact.Answered();
        }
    }

    private sealed class StrongBox
    {
        public long Value;
    }
}
