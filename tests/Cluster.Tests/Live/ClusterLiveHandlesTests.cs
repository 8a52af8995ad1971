using Dapper;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Cluster.Live;
using GeminiBalance.KeyPool;
using GeminiBalance.Storage.MySql;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace GeminiBalance.Cluster.Tests.Live;

public sealed class ClusterLiveHandlesTests(OwnCluster cluster) : IClassFixture<OwnCluster>
{
    private const int Handles = 1_201;

    [ClusterFact]
    public async Task Stop_WritesAllThatWaits()
    {
        var connectionString = await cluster.NewDatabaseAsync();
        await using var database = new MySqlDatabase(MySqlAddress.Parse(connectionString), TimeProvider.System);
        await new MySqlSchema(database, NullLogger<MySqlSchema>.Instance).MigrateAsync(CancellationToken.None);
        using var handles = new ClusterLiveHandles(new MySqlLiveHandles(database), TimeProvider.System, NullLogger<ClusterLiveHandles>.Instance);
        for (var i = 0; i < Handles; i++)
        {
            handles.Keep($"handle {i}", new KeyId("00112233445566aa"));
        }

        await handles.StartAsync(CancellationToken.None);
        await handles.StopAsync(CancellationToken.None);

        await using var connection = new MySqlConnection(connectionString);
        Assert.Equal(Handles, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM live_handles"));
    }
}
