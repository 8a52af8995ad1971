namespace GeminiBalance.Gateway.CallLog;

/// <summary>Reads the logs, for people, and deletes errors they have seen.</summary>
internal interface ICallLogReader
{
    ValueTask<CallLogPage<LoggedAttempt>> ListRequestsAsync(CallLogFilter filter, CancellationToken cancellationToken);

    /// <summary>Without request bodies.</summary>
    ValueTask<CallLogPage<LoggedError>> ListErrorsAsync(CallLogFilter filter, CancellationToken cancellationToken);

    ValueTask<CallLogRow<LoggedError>?> FindErrorAsync(long id, CancellationToken cancellationToken);

    /// <summary>The keys with most errors of one status in the error log.</summary>
    ValueTask<IReadOnlyList<(string KeyId, long Count)>> CountErrorsByKeyAsync(int status, DateTimeOffset from, int keysMax, CancellationToken cancellationToken);

    /// <returns>How many were there.</returns>
    ValueTask<int> DeleteErrorsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}
