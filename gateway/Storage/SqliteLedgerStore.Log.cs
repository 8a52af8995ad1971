using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Storage;

internal sealed partial class SqliteLedgerStore
{
    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error, "The stored form of key {KeyId} is damaged; the key is left out. Add it again, or remove it")]
        public static partial void KeyDamaged(ILogger logger, KeyId keyId);

        [LoggerMessage(3002, LogLevel.Error, "What key {KeyId} has spent is stored damaged; the key is left out until a person acts")]
        public static partial void LedgerDamaged(ILogger logger, KeyId keyId);
    }
}
