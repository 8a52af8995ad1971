namespace GeminiBalance.Load.Measuring;

/// <summary>How busy the machine is, for everybody's work together.</summary>
internal static class MachineLoad
{
    /// <summary>The load averages of the last minutes and the number of cores.</summary>
    public static string Describe() => $"{string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3))} on {Environment.ProcessorCount} cores";
}
