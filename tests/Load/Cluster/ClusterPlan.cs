namespace GeminiBalance.Load.Cluster;

/// <summary>What a cluster under test is made of.</summary>
internal sealed record ClusterPlan
{
    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    public required int Keys { get; init; }

    /// <summary>Of each key and model, as the gateways are told; 0 is unlimited.</summary>
    public int RequestsPerMinute { get; init; } = 5;

    /// <summary>How long a gateway lets a request wait for a key.</summary>
    public TimeSpan QueueWaitMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How the fake upstream is started.</summary>
    public required IReadOnlyList<string> Upstream { get; init; }

    /// <summary>Whether silos stop granting while the database cannot be reached.</summary>
    public bool IsStrict { get; init; }

    /// <summary>How far the clock of a member is off; by kind and place, from 1.</summary>
    public Func<MemberKind, int, TimeSpan> ClockOffset { get; init; } = (_, _) => TimeSpan.Zero;

    /// <summary>Where every line of every member is written; null writes none.</summary>
    public string? LogFolder { get; init; }
}
