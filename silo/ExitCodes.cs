namespace GeminiBalance.Silo;

/// <summary>What the process tells its supervisor.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It could not start; the reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>It did not hand everything over in time, as when the database is away.</summary>
    public const int Unfinished = 70;

    /// <summary>It was declared dead by the others, as after a long standstill, and is to be started again.</summary>
    public const int Evicted = 75;
}
