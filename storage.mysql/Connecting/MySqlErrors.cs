using System.Net.Sockets;
using MySqlConnector;

namespace GeminiBalance.Storage.MySql;

/// <summary>Says in one line what a failure of the database means and what to do.</summary>
internal static class MySqlErrors
{
    private const string HostSettings = $"{MySqlAddress.HostSetting} and {MySqlAddress.PortSetting}";

    public static bool IsFromDatabase(Exception failure) => failure is MySqlException or MySqlProtocolException or SocketException or IOException;

    /// <summary>Whether the server undid the transaction because of others, so that it may go well the next time. Two who insert the same row meet at a duplicate key.</summary>
    public static bool IsWorthAnotherTry(MySqlException failure) =>
        failure.ErrorCode is MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.DuplicateKeyEntry;

    public static MySqlStorageException Translate(Exception failure, MySqlAddress address)
    {
        var (kind, text) = failure is MySqlException error ? Explain(error, address) : (MySqlFailure.Unreachable, Cut(address));
        return new MySqlStorageException(kind, text, failure);
    }

    private static (MySqlFailure Kind, string Text) Explain(MySqlException error, MySqlAddress address) => error.ErrorCode switch
    {
        MySqlErrorCode.UnableToConnectToHost when error.Message.Contains("pooled connections", StringComparison.Ordinal) =>
            (MySqlFailure.Busy, $"All connections to {address} are in use. Raise Maximum Pool Size in {MySqlAddress.ConnectionSetting}, or see what keeps the database busy."),
        MySqlErrorCode.UnableToConnectToHost =>
            (MySqlFailure.Unreachable, $"The database {address} cannot be reached. See that it runs and that {HostSettings} are right."),
        MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryTimeout =>
            (MySqlFailure.Unreachable, $"The database {address} does not answer in time. See that it runs and is not overloaded."),
        MySqlErrorCode.AccessDenied =>
            (MySqlFailure.Refused, $"The database at {address.Host}:{address.Port} refuses user '{address.User}'. See {MySqlAddress.UserSetting} and {MySqlAddress.PasswordSetting}."),
        MySqlErrorCode.DatabaseAccessDenied =>
            (MySqlFailure.Refused, $"User '{address.User}' may not use the database '{address.Database}', or it does not exist. Run: {Grant(address)}"),
        MySqlErrorCode.UnknownDatabase =>
            (MySqlFailure.Refused, $"There is no database '{address.Database}' at {address.Host}:{address.Port}. See {MySqlAddress.DatabaseSetting}, or run: CREATE DATABASE `{address.Database}`;"),
        MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied or MySqlErrorCode.PrecedureAccessDenied or MySqlErrorCode.SpecifiedAccessDeniedError =>
            (MySqlFailure.Refused, $"User '{address.User}' lacks a privilege ({Words(error)}). Run: {Grant(address)}"),
        MySqlErrorCode.HostNotPrivileged or MySqlErrorCode.HostIsBlocked =>
            (MySqlFailure.Refused, $"The database at {address.Host}:{address.Port} does not take connections from here ({Words(error)})."),
        MySqlErrorCode.OptionPreventsStatement or MySqlErrorCode.CannotExecuteInReadOnlyTransaction or MySqlErrorCode.OpenAsReadOnly or MySqlErrorCode.InnodbReadOnly =>
            (MySqlFailure.Refused, $"The database {address} is read-only. Let {MySqlAddress.HostSetting} name the primary server."),
        MySqlErrorCode.NoSuchTable or MySqlErrorCode.StoredProcedureDoesNotExist =>
            (MySqlFailure.Schema, $"The database {address} lacks a table ({Words(error)}). Start a silo or gateway of this version as a user who may create tables."),
        MySqlErrorCode.ConnectionCountError or MySqlErrorCode.TooManyUserConnections or MySqlErrorCode.UserLimitReached =>
            (MySqlFailure.Busy, $"The database {address} takes no more connections. Raise its max_connections, or lower Maximum Pool Size in {MySqlAddress.ConnectionSetting}."),
        MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout =>
            (MySqlFailure.Busy, $"Others keep rows of {address} locked ({Words(error)}). Nothing was changed; look for long transactions with SHOW PROCESSLIST."),
        MySqlErrorCode.ServerShutdown or MySqlErrorCode.NormalShutdown => (MySqlFailure.Unreachable, $"The database {address} is shutting down."),
        MySqlErrorCode.None when error.InnerException is SocketException or IOException => (MySqlFailure.Unreachable, Cut(address)),
        _ when error.Message.Contains("AllowPublicKeyRetrieval", StringComparison.Ordinal) =>
            (MySqlFailure.Refused, $"The database at {address.Host}:{address.Port} wants TLS for passwords. Switch TLS on there, or set AllowPublicKeyRetrieval=true in {MySqlAddress.ConnectionSetting}."),
        _ => (MySqlFailure.Other, $"The database {address} failed: {Words(error)}"),
    };

    private static string Cut(MySqlAddress address) => $"The connection to the database {address} was cut. See that it runs.";

    private static string Grant(MySqlAddress address) => $"GRANT ALL ON `{address.Database}`.* TO '{address.User}'@'%';";

    private static string Words(MySqlException error) => error.Message.ReplaceLineEndings(" ");
}
