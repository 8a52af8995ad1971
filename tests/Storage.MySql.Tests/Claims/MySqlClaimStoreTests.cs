using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlClaimStoreTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly KeyId Key = Keys.Id(1);
    private MySqlDatabase database = null!;
    private MySqlClaimStore store = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            store = Keys.Store(database);
        }
    }

    public async Task DisposeAsync() => await (database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [MariaDbFact]
    public async Task KeyThatIsNotKnown_GetsAnEmptyLedger()
    {
        var claimed = await store.ClaimAsync("a", [Key, Keys.Id(2)], CancellationToken.None);

        Assert.Equal([new ClaimedLedger(Key, 1, null, false, TimeSpan.Zero), new ClaimedLedger(Keys.Id(2), 1, null, false, TimeSpan.Zero)], claimed);
        Assert.Equal(new ClaimedLedger(Key, 2, null, true, TimeSpan.Zero), await ClaimAsync("b") with { SinceHeard = TimeSpan.Zero });
    }

    [MariaDbFact]
    public async Task FreeClaims_AreTaken_AndOpenOnesLeftAsTheyAre()
    {
        await store.ClaimAsync("a", Keys.Ids(2), CancellationToken.None);
        await store.CloseAsync("a", [Keys.Ledger(Keys.Id(1), 1, failures: 0)], CancellationToken.None);

        var claimed = await store.ClaimFreeAsync("b", Keys.Ids(3), CancellationToken.None);
        Assert.Equal([(Keys.Id(1), 2L, false), (Keys.Id(2), 1L, false)], claimed.Select(ledger => (ledger.Key, ledger.Term, ledger.WasOpen)));
        Assert.Empty(await store.ListLostAsync("a", CancellationToken.None));
        Assert.Empty(await store.SaveAsync("a", [Keys.Ledger(Keys.Id(0), 1, failures: 0)], CancellationToken.None));
    }

    [MariaDbTheory]
    [InlineData(100, 40, 40)]
    [InlineData(40, 100, 40)]
    [InlineData(40, null, 40)]
    public async Task OpenClaim_TellsWhenItsHolderWasHeardLast(int claimedAgo, int? askedAgo, int expected)
    {
        await ClaimAsync("a");
        await database!.ExecuteAsync("UPDATE key_ledgers SET claimed_at = UTC_TIMESTAMP(6) - INTERVAL @claimedAgo SECOND", new { claimedAgo });
        if (askedAgo is not null)
        {
            await store.ListLostAsync("a", CancellationToken.None);
            await database!.ExecuteAsync("UPDATE claim_holders SET asked_at = UTC_TIMESTAMP(6) - INTERVAL @askedAgo SECOND", new { askedAgo });
        }

        Assert.InRange((await ClaimAsync("b")).SinceHeard, TimeSpan.FromSeconds(expected), TimeSpan.FromSeconds(expected + 30));
    }

    [MariaDbFact]
    public async Task OpenClaim_HeardOnTheClockOfAnotherServer_CountsAsJustNow()
    {
        await ClaimAsync("a");
        await database!.ExecuteAsync("UPDATE key_ledgers SET claimed_at = UTC_TIMESTAMP(6) - INTERVAL 40 SECOND, claimed_on = 'other'");
        Assert.Equal(TimeSpan.Zero, (await ClaimAsync("b")).SinceHeard);
    }

    [MariaDbFact]
    public async Task ClosedClaim_ComesBackWithItsLedger()
    {
        var first = await ClaimAsync("a");

        Assert.Empty(await store.CloseAsync("a", [Keys.Ledger(Key, first.Term, failures: 3)], CancellationToken.None));

        var second = await ClaimAsync("b");
        Assert.Equal((2L, false, 3), (second.Term, second.WasOpen, second.Ledger!.Failures));
        Assert.Empty(await store.ListLostAsync("a", CancellationToken.None));
    }

    [MariaDbFact]
    public async Task OpenClaimTakenByAnother_IsListedAsLost()
    {
        var first = await ClaimAsync("a");
        await store.SaveAsync("a", [Keys.Ledger(Key, first.Term, failures: 3)], CancellationToken.None);

        var second = await ClaimAsync("b");

        Assert.Equal((2L, true, 3, TimeSpan.Zero), (second.Term, second.WasOpen, second.Ledger!.Failures, second.SinceClosed));
        Assert.Equal([new LostClaim(Key, 1)], await store.ListLostAsync("a", CancellationToken.None));
        Assert.Empty(await store.ListLostAsync("b", CancellationToken.None));
    }

    [MariaDbFact]
    public async Task OpenClaimTakenByItsOwnHolder_IsOpenButNotLost()
    {
        await ClaimAsync("a");

        Assert.Equal(new ClaimedLedger(Key, 2, null, true, TimeSpan.Zero), await ClaimAsync("a") with { SinceHeard = TimeSpan.Zero });
        Assert.Empty(await store.ListLostAsync("a", CancellationToken.None));
    }

    [MariaDbFact]
    public async Task WriteWithoutTheClaim_WritesNothingAndIsLost()
    {
        await ClaimAsync("a");
        var current = await ClaimAsync("b");
        await store.SaveAsync("b", [Keys.Ledger(Key, current.Term, failures: 1)], CancellationToken.None);

        foreach (var write in new Func<string, IReadOnlyList<HeldLedger>, CancellationToken, ValueTask<IReadOnlyList<KeyId>>>[] { store.SaveAsync, store.CloseAsync })
        {
            Assert.Equal([Key], await write("a", [Keys.Ledger(Key, 1, failures: 9)], CancellationToken.None));
            Assert.Equal([Key], await write("b", [Keys.Ledger(Key, 1, failures: 9)], CancellationToken.None));
            Assert.Equal([Key], await write("a", [Keys.Ledger(Key, 2, failures: 9)], CancellationToken.None));
            Assert.Equal([Keys.Id(7)], await write("b", [Keys.Ledger(Keys.Id(7), 1, failures: 9)], CancellationToken.None));
        }

        var next = await ClaimAsync("c");
        Assert.Equal((3L, true, 1), (next.Term, next.WasOpen, next.Ledger!.Failures));
        Assert.Equal(0, await database.ReadAsync<int>("SELECT COUNT(*) FROM key_ledgers WHERE id = @Value", Keys.Id(7)));
    }

    [MariaDbFact]
    public async Task ClosedClaim_TakesNoMoreWrites()
    {
        await ClaimAsync("a");
        await store.CloseAsync("a", [Keys.Ledger(Key, 1, failures: 1)], CancellationToken.None);

        Assert.Equal([Key], await store.SaveAsync("a", [Keys.Ledger(Key, 1, failures: 9)], CancellationToken.None));
        Assert.Equal(1, (await ClaimAsync("b")).Ledger!.Failures);
    }

    [MariaDbFact]
    public async Task PartOfABatchLost_TheRestIsWritten()
    {
        var keys = Keys.Ids(1_200);
        await store.ClaimAsync("a", keys, CancellationToken.None);
        await store.ClaimAsync("b", [keys[0], keys[700]], CancellationToken.None);

        var lost = await store.CloseAsync("a", [.. keys.Select(key => Keys.Ledger(key, 1, failures: 5))], CancellationToken.None);

        Assert.Equal([keys[0], keys[700]], lost.Order());
        Assert.Equal(1_198, await database.ReadAsync<int>("SELECT COUNT(*) FROM key_ledgers WHERE holder IS NULL AND ledger LIKE '%\"failures\":5%'"));
    }

    [MariaDbFact]
    public async Task SinceClosed_IsTheDatabasesTime()
    {
        await CloseAsync("@@hostname", "UTC_TIMESTAMP(6) - INTERVAL 1 HOUR");
        Assert.InRange((await ClaimAsync("b")).SinceClosed, TimeSpan.FromHours(1), TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));

        await CloseAsync("@@hostname", "UTC_TIMESTAMP(6) + INTERVAL 1 HOUR");
        Assert.Equal(TimeSpan.Zero, (await ClaimAsync("b")).SinceClosed);

        await CloseAsync("'another'", "UTC_TIMESTAMP(6) - INTERVAL 1 HOUR");
        Assert.Equal(TimeSpan.Zero, (await ClaimAsync("b")).SinceClosed);
    }

    [MariaDbFact]
    public async Task SinceClosed_IsNeverMoreThanHasPassed()
    {
        await ClaimAsync("a");
        var before = TimeProvider.System.GetTimestamp();
        await store.CloseAsync("a", [Keys.Ledger(Key, 1, failures: 1)], CancellationToken.None);

        var since = (await ClaimAsync("b")).SinceClosed;

        Assert.InRange(since, TimeSpan.FromTicks(1), TimeProvider.System.GetElapsedTime(before));
    }

    [MariaDbFact]
    public async Task LedgerOf70Kilobytes_ComesBackWhole()
    {
        var note = string.Concat(Enumerable.Repeat("it's \"quoted\" \\ \0 é ", 4_000));
        var claimed = await ClaimAsync("a");

        await store.CloseAsync("a", [new HeldLedger(Key, claimed.Term, new KeyLedgerSnapshot { KeyId = Key.Value, Reason = note })], CancellationToken.None);

        Assert.Equal(note, (await ClaimAsync("b")).Ledger!.Reason);
        Assert.InRange(await database.ReadAsync<int>("SELECT LENGTH(ledger) FROM key_ledgers"), 70_000, int.MaxValue);
    }

    [MariaDbFact]
    public async Task DamagedLedger_SwitchesTheKeyOff()
    {
        await ClaimAsync("a");
        await database.ExecuteAsync("UPDATE key_ledgers SET ledger = '{'");

        Assert.Equal(KeyState.Disabled, (await ClaimAsync("b")).Ledger!.State);
    }

    [MariaDbFact]
    public async Task OldTakeovers_AreForgottenAtTheNextTakeover()
    {
        await ClaimAsync("a");
        await ClaimAsync("b");
        await database.ExecuteAsync("UPDATE claim_takeovers SET taken_at = taken_at - INTERVAL 59 MINUTE");
        await ClaimAsync("c");
        Assert.Equal([new LostClaim(Key, 1)], await store.ListLostAsync("a", CancellationToken.None));

        await database.ExecuteAsync("UPDATE claim_takeovers SET taken_at = taken_at - INTERVAL 2 MINUTE WHERE holder = 'a'");
        await ClaimAsync("d");

        Assert.Empty(await store.ListLostAsync("a", CancellationToken.None));
        Assert.Equal([new LostClaim(Key, 2)], await store.ListLostAsync("b", CancellationToken.None));
    }

    private async Task<ClaimedLedger> ClaimAsync(string holder) => Assert.Single(await store.ClaimAsync(holder, [Key], CancellationToken.None));

    private async Task CloseAsync(string server, string at)
    {
        var claimed = await ClaimAsync("a");
        await store.CloseAsync("a", [Keys.Ledger(Key, claimed.Term, failures: 1)], CancellationToken.None);
        await database.ExecuteAsync($"UPDATE key_ledgers SET closed_on = {server}, closed_at = {at}");
    }
}
