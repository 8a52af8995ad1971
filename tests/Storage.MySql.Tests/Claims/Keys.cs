using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Keys and ledgers of tests.</summary>
internal static class Keys
{
    public static KeyId Id(int number) => new($"{number:x16}");

    public static KeyId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(Id)];

    public static HeldLedger Ledger(KeyId key, long term, int failures) => new(key, term, new KeyLedgerSnapshot { KeyId = key.Value, Failures = failures });

    public static MySqlClaimStore Store(MySqlDatabase database) => new(database, TimeProvider.System, NullLogger<MySqlClaimStore>.Instance);
}
