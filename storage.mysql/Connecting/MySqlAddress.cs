using System.Globalization;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Where the database is and who asks. Printed without its password.</summary>
public sealed class MySqlAddress
{
    public const string ConnectionSetting = "MYSQL_CONNECTION";
    public const string HostSetting = "MYSQL_HOST";
    public const string PortSetting = "MYSQL_PORT";
    public const string UserSetting = "MYSQL_USER";
    public const string PasswordSetting = "MYSQL_PASSWORD";
    public const string DatabaseSetting = "MYSQL_DATABASE";

    /// <summary>What a process opens at most for its own statements, in connections.</summary>
    public const int PoolMax = 20;

    /// <summary>What a process opens at most for Orleans, in connections.</summary>
    public const int OrleansPoolMax = 10;

    /// <summary>The longest wait for a connection, in seconds.</summary>
    public const int ConnectSecondsMax = 5;

    /// <summary>The longest wait for a statement's answer, in seconds.</summary>
    public const int CommandSecondsMax = 5;

    private const uint DefaultPort = 3306;

    private readonly MySqlConnectionStringBuilder parts;

    private MySqlAddress(MySqlConnectionStringBuilder parts)
    {
        Default("Maximum Pool Size", PoolMax);
        Default("Connection Timeout", ConnectSecondsMax);
        Default("Default Command Timeout", CommandSecondsMax);

        // At the timeout the connection is closed at once, instead of asking a server that may be frozen to stop: the timeout is the longest wait.
        Default("Cancellation Timeout", -1);
        Default("Application Name", "GeminiBalance");
        parts.UseAffectedRows = false;
        this.parts = parts;

        void Default(string option, object value)
        {
            if (!parts.ContainsKey(option))
            {
                parts[option] = value;
            }
        }
    }

    public string Host => parts.Server;

    public uint Port => parts.Port;

    public string User => parts.UserID;

    public string Database => parts.Database;

    /// <summary>Reads <c>MYSQL_CONNECTION</c>, or <c>MYSQL_HOST</c> and its like.</summary>
    /// <param name="read">Gives a setting's value; null or empty when it is not set.</param>
    /// <exception cref="MySqlStorageException">Something is missing or malformed; the message names the setting.</exception>
    public static MySqlAddress FromSettings(Func<string, string?> read)
    {
        if (read(ConnectionSetting) is { Length: > 0 } text)
        {
            return Parse(text);
        }

        var port = read(PortSetting) is { Length: > 0 } number ? ParsePort(number) : DefaultPort;
        return new MySqlAddress(new MySqlConnectionStringBuilder
        {
            Server = Required(HostSetting), Port = port, UserID = Required(UserSetting), Password = read(PasswordSetting) ?? "", Database = Required(DatabaseSetting),
        });

        string Required(string setting) => read(setting) is { Length: > 0 } value
            ? value
            : throw new MySqlStorageException(MySqlFailure.Settings, $"{setting} is not set. Set {HostSetting}, {UserSetting}, {PasswordSetting} and {DatabaseSetting}, or {ConnectionSetting}.");
    }

    /// <summary>Reads a connection string as MySqlConnector takes it. Its own options win over the defaults made here.</summary>
    /// <exception cref="MySqlStorageException">It cannot be read, or names no server, user or database.</exception>
    public static MySqlAddress Parse(string connectionString)
    {
        MySqlConnectionStringBuilder read;
        try
        {
            read = new MySqlConnectionStringBuilder(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // The failure's own words may hold a piece of the password.
            throw new MySqlStorageException(
                MySqlFailure.Settings,
                $"{ConnectionSetting} cannot be read. Write Server=…;Port=3306;User ID=…;Password=…;Database=…; a value that holds ; or = goes between quotes.");
        }

        return read is { Server.Length: > 0, UserID.Length: > 0, Database.Length: > 0 }
            ? new MySqlAddress(read)
            : throw new MySqlStorageException(MySqlFailure.Settings, $"{ConnectionSetting} must hold Server, User ID and Database.");
    }

    /// <summary>
    /// The connection string for Orleans' own tables, with its password, for the <c>ConnectionString</c> of its options, which Orleans does not print.
    /// Its invariant is <c>MySql.Data.MySqlConnector</c>.
    /// </summary>
    public string RevealForOrleans() => new MySqlConnectionStringBuilder(parts.ConnectionString)
    {
        MaximumPoolSize = Math.Min(parts.MaximumPoolSize, OrleansPoolMax), ConnectionReset = true,
    }.ConnectionString;

    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";

    internal string Reveal() => new MySqlConnectionStringBuilder(parts.ConnectionString) { DateTimeKind = MySqlDateTimeKind.Utc }.ConnectionString;

    private static uint ParsePort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
        ? port
        : throw new MySqlStorageException(MySqlFailure.Settings, $"{PortSetting} must be a number from 1 to 65535.");
}
