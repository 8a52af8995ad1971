using GeminiBalance.KeyPool;
using Xunit.Abstractions;

namespace GeminiBalance.Gateway.Tests.Storage;

/// <summary>100,000 keys. The bounds are far above what was measured, so that a slow machine passes and a slow algorithm does not.</summary>
public sealed class SqliteLedgerStoreScaleTests(ITestOutputHelper output) : IDisposable
{
    private const int KeyCount = 100_000;
    private const int ChangedCount = 5_000;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Store_WithManyKeys_LoadsAndSavesQuickly()
    {
        var keys = Enumerable.Range(0, KeyCount).Select(i => new ApiKey($"AIzaSy{i:D8}abcdefghijklmnopqrstuvwxy")).ToList();
        using (var storage = new OpenStorage(folder.Path))
        {
            await storage.Store.AddKeysAsync([.. keys.Select(key => new StoredKey(key, new KeyProfile { AddedAt = Start }, Ledger(key, 1)))], CancellationToken.None);
        }

        using var again = new OpenStorage(folder.Path);
        var time = TimeProvider.System;
        var begun = time.GetTimestamp();
        var pool = await again.Store.OpenAsync(Start, CancellationToken.None);
        var load = time.GetElapsedTime(begun);
        var changed = keys.Where((_, i) => i % (KeyCount / ChangedCount) == 0).Select(key => Ledger(key, 2)).ToList();
        begun = time.GetTimestamp();
        await again.Store.SaveAsync(new PoolCheckpoint(changed, Start), CancellationToken.None);
        var save = time.GetElapsedTime(begun);

        output.WriteLine($"Load of {KeyCount} keys: {load.TotalMilliseconds:F0} ms. Save of {ChangedCount} ledgers: {save.TotalMilliseconds:F0} ms.");
        Assert.Equal(KeyCount, pool.Keys.Count);
        Assert.Equal(ChangedCount, changed.Count);
        Assert.True(load < TimeSpan.FromSeconds(10), $"The load took {load}.");
        Assert.True(save < TimeSpan.FromSeconds(5), $"The save took {save}.");
    }

    private static KeyLedgerSnapshot Ledger(ApiKey key, int used) => new()
    {
        KeyId = key.Id.Value,
        Succeeded = used,
        Models = [new ModelLedgerSnapshot { Model = "gemini-2.5-flash", Day = 739_000, Used = used }, new ModelLedgerSnapshot { Model = "gemini-2.5-pro", Day = 739_000, Used = used }],
    };
}
