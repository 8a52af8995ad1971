namespace GeminiBalance.Load.Cluster;

/// <summary>All lines of one member over its restarts, each with the seconds since the run began.</summary>
internal sealed class MemberLog(TimeProvider time, long epoch, string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter writer = new(path, append: true) { AutoFlush = true };

    public void Add(string line)
    {
        lock (gate)
        {
            writer.WriteLine($"{time.GetElapsedTime(epoch).TotalSeconds,9:F3} {line}");
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            writer.Dispose();
        }
    }
}
