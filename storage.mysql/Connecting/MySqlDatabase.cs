using Dapper;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Opens connections, runs transactions and translates failures. Times are UTC, reads see what is committed (READ COMMITTED).</summary>
public sealed class MySqlDatabase : IAsyncDisposable
{
    /// <summary>The longest wait for a row that others have locked, in seconds. Shorter than a statement's timeout, so that the transaction is undone and not lost sight of.</summary>
    private const int LockSecondsMax = 2;

    private const int TriesMax = 5;

    /// <summary>Said anew whenever a connection comes out of the pool, where it is reset. The server's own settings may differ.</summary>
    private static readonly string SessionStart =
        $"""
        SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
        SET @@session.innodb_lock_wait_timeout = {LockSecondsMax}, @@session.time_zone = '+00:00', @@session.sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'
        """;

    /// <summary>Times the number of tries made.</summary>
    private static readonly TimeSpan PauseBeforeNextTry = TimeSpan.FromMilliseconds(10);

    private readonly MySqlDataSource source;
    private readonly TimeProvider time;

    public MySqlDatabase(MySqlAddress address, TimeProvider time)
    {
        this.time = time;
        Address = address;
        source = new MySqlDataSourceBuilder(address.Reveal()).UseConnectionOpenedCallback(StartSessionAsync).Build();
    }

    public MySqlAddress Address { get; }

    /// <summary>Runs statements that each stand alone.</summary>
    /// <exception cref="MySqlStorageException">The database failed; the message says what to do.</exception>
    public async Task<T> RunAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception failure) when (MySqlErrors.IsFromDatabase(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw MySqlErrors.Translate(failure, Address);
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction that is undone when it throws. When others are in the way (a deadlock, a locked row, a row inserted
    /// twice) it is run again, a few times: it must take its inputs as they are at each run.
    /// </summary>
    /// <exception cref="MySqlStorageException">The database failed; the message says what to do.</exception>
    public Task<T> InTransactionAsync<T>(Func<MySqlConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await TryTransactionAsync(connection, work, cancellationToken);
                }
                catch (MySqlException failure) when (MySqlErrors.IsWorthAnotherTry(failure) && tries < TriesMax)
                {
                    await Task.Delay(PauseBeforeNextTry * tries, time, cancellationToken);
                }
            }
        },
        cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    // BeginTransactionAsync has no timeout: with a frozen server it would wait forever.
    private static async Task<T> TryTransactionAsync<T>(MySqlConnection connection, Func<MySqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition("START TRANSACTION", cancellationToken: cancellationToken));
        try
        {
            var result = await work(connection);
            await connection.ExecuteAsync(new CommandDefinition("COMMIT", cancellationToken: cancellationToken));
            return result;
        }
        catch
        {
            await UndoAsync(connection);
            throw;
        }
    }

    private static async Task UndoAsync(MySqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync("ROLLBACK");
        }
        catch (Exception failure) when (MySqlErrors.IsFromDatabase(failure) || failure is InvalidOperationException)
        {
            // The connection is gone, and the transaction with it. The first failure tells more.
        }
    }

    private static async ValueTask StartSessionAsync(MySqlConnectionOpenedContext context, CancellationToken cancellationToken)
    {
        if (context.Conditions != MySqlConnectionOpenedConditions.None)
        {
            await context.Connection.ExecuteAsync(new CommandDefinition(SessionStart, cancellationToken: cancellationToken));
        }
    }
}
