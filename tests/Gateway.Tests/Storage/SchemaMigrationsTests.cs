using Dapper;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class SchemaMigrationsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Apply_OlderDatabase_DoesTheMissingStepsAndKeepsData()
    {
        using (var connection = Connect())
        {
            SchemaMigrations.Apply(connection, [SchemaMigrations.Steps[0]]);
            new MetaTable(connection).Set("kept", [1, 2]);
        }

        using var again = Connect();
        SchemaMigrations.Apply(again, SchemaMigrations.Steps);
        SchemaMigrations.Apply(again, SchemaMigrations.Steps);

        Assert.Equal(SchemaMigrations.Steps.Count, again.ExecuteScalar<long>("PRAGMA user_version"));
        Assert.Equal([1, 2], new MetaTable(again).Find("kept")!);
        Assert.Equal(0, again.ExecuteScalar<long>("SELECT count(*) FROM keys"));
    }

    [Fact]
    public void Apply_StepThatFails_LeavesTheStepsBeforeItDone()
    {
        using var connection = Connect();

        Assert.Throws<SqliteException>(() => SchemaMigrations.Apply(connection, [SchemaMigrations.Steps[0], "CREATE TABLE t (x); CREATE TABLE t (x);"]));

        Assert.Equal(1, connection.ExecuteScalar<long>("PRAGMA user_version"));
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 't'"));
    }

    [Fact]
    public void Apply_NewerDatabase_StopsAndChangesNothing()
    {
        using var connection = Connect();
        SchemaMigrations.Apply(connection, SchemaMigrations.Steps);
        connection.Execute("PRAGMA user_version = 99");

        var failure = Assert.Throws<StartException>(() => SchemaMigrations.Apply(connection, SchemaMigrations.Steps));

        Assert.Contains("newer version (schema 99", failure.Message, StringComparison.Ordinal);
        Assert.Equal(99, connection.ExecuteScalar<long>("PRAGMA user_version"));
    }

    [Fact]
    public void Apply_DatabaseOfAnotherProgram_StopsAndChangesNothing()
    {
        using var connection = Connect();
        connection.Execute("CREATE TABLE t_settings (id INTEGER)");

        var failure = Assert.Throws<StartException>(() => SchemaMigrations.Apply(connection, SchemaMigrations.Steps));

        Assert.Contains("another program", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_StopsClearly()
    {
        const string Text = "this is a text of some length, and no database at all";
        File.WriteAllText(folder.In("gateway.db"), Text);

        Assert.Contains("cannot be used", Assert.Throws<StartException>(() => new OpenStorage(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(Text, File.ReadAllText(folder.In("gateway.db")));
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={folder.In("test.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
