using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Cluster.Signatures;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Storage.MySql;
using GeminiBalance.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Cluster.Tests.Signatures;

public sealed class ClusterSignaturesTests(OwnCluster cluster) : IClassFixture<OwnCluster>
{
    private static readonly WantedSignature[] Wanted = [new("a", "f"), new("own", "g"), new("b", null)];

    [ClusterFact]
    public async Task KeptAtOneGateway_AreFoundAtAnother()
    {
        await using var database = await OpenAsync();
        using var first = Open(database);
        using var second = Open(database);
        first.Keep(new SignedCall("a", "me", "f", "1"));
        first.Keep(new SignedCall("c", "me", "g", "2"));
        first.Keep(new SignedCall("b", "me", "f", new string('x', Gateway.SharedLimits.SignatureCharsMax)));
        first.Keep(new SignedCall("own", "me", "h", new string('x', Gateway.SharedLimits.SignatureCharsMax + 1)));
        await first.StopAsync(CancellationToken.None);

        var found = await second.FindAsync("me", Wanted, CancellationToken.None);
        var others = await second.FindAsync("other", Wanted, CancellationToken.None);

        Assert.Equal(["a", "b"], found.ById.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("1", found.ById["a"]);
        Assert.Equal([("f", null), ("g", "2")], found.ByCall.Select(call => (call.Key, call.Value)).Order());
        Assert.Empty(others.ByCall);
    }

    [Fact]
    public async Task DatabaseAway_TellsNothing_AndIsNotAskedAgainForAWhile()
    {
        var logs = new LogSink();
        await using var database = new MySqlDatabase(MySqlAddress.Parse("Server=127.0.0.1;Port=1;User ID=nobody;Database=none"), TimeProvider.System);
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        using var signatures = new ClusterSignatures(new MySqlSignatures(database), TimeProvider.System, factory.CreateLogger<ClusterSignatures>());

        var found = await signatures.FindAsync("me", Wanted, CancellationToken.None);
        var asked = signatures.FindAsync("me", Wanted, CancellationToken.None);

        Assert.True(found.IsEmpty);
        Assert.True(asked.IsCompletedSuccessfully);
        Assert.Same(FoundSignatures.None, await asked);
        Assert.Single(logs.Lines, line => line.Contains($" {LogNumbers.SignaturesNotAsked} ", StringComparison.Ordinal));
    }

    // However long the database takes here, the time to wait for it does not pass.
    private static ClusterSignatures Open(MySqlDatabase database) => new(new MySqlSignatures(database), new ManualTimeProvider(), NullLogger<ClusterSignatures>.Instance);

    private async Task<MySqlDatabase> OpenAsync()
    {
        var database = new MySqlDatabase(MySqlAddress.Parse(await cluster.NewDatabaseAsync()), TimeProvider.System);
        await new MySqlSchema(database, NullLogger<MySqlSchema>.Instance).MigrateAsync(CancellationToken.None);
        return database;
    }
}
