using GeminiBalance.FakeGemini;
using GeminiBalance.MariaDb;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>A database server, one silo and an upstream that takes every key, for all tests that leave them running.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private const string ClusterId = "shared";
    private MariaDbServer? database;
    private FakeGeminiServer? upstream;
    private SiloProcess? silo;
    private int keysMade;

    internal FakeGeminiServer Upstream => upstream!;

    internal string ConnectionString => database!.ConnectionString;

    public async Task InitializeAsync()
    {
        if (MariaDbServer.MissingReason is not null)
        {
            return;
        }

        database = await MariaDbServer.StartAsync();
        upstream = await FakeGeminiServer.StartAsync(new FakeGeminiOptions { AcceptAnyKey = true, Limits = default });
        silo = await SiloProcess.StartAsync(database.ConnectionString, ClusterId);
    }

    /// <summary>Starts a gateway that has joined the cluster.</summary>
    internal async Task<ClusterGateway> StartGatewayAsync(params string[] settings)
    {
        var gateway = await ClusterGateway.StartAsync(ConnectionString, ClusterId, Upstream, settings);
        await gateway.Logs.WaitAsync(LogNumbers.Joined);
        return gateway;
    }

    /// <summary>A key that no other test has.</summary>
    internal string NewKey() => $"AIzaSyShared{Interlocked.Increment(ref keysMade):D27}";

    public async Task DisposeAsync()
    {
        if (silo is not null)
        {
            await silo.DisposeAsync();
        }

        if (upstream is not null)
        {
            await upstream.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
