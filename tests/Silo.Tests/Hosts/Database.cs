using GeminiBalance.MariaDb;

namespace GeminiBalance.Silo.Tests.Hosts;

/// <summary>One server for the tests of a class, where there is one.</summary>
public sealed class Database : IAsyncLifetime
{
    private MariaDbServer? server;

    public string Connection => server!.ConnectionString;

    public async Task InitializeAsync()
    {
        if (MariaDbServer.MissingReason is null)
        {
            server = await MariaDbServer.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
