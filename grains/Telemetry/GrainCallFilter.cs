namespace GeminiBalance.Grains.Telemetry;

/// <summary>Counts every call that arrives at one of this project's grains.</summary>
internal sealed class GrainCallFilter(GrainCallCounts counts) : IIncomingGrainCallFilter
{
    private const string Own = "GeminiBalance.";

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType?.FullName?.StartsWith(Own, StringComparison.Ordinal) == true)
        {
            counts.Add(context.InterfaceMethod.Name);
        }

        return context.Invoke();
    }
}
