namespace GeminiBalance.Gateway.Cluster.Signatures;

/// <summary>After a failure nobody asks for a while; then one does, and the others follow when that one was answered.</summary>
internal sealed class AskingRest(TimeProvider time, TimeSpan rest)
{
    private long restsUntil;

    /// <summary>Whether to ask now.</summary>
    public bool TryAsk()
    {
        var until = Interlocked.Read(ref restsUntil);
        return until == 0 || (time.GetTimestamp() >= until && Interlocked.CompareExchange(ref restsUntil, End(), until) == until);
    }

    public void Answered() => Interlocked.Exchange(ref restsUntil, 0);

    /// <returns>Whether it is the first failure after an answer.</returns>
    public bool Failed() => Interlocked.Exchange(ref restsUntil, End()) == 0;

    private long End() => time.GetTimestamp() + (long)(rest.TotalSeconds * time.TimestampFrequency);
}
