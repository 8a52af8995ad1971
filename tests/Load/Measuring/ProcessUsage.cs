namespace GeminiBalance.Load.Measuring;

/// <summary>What the kernel says a process has used. Linux only: read from <c>/proc</c>.</summary>
internal static class ProcessUsage
{
    /// <summary>The unit of the times in <c>/proc/*/stat</c> on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time of all threads since the start; good to 10 ms.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");

        // The second field is the name in parentheses and may hold spaces; utime and stime are fields 14 and 15.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond);
    }

    /// <summary>Of several together.</summary>
    public static TimeSpan CpuTime(IEnumerable<int> processIds) => processIds.Aggregate(TimeSpan.Zero, (sum, id) => sum + CpuTime(id));

    /// <summary>Resident memory in MiB.</summary>
    public static double ResidentMebibytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
    }
}
