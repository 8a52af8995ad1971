namespace GeminiBalance.Gateway.Responses;

/// <summary>Keeps responses for all gateways that share it, each for the one access token that made it.</summary>
internal interface IResponseStore
{
    /// <summary>Keeps a response, and forgets the longest unused ones of its owner beyond the bounds.</summary>
    /// <param name="response">What to keep.</param>
    /// <param name="used">Ids of kept responses of the same owner that were used for it.</param>
    /// <param name="bounds">What one owner may have kept.</param>
    /// <returns>False when nothing is kept here.</returns>
    ValueTask<bool> WriteAsync(KeptResponse response, IReadOnlyCollection<string> used, ResponseBounds bounds, CancellationToken cancellationToken);

    /// <summary>Writes a response anew, if nobody has written or used it since it was read.</summary>
    /// <param name="from">The response as it is kept.</param>
    /// <param name="usedAt">When it is written.</param>
    /// <param name="body">What is new in it; null: nothing.</param>
    /// <param name="cancellationToken">Ends the wait for the storage.</param>
    /// <returns>False when somebody has, or it is gone.</returns>
    ValueTask<bool> TryReplaceAsync(KeptResponse from, DateTimeOffset usedAt, byte[]? body, CancellationToken cancellationToken);

    /// <summary>Those of these responses that are kept for this owner, in any order.</summary>
    ValueTask<IReadOnlyList<KeptResponse>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Bytes of those of these responses that are kept for this owner, as they are stored.</summary>
    ValueTask<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <returns>False when there was no such response of this owner.</returns>
    ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>Deletes what nobody has used since, the oldest first.</summary>
    /// <returns>How many were deleted; fewer than <paramref name="rowsMax"/> means that none are left.</returns>
    ValueTask<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken);
}
