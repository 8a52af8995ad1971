using Dapper;
using GeminiBalance.FakeGemini;
using GeminiBalance.MariaDb;
using MySqlConnector;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>A database server and an upstream for tests that start and end silos themselves. Each test has a cluster and a database of its own.</summary>
public sealed class OwnCluster : IAsyncLifetime
{
    private MariaDbServer? server;
    private FakeGeminiServer? upstream;
    private int clustersMade;

    internal FakeGeminiServer Upstream => upstream!;

    public async Task InitializeAsync()
    {
        if (MariaDbServer.MissingReason is null)
        {
            server = await MariaDbServer.StartAsync();
            upstream = await FakeGeminiServer.StartAsync(new FakeGeminiOptions { AcceptAnyKey = true, Limits = default });
        }
    }

    /// <summary>An empty database, for one cluster.</summary>
    internal async Task<string> NewDatabaseAsync()
    {
        var name = $"cluster_{Interlocked.Increment(ref clustersMade)}";
        await ExecuteAsync(server!.ConnectionString, $"CREATE DATABASE {name}");
        return server.ConnectionStringFor(name);
    }

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.ExecuteAsync(sql);
    }

    public async Task DisposeAsync()
    {
        if (upstream is not null)
        {
            await upstream.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
