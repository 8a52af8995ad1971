namespace GeminiBalance.Gateway.CallLog;

/// <summary>Keeps the log and the counters. Called by one writer in the background, never on the path of a request.</summary>
internal interface ICallLogStore
{
    /// <summary>Writes a batch in one transaction. Counters add up with what others wrote.</summary>
    /// <remarks>A batch whose write failed comes again, also when it was written in truth and only the answer was lost: it must count once.</remarks>
    ValueTask WriteAsync(CallLogBatch batch, CancellationToken cancellationToken);

    /// <summary>Deletes what is older, the oldest first.</summary>
    /// <param name="part">Of what.</param>
    /// <param name="before">Rows from this moment on stay.</param>
    /// <param name="rowsMax">The largest number of rows to delete at a time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were deleted; fewer than <paramref name="rowsMax"/> means that none are left.</returns>
    ValueTask<int> DeleteAsync(CallLogPart part, DateTimeOffset before, int rowsMax, CancellationToken cancellationToken);
}
