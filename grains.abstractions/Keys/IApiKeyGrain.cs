using Orleans.Concurrency;

namespace GeminiBalance.Grains;

/// <summary>One API key: its ledger, held under a claim. The grain's key is <see cref="KeyPool.KeyId.Value"/>.</summary>
[Alias("gb.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Takes in settlements, then grants what can be granted.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be claimed now.</exception>
    [Alias("Ask")]
    [ResponseTimeout(GrainTimeouts.Ask)]
    ValueTask<LedgerAnswerMessage> AskAsync(LedgerAskMessage ask);

    /// <summary>Takes in how calls ended.</summary>
    [Alias("Settle")]
    [OneWay]
    ValueTask SettleAsync(LedgerSettlementsMessage settlements);

    /// <summary>Switches the key off by hand. Returns when the store has it.</summary>
    /// <exception cref="LedgerUnavailableException">The store did not take it in time. The key is off, but might come back with a crash.</exception>
    [Alias("Disable")]
    [ResponseTimeout(GrainTimeouts.Change)]
    ValueTask DisableAsync(string reason);

    /// <summary>Brings the key back from any state. Returns when the store has it.</summary>
    /// <exception cref="LedgerUnavailableException">The store did not take it in time. The key is on, but might be off again after a crash.</exception>
    [Alias("Enable")]
    [ResponseTimeout(GrainTimeouts.Change)]
    ValueTask EnableAsync();

    /// <summary>The ledger as it is now, with its windows, in the stored form (<see cref="KeyPool.KeyLedgerSnapshot.FromJson"/>).</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be claimed now.</exception>
    [Alias("Read")]
    [ResponseTimeout(GrainTimeouts.Change)]
    ValueTask<byte[]> ReadAsync();

    /// <summary>Has another ledger grant for the key. Returns when that is in force: nobody gets a token from the one before any more.</summary>
    /// <param name="project">The <see cref="KeyPool.ProjectId"/> of the ledger; null for the key's own.</param>
    /// <param name="version">Of the row that says so; older ones than the last one change nothing.</param>
    /// <exception cref="LedgerUnavailableException">It cannot be made now. The first ask of a gateway that knows the row makes it.</exception>
    [Alias("Move")]
    [ResponseTimeout(GrainTimeouts.Change)]
    ValueTask MoveAsync(string? project, long version);

    /// <summary>To a project's ledger: counts what a key has counted by its own. Returns when the store has it.</summary>
    /// <param name="ledger">The key's ledger, as <see cref="ReadAsync"/> gives it.</param>
    /// <exception cref="LedgerUnavailableException">The store did not take it in time.</exception>
    [Alias("CountIn")]
    [ResponseTimeout(GrainTimeouts.Change)]
    ValueTask CountInAsync(byte[] ledger);
}
