using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlKeyRosterTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Added = new(2026, 1, 15, 20, 0, 0, 123, TimeSpan.Zero);
    private MySqlDatabase database = null!;
    private MySqlKeyRoster roster = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            roster = new MySqlKeyRoster(database);
        }
    }

    public async Task DisposeAsync() => await (database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [MariaDbFact]
    public async Task AddedKey_IsListedAsItWasGiven()
    {
        var profile = new KeyProfile
        {
            Weight = 2.5,
            Note = "it's 键 \\",
            AddedAt = Added,
            Kind = KeyKind.Vertex,
            Tags = KeyTags.Of("paid", "fast"),
            IsReserved = true,
            Project = "p-1",
        };
        byte[] secret = [0, 1, 39, 92, 255];

        Assert.Equal([Keys.Id(1)], await roster.AddAsync([new RosterEntry(Keys.Id(1), secret, profile)], RosterOrigin.Admin, CancellationToken.None));

        var all = await roster.ListAsync(CancellationToken.None);
        var row = Assert.Single(all.Rows);
        Assert.Equal((Keys.Id(1), RosterOrigin.Admin, profile, all.Version, false), (row.Id, row.Origin, row.Profile, row.Version, row.IsRemoved));
        Assert.Equal(secret, row.Secret);
    }

    [MariaDbFact]
    public async Task KeyInThePool_StaysAsItIs_WhenItIsAddedAgain()
    {
        await roster.AddAsync([Entry(1, "first")], RosterOrigin.Admin, CancellationToken.None);

        var added = await roster.AddAsync([Entry(1, "second"), Entry(2), Entry(2)], RosterOrigin.Settings, CancellationToken.None);

        Assert.Equal([Keys.Id(2)], added);
        var rows = (await roster.ListAsync(CancellationToken.None)).Rows;
        Assert.Equal([(Keys.Id(1), "first", RosterOrigin.Admin), (Keys.Id(2), "", RosterOrigin.Settings)], rows.Select(row => (row.Id, row.Profile.Note, row.Origin)));
    }

    [MariaDbFact]
    public async Task RemovedKey_IsToldOnce_LosesItsSecret_AndCanComeBack()
    {
        await roster.AddAsync([Entry(1, "first")], RosterOrigin.Settings, CancellationToken.None);
        var known = (await roster.ListAsync(CancellationToken.None)).Version;

        Assert.Equal([Keys.Id(1)], await roster.RemoveAsync([Keys.Id(1), Keys.Id(2)], CancellationToken.None));
        Assert.Empty(await roster.RemoveAsync([Keys.Id(1)], CancellationToken.None));

        var changes = await roster.ListChangesAsync(known, CancellationToken.None);
        var row = Assert.Single(changes.Rows);
        Assert.True(row.IsRemoved);
        Assert.Empty(row.Secret);
        Assert.Empty((await roster.ListAsync(CancellationToken.None)).Rows);
        Assert.Equal(changes with { Rows = [] }, (await roster.ListChangesAsync(changes.Version, CancellationToken.None)) with { Rows = [] });

        Assert.Equal([Keys.Id(1)], await roster.AddAsync([Entry(1, "second")], RosterOrigin.Admin, CancellationToken.None));
        row = Assert.Single((await roster.ListChangesAsync(changes.Version, CancellationToken.None)).Rows);
        Assert.Equal((false, "second", RosterOrigin.Admin, 3), (row.IsRemoved, row.Profile.Note, row.Origin, row.Secret.Length));
    }

    [MariaDbFact]
    public async Task ProfileChange_IsAChange()
    {
        await roster.AddAsync([Entry(1), Entry(2)], RosterOrigin.Admin, CancellationToken.None);
        var known = (await roster.ListAsync(CancellationToken.None)).Version;

        var profile = new KeyProfile { Weight = 3, Note = "n", AddedAt = Added, Kind = KeyKind.Vertex, Tags = KeyTags.Paid, IsReserved = true, Project = "p" };
        Assert.True(await roster.ChangeProfileAsync(Keys.Id(2), new KeyProfileChange { Weight = 3, Kind = KeyKind.Vertex, Project = "p" }, CancellationToken.None));
        Assert.True(await roster.ChangeProfileAsync(Keys.Id(2), new KeyProfileChange { Note = "n", Tags = KeyTags.Paid, IsReserved = true }, CancellationToken.None));

        var changes = await roster.ListChangesAsync(known, CancellationToken.None);
        var row = Assert.Single(changes.Rows);
        Assert.Equal((Keys.Id(2), profile), (row.Id, row.Profile));
        Assert.True(await roster.TouchAsync(Keys.Id(2), CancellationToken.None));
        Assert.Equal(profile, Assert.Single((await roster.ListChangesAsync(changes.Version, CancellationToken.None)).Rows).Profile);
        await roster.RemoveAsync([Keys.Id(2)], CancellationToken.None);
        Assert.False(await roster.ChangeProfileAsync(Keys.Id(2), new KeyProfileChange { Note = "x" }, CancellationToken.None));
        Assert.False(await roster.ChangeProfileAsync(Keys.Id(3), new KeyProfileChange { Note = "x" }, CancellationToken.None));
    }

    [MariaDbFact]
    public async Task KeysOfTheSettings_ComeAndGoWithThem()
    {
        await roster.AddAsync([Entry(1), Entry(2)], RosterOrigin.Admin, CancellationToken.None);

        Assert.Equal((2, 0), await roster.FollowSettingsAsync([Entry(2), Entry(3), Entry(4)], CancellationToken.None));
        Assert.Equal((0, 0), await roster.FollowSettingsAsync([Entry(2), Entry(3), Entry(4)], CancellationToken.None));
        Assert.Equal((1, 1), await roster.FollowSettingsAsync([Entry(3), Entry(5)], CancellationToken.None));

        Assert.Equal([1, 2, 3, 5], await ListAsync());
        Assert.Equal([Keys.Id(3), Keys.Id(5)], (await roster.ListFromSettingsAsync(CancellationToken.None)).Order());

        Assert.Equal([Keys.Id(1)], await roster.MarkFromSettingsAsync([Keys.Id(1), Keys.Id(3), Keys.Id(9)], CancellationToken.None));
        Assert.Equal((0, 3), await roster.FollowSettingsAsync([], CancellationToken.None));
        Assert.Equal([2], await ListAsync());
    }

    [MariaDbFact]
    public async Task KeyThatIsBack_SaysSo_UntilItsLedgerKnows()
    {
        await roster.AddAsync([Entry(1), Entry(2), Entry(3)], RosterOrigin.Settings, CancellationToken.None);
        await roster.RemoveAsync([Keys.Id(1), Keys.Id(3)], CancellationToken.None);
        await roster.FollowSettingsAsync([Entry(1), Entry(2)], CancellationToken.None);

        Assert.Equal([(Keys.Id(1), true), (Keys.Id(2), false)], (await roster.ListAsync(CancellationToken.None)).Rows.Select(row => (row.Id, row.IsBack)).Order());
        Assert.Equal([Keys.Id(1)], await roster.ListReturnedAsync([Keys.Id(1), Keys.Id(2), Keys.Id(3)], CancellationToken.None));

        var known = (await roster.ListAsync(CancellationToken.None)).Version;
        await roster.WelcomeAsync([Keys.Id(1), Keys.Id(2)], CancellationToken.None);
        Assert.Equal([(Keys.Id(1), false)], (await roster.ListChangesAsync(known, CancellationToken.None)).Rows.Select(row => (row.Id, row.IsBack)));
        Assert.Empty(await roster.ListReturnedAsync([Keys.Id(1)], CancellationToken.None));
    }

    [MariaDbFact]
    public async Task TwoGateways_ThatFollowTheSameSettings_AddEachKeyOnce()
    {
        var configured = Enumerable.Range(0, 1_500).Select(number => Entry(number)).ToList();

        var followed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => roster.FollowSettingsAsync(configured, CancellationToken.None))));

        Assert.Equal((1_500, 0), (followed.Sum(result => result.Added), followed.Sum(result => result.Removed)));
    }

    [MariaDbFact]
    public async Task RemovedKeys_AreForgottenInTheEnd_ButNotTheirSpendingOfToday()
    {
        var store = Keys.Store(database);
        await roster.AddAsync([Entry(1), Entry(2), Entry(3), Entry(4)], RosterOrigin.Admin, CancellationToken.None);
        await store.ClaimAsync("a", Keys.Ids(5), CancellationToken.None);
        await roster.RemoveAsync([Keys.Id(1), Keys.Id(2), Keys.Id(3)], CancellationToken.None);
        await RemovedAgoAsync(1, "47 HOUR");
        await RemovedAgoAsync(2, "49 HOUR");
        await RemovedAgoAsync(3, "31 DAY");

        Assert.Equal(3, await roster.ForgetRemovedAsync(CancellationToken.None));

        Assert.Equal([Keys.Id(1), Keys.Id(2)], (await roster.ListChangesAsync(0, CancellationToken.None)).Rows.Where(row => row.IsRemoved).Select(row => row.Id).Order());
        var terms = (await store.ClaimAsync("b", Keys.Ids(5), CancellationToken.None)).Select(claimed => claimed.Term);
        Assert.Equal([2, 2, 1, 1, 2], terms);
    }

    private static RosterEntry Entry(int number, string note = "") => new(Keys.Id(number), [1, 2, 3], new KeyProfile { Note = note, AddedAt = Added });

    private Task<int> RemovedAgoAsync(int number, string age) =>
        database.ExecuteAsync($"UPDATE api_keys SET removed_at = UTC_TIMESTAMP(6) - INTERVAL {age} WHERE id = @Value", Keys.Id(number));

    private async Task<IEnumerable<int>> ListAsync() => (await roster.ListAsync(CancellationToken.None)).Rows.Select(row => Convert.ToInt32(row.Id.Value, 16)).Order();
}
