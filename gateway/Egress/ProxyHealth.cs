namespace GeminiBalance.Gateway.Egress;

/// <summary>Whether a proxy works. After a failure it rests, for longer each time, until a probe through it succeeds. Pure but for its lock.</summary>
internal sealed class ProxyHealth
{
    private readonly Lock gate = new();
    private int failures;
    private DateTimeOffset? downUntil;
    private bool isProbed;
    private string? fault;

    public bool IsUsable
    {
        get
        {
            lock (gate)
            {
                return downUntil is null;
            }
        }
    }

    public ProxyState Read()
    {
        lock (gate)
        {
            return new ProxyState(downUntil is null, failures, fault, downUntil);
        }
    }

    /// <returns>True when it was thought to work until now.</returns>
    public bool Failed(string why, DateTimeOffset now)
    {
        lock (gate)
        {
            var wasUsable = downUntil is null;
            if (wasUsable || isProbed)
            {
                // Connections that were on their way when the first one failed tell nothing new.
                failures++;
                downUntil = now + Rest(failures);
                fault = why;
            }

            isProbed = false;
            return wasUsable;
        }
    }

    /// <returns>True when it was thought not to work until now.</returns>
    public bool Succeeded()
    {
        lock (gate)
        {
            var wasDown = downUntil is not null;
            (failures, downUntil, isProbed, fault) = (0, null, false, null);
            return wasDown;
        }
    }

    /// <summary>Whether it has rested and is to be tried now; the caller must say what came of it.</summary>
    public bool TakeProbe(DateTimeOffset now)
    {
        lock (gate)
        {
            return !isProbed && downUntil <= now && (isProbed = true);
        }
    }

    private static TimeSpan Rest(int failures)
    {
        var rest = Limits.ProxyRestMin * Math.Pow(2, Math.Min(failures - 1, 20));
        return rest < Limits.ProxyRestMax ? rest : Limits.ProxyRestMax;
    }
}
