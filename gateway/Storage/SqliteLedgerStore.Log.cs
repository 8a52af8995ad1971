using GeminiBalance.Gateway.Telemetry;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Storage;

internal sealed partial class SqliteLedgerStore
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.StoredKeyDamaged, LogLevel.Error, "The stored form of key {KeyId} is damaged; the key is left out. Add it again, or remove it")]
        public static partial void KeyDamaged(ILogger logger, KeyId keyId);

        [LoggerMessage(EventIds.StoredLedgerDamaged, LogLevel.Error, "The stored ledger of key {KeyId} is damaged; the key is switched off. Enable it after the next midnight in America/Los_Angeles")]
        public static partial void LedgerDamaged(ILogger logger, KeyId keyId);
    }
}
