using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>What Orleans demands of its table of members.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class MembershipTableTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 1, 15, 20, 0, 0, 123, DateTimeKind.Utc);
    private MySqlDatabase database = null!;
    private IHost host = null!;
    private IMembershipTable table = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            host = OrleansHost.Build(database.Address);
            table = host.Services.GetRequiredService<IMembershipTable>();
            await table.InitializeMembershipTable(true);
            await table.InitializeMembershipTable(true);
        }
    }

    public async Task DisposeAsync()
    {
        host?.Dispose();
        await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [MariaDbFact]
    public async Task Member_IsReadAsItWasWritten()
    {
        var entry = Entry(1, SiloStatus.Joining);
        entry.SuspectTimes = [];
        Assert.True(await table.InsertRow(entry, await NextAsync()));
        entry.Status = SiloStatus.Active;
        entry.AddSuspector(Address(2), Start);
        Assert.True(await table.UpdateRow(entry, "", await NextAsync()));

        var data = await table.ReadRow(entry.SiloAddress);

        var read = Assert.Single(data.Members).Item1;
        Assert.Equal(2, data.Version.Version);
        Assert.Equal((entry.SiloAddress, entry.SiloName, entry.HostName, SiloStatus.Active, 30000), (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort));
        Assert.Equal((Start, Start), (read.StartTime, read.IAmAliveTime));
        Assert.Equal(Address(2), Assert.Single(read.SuspectTimes).Item1);
    }

    [MariaDbFact]
    public async Task Insert_OfAMemberThatIsThere_OrOnAnOldVersion_ChangesNothing()
    {
        var old = await NextAsync();
        Assert.True(await table.InsertRow(Entry(1, SiloStatus.Joining), old));

        Assert.False(await table.InsertRow(Entry(2, SiloStatus.Joining), old));
        Assert.False(await table.InsertRow(Entry(1, SiloStatus.Active), await NextAsync()));

        var data = await table.ReadAll();
        Assert.Equal((1, SiloStatus.Joining), (data.Version.Version, Assert.Single(data.Members).Item1.Status));
    }

    [MariaDbFact]
    public async Task Update_OfAMemberThatIsNotThere_OrOnAnOldVersion_ChangesNothing()
    {
        var old = await NextAsync();
        await table.InsertRow(Entry(1, SiloStatus.Joining), old);

        Assert.False(await table.UpdateRow(Entry(1, SiloStatus.Dead), "", old));
        Assert.False(await table.UpdateRow(Entry(2, SiloStatus.Dead), "", await NextAsync()));

        var data = await table.ReadAll();
        Assert.Equal((1, SiloStatus.Joining), (data.Version.Version, Assert.Single(data.Members).Item1.Status));
    }

    [MariaDbFact]
    public async Task ConcurrentWriters_OfOneVersion_OneWins()
    {
        for (var round = 0; round < 5; round++)
        {
            var (first, next) = (8 * round, await NextAsync());

            var inserts = await Task.WhenAll(Enumerable.Range(first, 8).Select(number => Task.Run(() => table.InsertRow(Entry(number, SiloStatus.Active), next))));
            var inserted = first + Array.IndexOf(inserts, true);
            next = await NextAsync();
            var updates = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => table.UpdateRow(Entry(inserted, SiloStatus.Dead), "", next))));

            Assert.Single(inserts, isWritten => isWritten);
            Assert.Single(updates, isWritten => isWritten);
            Assert.Equal(2 * (round + 1), (await table.ReadAll()).Version.Version);
        }
    }

    [MariaDbFact]
    public async Task Alive_ChangesTheTimeOnly_AndOldDeadMembersAreCleanedUp()
    {
        var (alive, dead, active) = (Entry(1, SiloStatus.Dead), Entry(2, SiloStatus.Dead), Entry(3, SiloStatus.Active));
        foreach (var entry in new[] { alive, dead, active })
        {
            await table.InsertRow(entry, await NextAsync());
        }

        alive.IAmAliveTime = Start.AddMinutes(2);
        await table.UpdateIAmAlive(alive);
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Start.AddMinutes(1)));

        var data = await table.ReadAll();
        Assert.Equal(3, data.Version.Version);
        Assert.Equal([alive.SiloAddress, active.SiloAddress], data.Members.Select(member => member.Item1.SiloAddress).OrderBy(address => address.Generation));
        Assert.Equal(Start.AddMinutes(2), data.Members.Single(member => member.Item1.SiloAddress.Equals(alive.SiloAddress)).Item1.IAmAliveTime);

        await table.DeleteMembershipTableEntries("cluster");
        Assert.Equal(0, await database.ReadAsync<int>("SELECT COUNT(*) FROM OrleansMembershipTable") + await database.ReadAsync<int>("SELECT COUNT(*) FROM OrleansMembershipVersionTable"));
    }

    private static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, 11111, number);

    private static MembershipEntry Entry(int number, SiloStatus status) => new()
    {
        SiloAddress = Address(number), SiloName = $"silo-{number}", HostName = "host", Status = status, ProxyPort = 30000, StartTime = Start, IAmAliveTime = Start,
    };

    private async Task<TableVersion> NextAsync() => (await table.ReadAll()).Version.Next();
}
