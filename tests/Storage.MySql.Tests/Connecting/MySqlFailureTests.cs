using System.Net;
using System.Net.Sockets;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>What people read when the database cannot be used.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class MySqlFailureTests(MariaDbFixture server)
{
    private const string Password = "geheim";

    private string Limited => $"Server=127.0.0.1;Port={server.Server.Port};User ID=limited;Password={Password}";

    [MariaDbFact]
    public async Task NobodyListens() => await AssertFailureAsync(
        $"Server=127.0.0.1;Port={FreePort()};User ID=u;Password={Password};Database=d",
        MySqlFailure.Unreachable,
        "cannot be reached. See that it runs and that MYSQL_HOST and MYSQL_PORT are right.");

    [MariaDbFact]
    public async Task HostIsNotKnown() => await AssertFailureAsync(
        $"Server=no-such-host.invalid;User ID=u;Password={Password};Database=d", MySqlFailure.Unreachable, "u@no-such-host.invalid:3306/d cannot be reached");

    [MariaDbFact]
    public async Task WrongPassword() => await AssertFailureAsync(
        server.Server.ConnectionString.Replace("only-for-tests", Password, StringComparison.Ordinal),
        MySqlFailure.Refused,
        "refuses user 'gemini_balance'. See MYSQL_USER and MYSQL_PASSWORD.");

    [MariaDbFact]
    public async Task UnknownDatabase() => await AssertFailureAsync(
        server.Server.ConnectionStringFor("nowhere"), MySqlFailure.Refused, "There is no database 'nowhere'", "CREATE DATABASE `nowhere`;");

    [MariaDbFact]
    public async Task DatabaseOfOthers()
    {
        var address = await server.CreateDatabaseAsync();
        await server.ExecuteAsync($"CREATE OR REPLACE USER limited@'%' IDENTIFIED BY '{Password}'");

        await AssertFailureAsync($"{Limited};Database={address.Database}", MySqlFailure.Refused, $"Run: GRANT ALL ON `{address.Database}`.* TO 'limited'@'%';");
    }

    [MariaDbFact]
    public async Task MissingPrivilege()
    {
        await using var database = await server.OpenAsync();
        await server.ExecuteAsync($"CREATE OR REPLACE USER limited@'%' IDENTIFIED BY '{Password}'; GRANT SELECT ON {database.Address.Database}.* TO limited@'%'");

        await AssertFailureAsync(
            $"{Limited};Database={database.Address.Database}", MySqlFailure.Refused, "User 'limited' lacks a privilege (", "GRANT ALL ON");
    }

    [MariaDbFact]
    public async Task ReadOnlyServer()
    {
        await using var database = await server.OpenAsync();
        await server.ExecuteAsync($"CREATE OR REPLACE USER limited@'%' IDENTIFIED BY '{Password}'; GRANT ALL ON {database.Address.Database}.* TO limited@'%'; SET GLOBAL read_only = 1");
        try
        {
            await AssertFailureAsync($"{Limited};Database={database.Address.Database}", MySqlFailure.Refused, "is read-only. Let MYSQL_HOST name the primary server.");
        }
        finally
        {
            await server.ExecuteAsync("SET GLOBAL read_only = 0");
        }
    }

    [MariaDbFact]
    public async Task NoTables() => await AssertFailureAsync(
        server.Server.ConnectionStringFor((await server.CreateDatabaseAsync()).Database), MySqlFailure.Schema, "lacks a table", "Start a silo or gateway of this version");

    [MariaDbFact]
    public async Task AllConnectionsInUse()
    {
        await using var database = new MySqlDatabase(
            MySqlAddress.Parse($"{server.Server.ConnectionStringFor((await server.CreateDatabaseAsync()).Database)};Max Pool Size=1;Connection Timeout=1"), TimeProvider.System);

        var failure = await database.RunAsync(
            _ => Assert.ThrowsAsync<MySqlStorageException>(() => database.ReadAsync<int>("SELECT 1")), CancellationToken.None);

        Assert.Equal(MySqlFailure.Busy, failure.Failure);
        Assert.Contains("Raise Maximum Pool Size", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertFailureAsync(string connection, MySqlFailure kind, params string[] words)
    {
        await using var database = new MySqlDatabase(MySqlAddress.Parse(connection), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => new MySqlMeta(database).SetAsync("n", [1], CancellationToken.None));

        Assert.All(words, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
        Assert.Equal(kind, failure.Failure);
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
