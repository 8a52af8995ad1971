using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql;

/// <summary>A ledger on its way into <c>key_ledgers</c>.</summary>
internal sealed record LedgerRow(KeyId Key, long Term, byte[] Ledger);
