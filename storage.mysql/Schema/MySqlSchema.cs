using Dapper;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Brings a database to the form this program knows. Many processes may do so at once: one works, the others wait for it.</summary>
public sealed partial class MySqlSchema
{
    /// <summary>How long to wait for another process that is at it, in seconds.</summary>
    private const int TurnSecondsMax = 120;

    /// <summary>The longest time of one statement, in seconds. Changing a large table takes a while.</summary>
    private const int StatementSecondsMax = 600;

    /// <summary>Locks are the server's, not the database's, and their names have at most 64 characters.</summary>
    private const string LockName = "CONCAT('gemini-balance ', LEFT(SHA2(DATABASE(), 256), 40))";

    private const string StepsTable =
        """
        CREATE TABLE IF NOT EXISTS schema_steps (
            step INT NOT NULL PRIMARY KEY,
            name VARCHAR(100) NOT NULL,
            checksum CHAR(64) NOT NULL,
            started_at DATETIME(6) NOT NULL,
            done_at DATETIME(6) NULL
        ) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
        """;

    private readonly MySqlDatabase database;
    private readonly ILogger<MySqlSchema> logger;
    private readonly IReadOnlyList<SchemaStep> steps;

    public MySqlSchema(MySqlDatabase database, ILogger<MySqlSchema> logger)
        : this(database, logger, SchemaSteps.All)
    {
    }

    internal MySqlSchema(MySqlDatabase database, ILogger<MySqlSchema> logger, IReadOnlyList<SchemaStep> steps)
    {
        this.database = database;
        this.logger = logger;
        this.steps = steps;
    }

    /// <summary>Runs the steps that are missing. When none is, this only reads, and needs no right to make tables.</summary>
    /// <returns>How many steps were run.</returns>
    /// <exception cref="MySqlStorageException">The database cannot be reached or changed, a newer version of this program was there, or the tables are another program's.</exception>
    public Task<int> MigrateAsync(CancellationToken cancellationToken) => database.RunAsync(
        async connection => Missing(await ReadBegunAsync(connection)).Count == 0 ? 0 : await MigrateAsync(connection, cancellationToken), cancellationToken);

    /// <summary>Only looks.</summary>
    /// <returns>How many steps are missing, and whether none was ever run.</returns>
    /// <exception cref="MySqlStorageException">The database cannot be reached, or a newer version of this program was there.</exception>
    public Task<(int Missing, bool IsNew)> CountMissingAsync(CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var begun = await ReadBegunAsync(connection);
            return (Missing(begun).Count, begun.Count == 0);
        },
        cancellationToken);

    private async Task<int> MigrateAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var turn = new CommandDefinition($"SELECT GET_LOCK({LockName}, {TurnSecondsMax})", commandTimeout: 2 * TurnSecondsMax, cancellationToken: cancellationToken);
        if (await connection.ExecuteScalarAsync<long?>(turn) != 1)
        {
            throw new MySqlStorageException(
                MySqlFailure.Busy, $"Another process has been changing the tables of {database.Address} for {TurnSecondsMax} s. See what it does with SHOW PROCESSLIST, then start again.");
        }

        try
        {
            var begun = await ReadBegunAsync(connection);
            var missing = Missing(begun);
            await RefuseForeignTablesAsync(connection, missing.Where(step => !begun.ContainsKey(step.Number)).SelectMany(step => step.Tables).ToList());
            await connection.ExecuteAsync(StepsTable);
            foreach (var step in missing)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await RunAsync(connection, step);
            }

            return missing.Count;
        }
        finally
        {
            await GiveTurnAwayAsync(connection);
        }
    }

    private static async Task GiveTurnAwayAsync(MySqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync($"DO RELEASE_LOCK({LockName})");
        }
        catch (Exception failure) when (MySqlErrors.IsFromDatabase(failure) || failure is InvalidOperationException)
        {
            // The connection is gone, and its locks with it. What went wrong before tells more.
        }
    }

    private static async Task<Dictionary<int, (string Checksum, bool IsDone)>> ReadBegunAsync(MySqlConnection connection)
    {
        var isThere = await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_steps'") > 0;
        return !isThere ? [] : (await connection.QueryAsync<(int Number, string Checksum, DateTime? DoneAt)>("SELECT step, checksum, done_at FROM schema_steps"))
            .ToDictionary(row => row.Number, row => (row.Checksum, IsDone: row.DoneAt is not null));
    }

    private List<SchemaStep> Missing(Dictionary<int, (string Checksum, bool IsDone)> begun)
    {
        var last = begun.Keys.Append(0).Max();
        if (last > steps.Count)
        {
            throw new MySqlStorageException(
                MySqlFailure.Schema, $"The database {database.Address} was written by a newer version (schema {last}, known here: {steps.Count}). Start that version.");
        }

        if (steps.FirstOrDefault(step => begun.TryGetValue(step.Number, out var row) && row.IsDone && row.Checksum != step.Checksum) is { } changed)
        {
            throw new MySqlStorageException(
                MySqlFailure.Schema, $"Step {changed.Name} was run on the database {database.Address} in another form than this program has. Start the version that ran it, or use an empty database.");
        }

        return steps.Where(step => !begun.TryGetValue(step.Number, out var row) || !row.IsDone).ToList();
    }

    private async Task RefuseForeignTablesAsync(MySqlConnection connection, List<string> names)
    {
        if (names.Count > 0 && await connection.QueryFirstOrDefaultAsync<string>(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN @names", new { names }) is { } foreign)
        {
            throw new MySqlStorageException(
                MySqlFailure.Schema, $"The database {database.Address} has a table {foreign} that another program made. Let {MySqlAddress.DatabaseSetting} name an empty database.");
        }
    }

    private async Task RunAsync(MySqlConnection connection, SchemaStep step)
    {
        await connection.ExecuteAsync(
            "REPLACE INTO schema_steps (step, name, checksum, started_at) VALUES (@Number, @Name, @Checksum, UTC_TIMESTAMP(6))", new { step.Number, step.Name, step.Checksum });
        foreach (var statement in step.Statements)
        {
            await connection.ExecuteAsync(statement, commandTimeout: StatementSecondsMax);
        }

        await connection.ExecuteAsync("UPDATE schema_steps SET done_at = UTC_TIMESTAMP(6) WHERE step = @Number", new { step.Number });
        Log.StepDone(logger, step.Name, database.Address);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SchemaStepDone, LogLevel.Information, "Brought the database {Database} forward: {Step}")]
        public static partial void StepDone(ILogger logger, string step, MySqlAddress database);
    }
}
