namespace GeminiBalance.Gateway.Planning;

/// <summary>A pool and the work that is to be done with it.</summary>
internal sealed record PlanInput
{
    public long Keys { get; init; } = 1_000;

    /// <summary>Requests per minute of one key and model.</summary>
    public long RequestsPerMinute { get; init; } = 5;

    /// <summary>Requests per Pacific day of one key and model; 0 is unlimited.</summary>
    public long RequestsPerDay { get; init; }

    /// <summary>Upstream calls one task makes, one after another.</summary>
    public double CallsPerTask { get; init; } = 1;

    /// <summary>Seconds one task takes from its first call to its end.</summary>
    public double TaskSeconds { get; init; } = 60;

    /// <summary>Share of the sustained rate that is asked for; more than 1 is more than there is.</summary>
    public double Load { get; init; } = 0.9;

    public int Gateways { get; init; } = 2;

    public int Silos { get; init; } = 3;
}
