namespace GeminiBalance.KeyPool;

/// <summary>The ledgers of all keys, wherever they are held. In the cluster each lives in a grain of its own.</summary>
public interface IKeyLedgers
{
    /// <summary>
    /// Asks one key's ledger for tokens, and delivers settlements on the way; those count first. It must end, well or not, within seconds:
    /// until then the key is not asked again for the model.
    /// </summary>
    /// <exception cref="Exception">The holder cannot be reached, or gave no answer in time. Tokens it may have granted stay spent.</exception>
    Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask);

    /// <summary>Delivers settlements, one way. Never throws; what gets lost on the way leaves its tokens spent.</summary>
    void Settle(KeyId key, IReadOnlyList<LedgerSettlement> settlements);
}
