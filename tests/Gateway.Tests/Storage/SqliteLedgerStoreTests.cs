using Dapper;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class SqliteLedgerStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);
    private static readonly ApiKey KeyA = new("AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1");
    private static readonly ApiKey KeyB = new("AQ.Ab8BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB_b2");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_NewDatabase_IsEmptyWithoutClaim()
    {
        using var storage = new OpenStorage(folder.Path);

        var pool = await storage.Store.OpenAsync(Start, CancellationToken.None);

        Assert.Empty(pool.Keys);
        Assert.Null(pool.OpenClaimUntil);
    }

    [Fact]
    public async Task Open_AfterClose_GivesKeysLedgersAndNoClaim()
    {
        var profile = new KeyProfile
        {
            Weight = 2.5,
            Note = "Grüße ‘x’",
            AddedAt = Start,
            Kind = KeyKind.Vertex,
            Tags = KeyTags.Of("paid", "fast"),
            IsReserved = true,
            Project = "p-1",
        };
        using (var storage = new OpenStorage(folder.Path))
        {
            await storage.Store.OpenAsync(Start, CancellationToken.None);
            await storage.Store.AddKeysAsync([new StoredKey(KeyA, profile, Ledger(KeyA)), new StoredKey(KeyB, profile, null)], CancellationToken.None);
            await storage.Store.CloseAsync(new PoolCheckpoint([], Start), CancellationToken.None);
        }

        using var again = new OpenStorage(folder.Path);
        var pool = await again.Store.OpenAsync(Start, CancellationToken.None);

        Assert.Null(pool.OpenClaimUntil);
        Assert.Equal(
            [new StoredKey(KeyA, profile, Ledger(KeyA)), new StoredKey(KeyB, profile, null)],
            pool.Keys.OrderBy(key => key.Key.Masked, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Open_AfterKill_FindsTheLastClaimOpen()
    {
        var renewed = Start.AddSeconds(42).AddTicks(1);
        using (var storage = new OpenStorage(folder.Path))
        {
            await storage.Store.OpenAsync(Start, CancellationToken.None);
            await storage.Store.SaveAsync(new PoolCheckpoint([], renewed), CancellationToken.None);
        }

        using var again = new OpenStorage(folder.Path);
        var found = (await again.Store.OpenAsync(Start, CancellationToken.None)).OpenClaimUntil;

        Assert.Equal(Start.AddSeconds(42).AddMilliseconds(1), found);
    }

    [Fact]
    public async Task Open_TwiceAfterKill_FindsTheClaimOfTheSecond()
    {
        using (var storage = new OpenStorage(folder.Path))
        {
            await storage.Store.OpenAsync(Start, CancellationToken.None);
        }

        using (var storage = new OpenStorage(folder.Path))
        {
            await storage.Store.OpenAsync(Start.AddHours(1), CancellationToken.None);
        }

        using var again = new OpenStorage(folder.Path);

        Assert.Equal(Start.AddHours(1), (await again.Store.OpenAsync(Start, CancellationToken.None)).OpenClaimUntil);
    }

    [Fact]
    public async Task Add_KeyRemovedBefore_KeepsWhatItSpentForTwoDays()
    {
        var time = new ManualTimeProvider(Start);
        using var storage = new OpenStorage(folder.Path, time: time);
        await storage.Store.AddKeysAsync([Stored(KeyA, Ledger(KeyA)), Stored(KeyB, Ledger(KeyB))], CancellationToken.None);
        await storage.Store.RemoveKeyAsync(KeyA.Id, CancellationToken.None);
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal([KeyB], (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys.Select(key => key.Key));
        var added = await storage.Store.AddKeysAsync([Stored(KeyA, null)], CancellationToken.None);
        Assert.NotNull(Assert.Single(added).Ledger);
        Assert.All((await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys, key => Assert.NotNull(key.Ledger));

        await storage.Store.RemoveKeyAsync(KeyA.Id, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await storage.Store.OpenAsync(Start, CancellationToken.None);
        await storage.Store.AddKeysAsync([Stored(KeyA, null)], CancellationToken.None);

        Assert.Equal(
            [KeyA.Id],
            (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys.Where(key => key.Ledger is null).Select(key => key.Key.Id));
    }

    [Theory]
    [InlineData("UPDATE keys SET secret = CAST('x' AS BLOB) WHERE id = @id")]
    [InlineData("UPDATE keys SET secret = (SELECT secret FROM keys WHERE id <> @id) WHERE id = @id")]
    public async Task Open_DamagedOrSwappedSecret_LeavesThatKeyOutUntilItIsAddedAgain(string sql)
    {
        using var storage = new OpenStorage(folder.Path);
        await storage.Store.AddKeysAsync([Stored(KeyA, null), Stored(KeyB, null)], CancellationToken.None);
        await Damage(storage, sql);

        Assert.Equal([KeyB], (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys.Select(key => key.Key));
        await storage.Store.AddKeysAsync([Stored(KeyA, null)], CancellationToken.None);
        Assert.Equal(2, (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys.Count);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Open_DamagedLedger_SwitchesThatKeyOff(string ledger)
    {
        using var storage = new OpenStorage(folder.Path, time: new ManualTimeProvider(Start));
        await storage.Store.AddKeysAsync([Stored(KeyA, Ledger(KeyA)), Stored(KeyB, Ledger(KeyB))], CancellationToken.None);
        await Damage(storage, $"UPDATE ledgers SET ledger = CAST('{ledger}' AS BLOB) WHERE id = @id");

        var keys = (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys;

        Assert.Equal(new KeyLedgerSnapshot { KeyId = KeyA.Id.Value, State = KeyState.Disabled, Reason = "stored ledger damaged", Since = Start }, keys.Single(key => key.Key.Equals(KeyA)).Ledger);
        Assert.Equal(Ledger(KeyB), keys.Single(key => key.Key.Equals(KeyB)).Ledger);
    }

    [Fact]
    public async Task FollowSettings_KeyTakenOut_LeavesOnlyWhenItCameFromThere()
    {
        using var storage = new OpenStorage(folder.Path);
        var byHand = new ApiKey("AIzaSyCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC-c3");
        await storage.Store.AddKeysAsync([Stored(byHand, null)], CancellationToken.None);

        Assert.Equal((2, 0), await storage.Store.FollowSettingsAsync(Configured(KeyA, KeyB, byHand), CancellationToken.None));
        Assert.Equal((0, 0), await storage.Store.FollowSettingsAsync(Configured(KeyA, KeyB, byHand), CancellationToken.None));
        Assert.Equal((0, 1), await storage.Store.FollowSettingsAsync(Configured(KeyB), CancellationToken.None));

        Assert.Equal([KeyB.Id], await storage.Store.ListFromSettingsAsync(CancellationToken.None));
        Assert.Equal(2, (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys.Count);
    }

    [Fact]
    public async Task KeyThatLeftWhileRejected_IsInUse_WhenSettingsOrAnImportBringItBack_AndNotByAStartAlone()
    {
        using var storage = new OpenStorage(folder.Path);
        await storage.Store.FollowSettingsAsync(Configured(KeyA, KeyB), CancellationToken.None);
        await storage.Store.SaveAsync(new PoolCheckpoint([Rejected(KeyA), Rejected(KeyB)], Start), CancellationToken.None);

        await storage.Store.FollowSettingsAsync(Configured(KeyA, KeyB), CancellationToken.None);
        Assert.All((await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys, key => Assert.Equal(KeyState.Rejected, key.Ledger?.State));

        await storage.Store.RemoveKeyAsync(KeyB.Id, CancellationToken.None);
        await storage.Store.FollowSettingsAsync([], CancellationToken.None);
        await storage.Store.FollowSettingsAsync(Configured(KeyA), CancellationToken.None);
        await storage.Store.ImportAsync([KeyB], new KeyProfile(), CancellationToken.None);

        Assert.Equal(
            [(default, null, 7), (default, null, 7)],
            (await storage.Store.OpenAsync(Start, CancellationToken.None)).Keys.Select(key => (key.Ledger!.State, key.Ledger.Reason, key.Ledger.Models!.Single().Used)));
    }

    [Fact]
    public async Task MarkFromSettings_KeyAddedByHand_FollowsSettingsFromThenOn()
    {
        using var storage = new OpenStorage(folder.Path);
        await storage.Store.AddKeysAsync([Stored(KeyA, null)], CancellationToken.None);
        await storage.Store.MarkFromSettingsAsync([KeyA.Id], CancellationToken.None);

        Assert.Equal((0, 1), await storage.Store.FollowSettingsAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task Files_OfTheDatabase_HoldNoKeyInClear()
    {
        using var storage = new OpenStorage(folder.Path);
        await storage.Store.OpenAsync(Start, CancellationToken.None);
        await storage.Store.AddKeysAsync([Stored(KeyA, Ledger(KeyA))], CancellationToken.None);

        foreach (var file in Directory.GetFiles(folder.Path).Where(file => !file.EndsWith("gateway.lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(KeyA.Reveal(), await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<RosterKey> Configured(params ApiKey[] keys) => [.. keys.Select(key => new RosterKey(key, new KeyProfile()))];

    private static StoredKey Stored(ApiKey key, KeyLedgerSnapshot? ledger) => new(key, new KeyProfile { AddedAt = Start }, ledger);

    private static KeyLedgerSnapshot Rejected(ApiKey key) => Ledger(key) with
    {
        State = KeyState.Rejected,
        Reason = "403",
        Since = Start,
        Models = [new ModelLedgerSnapshot { Model = "m", Day = 1, Used = 7, Strikes = 2 }],
    };

    private static KeyLedgerSnapshot Ledger(ApiKey key) => new() { KeyId = key.Id.Value };

    private static async Task Damage(OpenStorage storage, string sql) => Assert.Equal(
        1, await storage.Database.InTransactionAsync(false, (c, t) => c.Execute(sql, new { id = KeyA.Id.Value }, t), CancellationToken.None));
}
