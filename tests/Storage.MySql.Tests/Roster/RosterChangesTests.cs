using GeminiBalance.KeyPool;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Readers that ask for changes while several writers commit.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class RosterChangesTests(MariaDbFixture server)
{
    private const int Writers = 6;
    private const int ChangesEach = 60;

    [MariaDbFact]
    public async Task Reader_MissesNoChangeOfConcurrentWriters()
    {
        await using var database = await server.OpenAsync();
        var roster = new MySqlKeyRoster(database);
        var seen = new Dictionary<KeyId, RosterRow>();

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(roster, writer))));
        long version = 0;
        bool isLast;
        do
        {
            isLast = writing.IsCompleted;
            var changes = await roster.ListChangesAsync(version, CancellationToken.None);
            version = changes.Version;
            foreach (var row in changes.Rows)
            {
                seen[row.Id] = row;
            }
        }
        while (!isLast);

        await writing;
        var truth = (await roster.ListChangesAsync(0, CancellationToken.None)).Rows;
        Assert.Equal(Writers * ChangesEach, truth.Count);
        Assert.Equal(truth.Select(row => (row.Id, row.Version, row.IsRemoved)), seen.Values.Select(row => (row.Id, row.Version, row.IsRemoved)).OrderBy(row => row.Version));
    }

    /// <summary>Adds keys, and removes every other again.</summary>
    private static async Task WriteAsync(MySqlKeyRoster roster, int writer)
    {
        for (var change = 0; change < ChangesEach; change++)
        {
            var id = Keys.Id((writer * ChangesEach) + change);
            await roster.AddAsync([new RosterEntry(id, [1], new KeyProfile())], RosterOrigin.Admin, CancellationToken.None);
            if (change % 2 == 0)
            {
                await roster.RemoveAsync([id], CancellationToken.None);
            }
        }
    }
}
