using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql;

/// <content>Keys that left the pool and were added anew.</content>
public sealed partial class MySqlKeyRoster
{
    /// <returns>Those of these keys that are back, and whose ledgers have not been told.</returns>
    public Task<IReadOnlyCollection<KeyId>> ListReturnedAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyCollection<KeyId>>(
            async connection =>
            {
                var returned = new List<KeyId>();
                foreach (var batch in Batches.Split(keys, _ => 0))
                {
                    returned.AddRange(await ListPresentAsync(connection, batch, "AND is_back", cancellationToken));
                }

                return returned;
            },
            cancellationToken);

    /// <summary>The ledgers of these keys know that they are back. Counts as a change, so that every gateway asks them anew.</summary>
    public Task WelcomeAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancellationToken) => UpdateAsync(keys, "AND is_back", "is_back = FALSE", cancellationToken);
}
