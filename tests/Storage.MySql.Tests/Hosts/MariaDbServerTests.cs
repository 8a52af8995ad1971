using System.Diagnostics;
using Dapper;
using GeminiBalance.MariaDb;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql.Tests;

public sealed class MariaDbServerTests
{
    [MariaDbFact]
    public async Task Server_KeepsItsDataThroughEachEnd_AndLeavesNothingBehind()
    {
        int last;
        var server = await MariaDbServer.StartAsync("--innodb-buffer-pool-size=32M");
        await using (server)
        {
            await ExecuteAsync(server, "CREATE TABLE t (a INT PRIMARY KEY)");
            await server.KillAsync();
            await server.RestartAsync();
            await ExecuteAsync(server, "INSERT INTO t VALUES (7)");
            await server.StopAsync();
            await server.RestartAsync();

            Assert.Equal(1, await ExecuteAsync(server, "DELETE FROM t WHERE a = 7"));
            Assert.True(Directory.Exists(server.Folder));
            server.Freeze();
            last = server.ProcessId;
        }

        Assert.False(Directory.Exists(server.Folder));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(last));
    }

    private static async Task<int> ExecuteAsync(MariaDbServer server, string sql)
    {
        await using var connection = new MySqlConnection($"{server.ConnectionString};Pooling=false");
        return await connection.ExecuteAsync(sql);
    }
}
