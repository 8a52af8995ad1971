using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Local;

public sealed class ProjectTests
{
    private static readonly KeyProfileChange Join = new() { Project = "one" };
    private static readonly ApiKey[] Keys = [.. Samples.NewKeys(2)];

    [Fact]
    public async Task KeyThatJoins_BringsWhatItHasSpent()
    {
        var (time, store) = (new ManualTimeProvider(), new InMemoryLedgerStore().With(Keys));
        await using var pool = await StartAsync(store, time, Samples.Table(rpd: 4));
        await AcquireAsync(pool, time, Keys[0], 3);

        await pool.ChangeProfileAsync(Keys[0].Id, Join, default);
        await pool.ChangeProfileAsync(Keys[1].Id, Join, default);
        time.Advance(TimeSpan.FromSeconds(1)); // The store learns of it.

        await AcquireAsync(pool, time, Keys[1], 1);
        Assert.Equal(LeaseDenialReason.DayExhausted, (await pool.AcquireAsync(Samples.Request(), default)).Denial);
        Assert.Equal(4, (await pool.FindAsync(Keys[1].Id, default))!.Models.Single().SpentToday);
    }

    [Fact]
    public async Task KeyThatJoins_BringsItsMinute_AndLeavingGivesNothingBack()
    {
        var (time, store) = (new ManualTimeProvider(), new InMemoryLedgerStore().With(Keys));
        await using var pool = await StartAsync(store, time, Samples.Table(rpm: 2));
        await AcquireAsync(pool, time, Keys[0], 1);
        await pool.ChangeProfileAsync(Keys[0].Id, Join, default);
        await AcquireAsync(pool, time, Keys[0], 1);
        Assert.Equal(LeaseDenialReason.RateLimited, (await pool.AcquireAsync(Samples.Request() with { Pinned = Keys[0].Id }, default)).Denial);
        time.Advance(TimeSpan.FromSeconds(61));
        await AcquireAsync(pool, time, Keys[0], 2);

        await pool.ChangeProfileAsync(Keys[0].Id, new KeyProfileChange { Project = "" }, default);

        Assert.Equal(LeaseDenialReason.RateLimited, (await pool.AcquireAsync(Samples.Request() with { Pinned = Keys[0].Id }, default)).Denial);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_ForgetsNothingOfTheProject(bool isClean)
    {
        var (time, store) = (new ManualTimeProvider(), new InMemoryLedgerStore());
        foreach (var key in Keys)
        {
            store.With(key, new KeyProfile { Project = "one" });
        }

        var pool = await StartAsync(store, time, Samples.Table(rpm: 5, rpd: 50));
        await AcquireAsync(pool, time, Keys[0], 2);
        await AcquireAsync(pool, time, Keys[1], 2);
        var left = isClean ? store : store.Copy();
        await pool.StopAsync(default);

        await using var next = await StartAsync(left, time, Samples.Table(rpm: 5, rpd: 50));
        var models = (await next.FindAsync(Keys[1].Id, default))!.Models;
        Assert.Equal(isClean ? 4 : 5, models.Single().SpentToday); // After a crash a chunk of the day counts as spent.
        Assert.Equal(isClean, (await next.AcquireAsync(Samples.Request(), default)).IsGranted);
        Assert.Equal(LeaseDenialReason.RateLimited, (await next.AcquireAsync(Samples.Request(), default)).Denial);
    }

    private static async Task<LocalKeyPool> StartAsync(InMemoryLedgerStore store, ManualTimeProvider time, KeyLimitTable limits)
    {
        var pool = new LocalKeyPool(store, time, null, limits);
        await pool.StartAsync(default);
        return pool;
    }

    private static async Task AcquireAsync(LocalKeyPool pool, ManualTimeProvider time, ApiKey key, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.True((await pool.AcquireAsync(Samples.Request() with { Pinned = key.Id }, default)).IsGranted);
            time.Advance(TimeSpan.FromSeconds(1)); // The store learns of it.
        }
    }
}
