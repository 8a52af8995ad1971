using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Import;
using GeminiBalance.Gateway.Cluster.Keys;
using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Settings;

public sealed class ImportTests(OwnCluster cluster) : IClassFixture<OwnCluster>
{
    private const string Key = "AIzaSyFromMySql-00000000000000000000001";
    private const string Paid = "AIzaSyFromMySql-000000000000000000paid1";

    private static readonly string[] Tables =
    [
        "CREATE TABLE t_settings (id INT AUTO_INCREMENT PRIMARY KEY, `key` VARCHAR(100) NOT NULL UNIQUE, value TEXT, description VARCHAR(255), created_at DATETIME, updated_at DATETIME)",
        "CREATE TABLE t_request_log (id INT AUTO_INCREMENT PRIMARY KEY, api_key VARCHAR(100))",
        "CREATE TABLE t_file_records (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(255) NOT NULL UNIQUE, api_key VARCHAR(100), user_token VARCHAR(100), expiration_time DATETIME)",
        $"INSERT INTO t_file_records (name, api_key, user_token, expiration_time) VALUES ('files/theirs', '{Key}', '{ClusterGateway.ClientToken}', UTC_TIMESTAMP() + INTERVAL 1 DAY), ('files/old', '{Key}', 'sk', '2020-01-01')",
        "INSERT INTO t_request_log (api_key) VALUES ('a'), ('b'), ('c')",
        $"""
        INSERT INTO t_settings (`key`, value) VALUES ('API_KEYS', '["{Key}"]'), ('PAID_KEY', '{Paid}'), ('MAX_RETRIES', '6'), ('MAX_FAILURES', '9'),
            ('CUSTOM_HEADERS', '{"{"}"x-team": "a-secret-of-theirs"{"}"}'), ('SMMS_SECRET_TOKEN', NULL)
        """,
    ];

    [ClusterFact]
    public async Task MySqlOfGeminiBalance_IsImportedIntoTheClusters()
    {
        var (source, target) = (await NewSourceAsync(), await cluster.NewDatabaseAsync());

        var dry = await RunAsync(target, source, "--dry-run");
        Assert.Contains("Would add 2 keys, mark 0, store 2 settings, note 1 file.", dry, StringComparison.Ordinal);
        Assert.Equal("there is no table", await CountAsync(target));

        var first = await RunAsync(target, source);
        Assert.Contains("Added 2 keys, marked 0, stored 2 settings, noted 1 file.", first, StringComparison.Ordinal);
        Assert.Contains("MAX_FAILURES  Gateways of a cluster have none of their own", first, StringComparison.Ordinal);
        Assert.Contains("Not taken: the request log (3 rows)", first, StringComparison.Ordinal);
        Assert.All([Key, Paid, "a-secret-of-theirs", "Password"], secret => Assert.DoesNotContain(secret, first, StringComparison.Ordinal));

        var before = await CountAsync(target);
        Assert.EndsWith("Nothing to do: everything is there already.", (await RunAsync(target, source, "--dry-run")).TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("Nothing to do: everything is there already.", (await RunAsync(target, source)).TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(target));
        Assert.Equal("2 keys, settings MAX_RETRIES,CUSTOM_HEADERS", before);

        await using var gateway = await ClusterShape.Build([.. SettingsFor(target), "--MAX_RETRIES=2"]).OpenAsync();
        var current = gateway.Services.GetRequiredService<ISettingsSource>().Current;
        Assert.Equal((6, "a-secret-of-theirs"), (current.MaxRetries, current.CustomHeaders["x-team"]));
        var (file, _) = await gateway.Services.GetRequiredService<ResourceLedger>().FindAsync(
            "files/theirs", new ResourceAccess(gateway.Services.GetRequiredService<ClientIds>().Of(ClusterGateway.ClientToken), SeesAll: false), CancellationToken.None);
        Assert.Equal(new ApiKey(Key).Id, file!.KeyId);
        var keys = await gateway.Services.GetRequiredService<KeyRows>().ReadAsync(null, CancellationToken.None);
        Assert.Equal([(Key, ""), (Paid, "paid")], keys.Changed.Select(key => (key.Key.Reveal(), key.Profile.Tags.Text)).OrderBy(key => key.Item2, StringComparer.Ordinal));
    }

    [ClusterFact]
    public async Task DatabaseThatTheEnvironmentFileNames_IsRead_AndWins()
    {
        var (source, target) = (await NewSourceAsync(), await cluster.NewDatabaseAsync());
        var parts = new MySqlConnector.MySqlConnectionStringBuilder(source);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                $"MAX_RETRIES=8\nMYSQL_HOST={parts.Server}\nMYSQL_PORT={parts.Port}\nMYSQL_USER={parts.UserID}\nMYSQL_PASSWORD={parts.Password}\nMYSQL_DATABASE={parts.Database}\n");

            var report = await RunAsync(target, file, "--mysql", "--dry-run");

            Assert.Contains("MAX_RETRIES  '6'", report, StringComparison.Ordinal);
            Assert.Contains("of the .env file do not count: MAX_RETRIES", report, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [ClusterFact]
    public async Task WrongSource_SaysWhy_AndChangesNothing()
    {
        var (other, target) = (await cluster.NewDatabaseAsync(), await cluster.NewDatabaseAsync());

        Assert.Contains("it has no table t_settings", (await Assert.ThrowsAsync<StartException>(() => RunAsync(target, other))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "gemini-balance's database:", (await Assert.ThrowsAsync<StartException>(() => RunAsync(target, "Server=127.0.0.1;Port=1;User ID=x;Password=p;Database=y"))).Message, StringComparison.Ordinal);
        Assert.Equal("there is no table", await CountAsync(target));
    }

    private static async Task<string> RunAsync(string target, params string[] args)
    {
        await using var output = new StringWriter();
        var code = await ImportCommand.RunAsync([.. args, .. SettingsFor(target)], new ClusterImport(TimeProvider.System), output);
        Assert.Equal(0, code);
        return output.ToString();
    }

    private static string[] SettingsFor(string target) =>
        [$"--MYSQL_CONNECTION={target}", $"--AUTH_TOKEN={ClusterGateway.AdminToken}", $"--ENCRYPTION_KEY={ClusterGateway.EncryptionKey}"];

    private async Task<string> NewSourceAsync()
    {
        var source = await cluster.NewDatabaseAsync();
        foreach (var statement in Tables)
        {
            await OwnCluster.ExecuteAsync(source, statement);
        }

        return source;
    }

    private static async Task<string> CountAsync(string target)
    {
        await using var connection = new MySqlConnector.MySqlConnection(target);
        var tables = await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()");
        return tables == 0 ? "there is no table"
            : $"{await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT COUNT(*) FROM api_keys WHERE removed_at IS NULL")} keys, settings "
                + await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "SELECT GROUP_CONCAT(name ORDER BY name DESC) FROM settings");
    }
}
