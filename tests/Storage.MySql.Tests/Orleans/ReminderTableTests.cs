using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>What Orleans demands of its table of reminders.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class ReminderTableTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 1, 15, 20, 0, 0, 123, DateTimeKind.Utc);
    private MySqlDatabase database = null!;
    private IHost host = null!;
    private IReminderTable table = null!;

    public async Task InitializeAsync()
    {
        if (server.Server is not null)
        {
            database = await server.OpenAsync();
            host = OrleansHost.Build(database.Address);
            table = host.Services.GetRequiredService<IReminderTable>();
            await table.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        host?.Dispose();
        await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [MariaDbFact]
    public async Task Reminder_IsReadAsItWasWritten()
    {
        var tag = await table.UpsertRow(Entry("k", "n"));

        var read = await table.ReadRow(Grain("k"), "n");

        Assert.Equal((Grain("k"), "n", Start, TimeSpan.FromDays(40), tag), (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
        Assert.Null(await table.ReadRow(Grain("K"), "n"));
        Assert.Null(await table.ReadRow(Grain("k"), "N"));
    }

    [MariaDbFact]
    public async Task EachWrite_HasATagOfItsOwn_AndOnlyTheLastOneRemoves()
    {
        var tags = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => table.UpsertRow(Entry("k", "n")))));
        var last = (await table.ReadRow(Grain("k"), "n")).ETag;

        Assert.Equal(8, tags.Distinct().Count());
        foreach (var tag in tags.Where(tag => tag != last))
        {
            Assert.False(await table.RemoveRow(Grain("k"), "n", tag));
        }

        Assert.True(await table.RemoveRow(Grain("k"), "n", last));
        Assert.False(await table.RemoveRow(Grain("k"), "n", last));
    }

    [MariaDbFact]
    public async Task Ranges_HoldEachReminderOnce()
    {
        for (var number = 0; number < 50; number++)
        {
            await table.UpsertRow(Entry($"k{number}", "n"));
        }

        uint[] borders = [0, 0x4000_0000, 0x8000_0000, 0xC000_0000];
        var found = new List<GrainId>();
        foreach (var (begin, end) in borders.Zip(borders.Skip(1).Append(borders[0])))
        {
            var rows = (await table.ReadRows(begin, end)).Reminders;
            Assert.All(rows, row => Assert.True(begin < end ? row.GrainId.GetUniformHashCode() > begin && row.GrainId.GetUniformHashCode() <= end : row.GrainId.GetUniformHashCode() > begin));
            found.AddRange(rows.Select(row => row.GrainId));
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(number => Grain($"k{number}")).Order(), found.Order());
        Assert.Equal(50, (await table.ReadRows(7, 7)).Reminders.Count);
        Assert.Single((await table.ReadRows(Grain("k7"))).Reminders);
    }

    private static GrainId Grain(string key) => GrainId.Create("note", key);

    private static ReminderEntry Entry(string key, string name) => new() { GrainId = Grain(key), ReminderName = name, StartAt = Start, Period = TimeSpan.FromDays(40) };
}
