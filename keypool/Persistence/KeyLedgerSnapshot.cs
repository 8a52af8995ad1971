using System.Text.Json;

namespace GeminiBalance.KeyPool;

/// <summary>One key's ledger at rest. Properties are added, never renamed: older rows must stay readable.</summary>
public sealed record KeyLedgerSnapshot
{
    public required string KeyId { get; init; }

    /// <summary>The stored form: UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PersistenceJsonContext.Default.KeyLedgerSnapshot);

    public static KeyLedgerSnapshot FromJson(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, PersistenceJsonContext.Default.KeyLedgerSnapshot) ?? throw new JsonException("A ledger is stored as null.");
}
