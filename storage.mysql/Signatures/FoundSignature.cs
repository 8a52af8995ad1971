namespace GeminiBalance.Storage.MySql;

/// <summary>A thought signature that was asked for.</summary>
public sealed class FoundSignature
{
    /// <summary>Whether <see cref="Hash"/> is that of the call's id; else of the client and what it called.</summary>
    public bool IsById { get; init; }

    public byte[] Hash { get; init; } = [];

    /// <summary>ASCII; null when equal calls came with different signatures.</summary>
    public byte[]? Signature { get; init; }
}
