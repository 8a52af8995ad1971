namespace GeminiBalance.Storage.MySql;

/// <summary>The database cannot be used. The message is one line that says what to do, and holds no secret.</summary>
public sealed class MySqlStorageException(MySqlFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public MySqlFailure Failure { get; } = failure;
}
