namespace GeminiBalance.Gateway.Responses;

/// <summary>A response that is being made while nobody waits.</summary>
/// <param name="kept">Its row, as this gateway has written it.</param>
/// <param name="bytes">What its request holds.</param>
#pragma warning disable CA1001 // What has neither a timer nor a wait handle holds nothing to dispose of, and others may cancel at any time.
internal sealed class BackgroundRun(KeptResponse kept, long bytes)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource stop = new();

    // The row is compared when it is written, so it is written by one at a time.
    private readonly SemaphoreSlim turn = new(1, 1);
    private DateTimeOffset signedAt = kept.UsedAt;
    private volatile bool isGivenUp;

    public string Client => kept.Owner;

    public string Id => kept.Id;

    public long Bytes => bytes;

    public DateTimeOffset StartedAt => kept.UsedAt;

    /// <summary>Fires when the response is not wanted any more, or cannot be kept.</summary>
    public CancellationToken Stopped => stop.Token;

    /// <summary>Ends when all is done.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Ends it; how it ended is written.</summary>
    public void Stop() => stop.Cancel();

    /// <summary>Ends it, and writes nothing any more: a client has cancelled or deleted it, or it counts as lost.</summary>
    public void GiveUp()
    {
        isGivenUp = true;
        stop.Cancel();
    }

    /// <summary>Says that it is still being made, or learns that it is not to be.</summary>
    public async Task SignAsync(BackgroundRows rows, DateTimeOffset now)
    {
        await turn.WaitAsync();
        try
        {
            var row = kept with { UsedAt = signedAt };
            if (await rows.TrySignAsync(row) is { } signed)
            {
                signedAt = signed;
            }
            else if (now - signedAt > BackgroundLimits.SignLifetime || await rows.IsTakenAsync(row))
            {
                GiveUp();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Writes how it has ended.</summary>
    /// <returns>False while the store does not answer.</returns>
    public async Task<bool> TryEndAsync(BackgroundRows rows, byte[] body)
    {
        await turn.WaitAsync();
        try
        {
            return isGivenUp || await rows.TryEndAsync(kept with { UsedAt = signedAt }, body);
        }
        finally
        {
            turn.Release();
        }
    }
}
