using System.Text.Json;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;

namespace GeminiBalance.Storage.MySql;

/// <summary>Reads the stored form of a ledger.</summary>
internal static partial class StoredLedger
{
    /// <summary>A key whose spending cannot be read is switched off: it may have used up its day.</summary>
    public static KeyLedgerSnapshot? Read(KeyId key, byte[]? utf8, DateTimeOffset now, ILogger logger)
    {
        try
        {
            return utf8 is null ? null : KeyLedgerSnapshot.FromJson(utf8);
        }
        catch (JsonException)
        {
            Log.LedgerDamaged(logger, key);
            return new KeyLedgerSnapshot { KeyId = key.Value, State = KeyState.Disabled, Reason = "stored ledger damaged", Since = now };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ClusterLedgerDamaged, LogLevel.Error, "The stored ledger of key {KeyId} is damaged; the key is switched off. Enable it after the next midnight in America/Los_Angeles")]
        public static partial void LedgerDamaged(ILogger logger, KeyId keyId);
    }
}
