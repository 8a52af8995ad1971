using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class SqliteLedgerStoreScaleTests : IDisposable
{
    private const int KeyCount = 100_000;
    private const int ChangedEvery = 20;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Store_WithManyKeys_GivesAllBackAsLastSaved()
    {
        var keys = Enumerable.Range(0, KeyCount).Select(i => new ApiKey($"AIzaSy{i:D8}abcdefghijklmnopqrstuvwxy")).ToList();
        using (var storage = new OpenStorage(folder.Path))
        {
            await storage.Store.AddKeysAsync([.. keys.Select(key => new StoredKey(key, new KeyProfile { AddedAt = Start }, Ledger(key, 1)))], CancellationToken.None);
            await storage.Store.OpenAsync(Start, CancellationToken.None);
            var changed = keys.Where((_, i) => i % ChangedEvery == 0).Select(key => Ledger(key, 2)).ToList();
            await storage.Store.SaveAsync(new PoolCheckpoint(changed, Start), CancellationToken.None);
        }

        using var again = new OpenStorage(folder.Path);
        var pool = await again.Store.OpenAsync(Start, CancellationToken.None);

        Assert.Equal(KeyCount, pool.Keys.Count);
        Assert.Equal(KeyCount / ChangedEvery, pool.Keys.Count(key => key.Ledger!.Succeeded == 2));
        Assert.Equal(Start, pool.OpenClaimUntil);
    }

    private static KeyLedgerSnapshot Ledger(ApiKey key, int used) => new()
    {
        KeyId = key.Id.Value,
        Succeeded = used,
        Models = [new ModelLedgerSnapshot { Model = "gemini-2.5-flash", Day = 739_000, Used = used }, new ModelLedgerSnapshot { Model = "gemini-2.5-pro", Day = 739_000, Used = used }],
    };
}
