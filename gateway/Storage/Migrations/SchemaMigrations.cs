using GeminiBalance.Gateway.Settings;
using Microsoft.Data.Sqlite;

namespace GeminiBalance.Gateway.Storage;

/// <summary>Brings a database to the form this program knows. <c>PRAGMA user_version</c> counts the steps done; a step is never changed, only followed.</summary>
internal static class SchemaMigrations
{
    /// <summary>Marks the file as ours: "GmBl".</summary>
    private const int ApplicationId = 0x476d426c;

    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        """,
        """
        CREATE TABLE keys (
            id TEXT PRIMARY KEY,
            secret BLOB NOT NULL,
            origin INTEGER NOT NULL,
            weight REAL NOT NULL,
            note TEXT NOT NULL,
            added_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE ledgers (id TEXT PRIMARY KEY, ledger BLOB NOT NULL, saved_at INTEGER NOT NULL);
        CREATE TABLE claim (one INTEGER PRIMARY KEY CHECK (one = 1), valid_until INTEGER);
        """,
        """
        CREATE TABLE request_log (
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            key_id TEXT NOT NULL,
            model TEXT NOT NULL,
            face INTEGER NOT NULL,
            client_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            is_stream INTEGER NOT NULL,
            outcome INTEGER NOT NULL,
            status INTEGER,
            latency_ms INTEGER NOT NULL,
            prompt_tokens INTEGER,
            output_tokens INTEGER
        );
        CREATE INDEX request_log_time ON request_log (time);
        CREATE INDEX request_log_key ON request_log (key_id, time);
        CREATE TABLE error_log (
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            key_id TEXT NOT NULL,
            model TEXT NOT NULL,
            face INTEGER NOT NULL,
            client_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            is_stream INTEGER NOT NULL,
            outcome INTEGER NOT NULL,
            status INTEGER,
            latency_ms INTEGER NOT NULL,
            prompt_tokens INTEGER,
            output_tokens INTEGER,
            detail TEXT,
            message TEXT,
            request_body TEXT
        );
        CREATE INDEX error_log_time ON error_log (time);
        CREATE INDEX error_log_key ON error_log (key_id, time);
        CREATE TABLE call_minutes (
            start INTEGER NOT NULL,
            key_id TEXT NOT NULL,
            model TEXT NOT NULL,
            outcome INTEGER NOT NULL,
            calls INTEGER NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            latency_ms INTEGER NOT NULL,
            PRIMARY KEY (start, key_id, model, outcome)
        ) WITHOUT ROWID;
        CREATE INDEX call_minutes_key ON call_minutes (key_id, start);
        CREATE TABLE call_hours (
            start INTEGER NOT NULL,
            key_id TEXT NOT NULL,
            model TEXT NOT NULL,
            outcome INTEGER NOT NULL,
            calls INTEGER NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            latency_ms INTEGER NOT NULL,
            PRIMARY KEY (start, key_id, model, outcome)
        ) WITHOUT ROWID;
        CREATE INDEX call_hours_key ON call_hours (key_id, start);
        """,
        """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL, is_encrypted INTEGER NOT NULL, changed_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE settings_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL);
        INSERT INTO settings_version (one, version) VALUES (1, 0);
        """,
        """
        ALTER TABLE keys ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE keys ADD COLUMN tags TEXT NOT NULL DEFAULT '';
        ALTER TABLE keys ADD COLUMN is_reserved INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE keys ADD COLUMN project TEXT NOT NULL DEFAULT '';
        """,
        """
        CREATE TABLE responses (id TEXT PRIMARY KEY, owner TEXT NOT NULL, used_at INTEGER NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX responses_owner ON responses (owner, used_at, bytes);
        CREATE INDEX responses_used ON responses (used_at);
        """,
        """
        CREATE TABLE resources (
            name TEXT NOT NULL,
            client_id TEXT NOT NULL,
            collection TEXT NOT NULL,
            key_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            json BLOB,
            is_settled INTEGER NOT NULL,
            PRIMARY KEY (name, client_id)
        );
        CREATE INDEX resources_owner ON resources (client_id, collection, created_at);
        CREATE INDEX resources_collection ON resources (collection, created_at);
        CREATE INDEX resources_end ON resources (expires_at);
        """,
    ];

    /// <exception cref="StartException">The file is another program's, or a newer version wrote it.</exception>
    public static void Apply(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        RefuseOthers(connection, steps);
        for (var step = (int)ReadPragma(connection, "user_version"); step < steps.Count; step++)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a constant of this program; a pragma takes no parameters.
            command.CommandText = $"{steps[step]} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {step + 1};";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <summary>Only looks.</summary>
    /// <exception cref="StartException">The file is another program's, or a newer version wrote it.</exception>
    public static void RefuseOthers(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        var done = ReadPragma(connection, "user_version");
        var owner = ReadPragma(connection, "application_id");
        if (owner != ApplicationId && (owner != 0 || done != 0 || CountTables(connection) > 0))
        {
            throw new StartException($"{connection.DataSource} is the database of another program. Choose another file with SQLITE_DATABASE, or another folder with DATA_DIR. Nothing was changed.");
        }

        if (done > steps.Count)
        {
            throw new StartException($"{connection.DataSource} was written by a newer version (schema {done}, known here: {steps.Count}). Use that version, or another DATA_DIR. Nothing was changed.");
        }
    }

    private static long CountTables(SqliteConnection connection) => ReadNumber(connection, "SELECT count(*) FROM sqlite_master");

    private static long ReadPragma(SqliteConnection connection, string name) => ReadNumber(connection, $"PRAGMA {name}");

    private static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this program; a pragma takes no parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
