namespace GeminiBalance.Gateway.Planning;

/// <summary>What things cost, as measured; the method is in docs/scaling.md. Memory in bytes.</summary>
internal static class PlanCosts
{
    /// <summary>The share of a limit that an exact window with a guard of 250 ms can use.</summary>
    public const double UsableShare = 60 / 60.25;

    /// <summary>Messages between gateway and grains per call while keys have tokens to spare, and while all are dry.</summary>
    public const double MessagesPerCall = 1.1;

    public const double MessagesPerCallSaturated = 1.6;

    /// <summary>Asks one core of a silo answers in a second.</summary>
    public const double AsksPerSiloCore = 20_000;

    /// <summary>One active key in a silo.</summary>
    public const double SiloBytesPerKey = 4_096;

    /// <summary>One key in every gateway: the roster, and its place in one model's queue.</summary>
    public const double GatewayBytesPerKey = 700;

    /// <summary>Ledgers are written together at most this often.</summary>
    public const double WritesPerSecond = 2;

    /// <summary>Rows one statement carries at the most.</summary>
    public const double RowsPerStatement = 500;

    /// <summary>How often a silo asks which of its claims are lost.</summary>
    public const double PulsesPerSecond = 0.5;
}
