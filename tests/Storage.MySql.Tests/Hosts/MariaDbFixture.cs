using Dapper;
using GeminiBalance.MariaDb;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>One server for all tests of the collection; each test takes a database of its own.</summary>
public sealed class MariaDbFixture : IAsyncLifetime
{
    private int databases;

    public MariaDbServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (MariaDbServer.MissingReason is null)
        {
            Server = await MariaDbServer.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    /// <summary>An empty database.</summary>
    public async Task<MySqlAddress> CreateDatabaseAsync()
    {
        var name = $"test_{++databases}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return MySqlAddress.Parse(Server.ConnectionStringFor(name));
    }

    /// <summary>A database with all tables.</summary>
    public async Task<MySqlDatabase> OpenAsync()
    {
        var database = new MySqlDatabase(await CreateDatabaseAsync(), TimeProvider.System);
        await new MySqlSchema(database, NullLogger<MySqlSchema>.Instance).MigrateAsync(CancellationToken.None);
        return database;
    }

    /// <summary>Runs a statement as the server's owner.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new MySqlConnection(Server.ConnectionString + ";Allow User Variables=true");
        await connection.ExecuteAsync(sql);
    }
}
