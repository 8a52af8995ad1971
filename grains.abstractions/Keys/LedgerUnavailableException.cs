namespace GeminiBalance.Grains;

/// <summary>A key's ledger cannot be used, or its change cannot be stored, for now. The message says why and what to do.</summary>
[GenerateSerializer]
[Alias("gb.LedgerUnavailable")]
public sealed class LedgerUnavailableException : Exception
{
    public LedgerUnavailableException()
    {
    }

    public LedgerUnavailableException(string message)
        : base(message)
    {
    }

    public LedgerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
