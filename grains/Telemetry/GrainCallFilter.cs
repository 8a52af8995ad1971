namespace GeminiBalance.Grains.Telemetry;

/// <summary>Counts every call that arrives at a grain.</summary>
internal sealed class GrainCallFilter(GrainCallCounts counts) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod is { } method)
        {
            counts.Add(method);
        }

        return context.Invoke();
    }
}
