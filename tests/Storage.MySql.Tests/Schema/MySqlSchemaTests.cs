using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Storage.MySql.Tests;

[Collection(MariaDbSuite.Name)]
public sealed class MySqlSchemaTests(MariaDbFixture server)
{
    [MariaDbFact]
    public async Task EightProcesses_StartTogether_OneRunsTheSteps()
    {
        var address = await server.CreateDatabaseAsync();
        var databases = Enumerable.Range(0, 8).Select(_ => new MySqlDatabase(address, TimeProvider.System)).ToList();

        var steps = await Task.WhenAll(databases.Select(database => Schema(database, SchemaSteps.All).MigrateAsync(CancellationToken.None)));

        Assert.Equal([SchemaSteps.All.Count], steps.Where(count => count > 0));
        Assert.Equal(SchemaSteps.All.Count, await databases[0].ReadAsync<int>("SELECT COUNT(*) FROM schema_steps WHERE done_at IS NOT NULL"));
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    [MariaDbFact]
    public async Task SecondStart_OnlyReads()
    {
        await using var database = await server.OpenAsync();
        await server.ExecuteAsync($"CREATE USER reader@'%' IDENTIFIED BY 'x'; GRANT SELECT ON {database.Address.Database}.* TO reader@'%'");
        await using var reader = new MySqlDatabase(
            MySqlAddress.Parse($"Server={database.Address.Host};Port={database.Address.Port};User ID=reader;Password=x;Database={database.Address.Database}"), TimeProvider.System);

        Assert.Equal(0, await Schema(reader, SchemaSteps.All).MigrateAsync(CancellationToken.None));
    }

    [MariaDbFact]
    public async Task StepThatWasCutOff_RunsAgain()
    {
        await using var database = new MySqlDatabase(await server.CreateDatabaseAsync(), TimeProvider.System);
        const string Good = "CREATE TABLE IF NOT EXISTS one (a INT PRIMARY KEY)\n-- next\nINSERT IGNORE INTO one VALUES (7)";
        var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => Schema(database, [new SchemaStep(1, "001_a", Good + "\n-- next\nBROKEN")]).MigrateAsync(CancellationToken.None));

        Assert.Equal(1, await Schema(database, [new SchemaStep(1, "001_a", Good)]).MigrateAsync(CancellationToken.None));
        Assert.Equal(7, await database.ReadAsync<int>("SELECT a FROM one"));
        Assert.Contains("BROKEN", failure.Message, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task NewerSchema_IsRefused()
    {
        await using var database = await server.OpenAsync();

        var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => Schema(database, [SchemaSteps.All[0]]).MigrateAsync(CancellationToken.None));

        Assert.Equal(MySqlFailure.Schema, failure.Failure);
        Assert.Contains($"newer version (schema {SchemaSteps.All.Count}, known here: 1)", failure.Message, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task StepThatWasChanged_IsRefused()
    {
        await using var database = await server.OpenAsync();
        var changed = SchemaSteps.All.Select(step => step.Number == 2 ? step with { Text = step.Text + "\n-- next\nDO 1" } : step).ToList();

        var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => Schema(database, changed).MigrateAsync(CancellationToken.None));

        Assert.Contains("002_", failure.Message, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task TablesOfAnotherProgram_AreLeftAlone()
    {
        await using var database = new MySqlDatabase(await server.CreateDatabaseAsync(), TimeProvider.System);
        await database.ExecuteAsync("CREATE TABLE t_settings (a INT); CREATE TABLE OrleansStorage (a INT)");

        var failure = await Assert.ThrowsAsync<MySqlStorageException>(() => Schema(database, SchemaSteps.All).MigrateAsync(CancellationToken.None));

        Assert.Contains("table OrleansStorage that another program made", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, await database.ReadAsync<int>("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"));
    }

    [Fact]
    public void Steps_AreNumberedWithoutGaps() => Assert.Equal(Enumerable.Range(1, SchemaSteps.All.Count), SchemaSteps.All.Select(step => step.Number));

    [Fact]
    public void Checksum_IsTheSameForEveryLineEnd()
    {
        var step = new SchemaStep(1, "001_a", "DO 1;\n-- next\nDO 2;\n");

        Assert.Equal(step.Checksum, (step with { Text = step.Text.ReplaceLineEndings("\r\n") }).Checksum);
        Assert.Equal(["DO 1;", "DO 2;"], (step with { Text = step.Text.ReplaceLineEndings("\r\n") }).Statements);
    }

    private static MySqlSchema Schema(MySqlDatabase database, IReadOnlyList<SchemaStep> steps) => new(database, NullLogger<MySqlSchema>.Instance, steps);
}
